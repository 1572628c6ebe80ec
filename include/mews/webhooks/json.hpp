/// @file
/// Writing bodies as the sender does: for fixtures and replays.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <mews/webhooks/detail/body_buffer.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/text_escape.hpp>
#include <mews/webhooks/detail/wire_types.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/reflect.hpp>

namespace mews::webhooks {

namespace detail {

inline void write_name(std::string& out, std::string_view name) {
    append_json_string(out, name);
    out += ':';
}

/// A text that must be a JSON object: it comes from outside, and must not break out of its place.
inline void write_verbatim(std::string& out, std::string_view json) {
    BodyBuffer buffer{json.size()};
    const Scan object = scan_document(buffer.assign(json), buffer.scratch(), json.size());
    out += object.ok() && json.starts_with('{') ? json : "null";
}

/// Appends the JSON text of a value.
template <class T>
void write(std::string& out, const T& value) {
    if constexpr (wire::is_optional<T>) {
        if (value) {
            write(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (wire::Scalar<T>) {
        wire::Type<T>::write(out, value);
    } else if constexpr (wire::List<T>) {
        std::string_view separator;
        out += '[';
        for (const auto& element : value) {
            out += std::exchange(separator, ",");
            write(out, element);
        }
        out += ']';
    } else if constexpr (wire::Object<T>) {
        std::string_view separator;
        out += '{';
        wire::for_each_property<T>([&](auto property) {
            using enum wire::Presence;
            const auto& member = value.*property.member;
            if constexpr (property.presence(Contract::documented) == optional &&
                          property.presence(Contract::observed) == optional) {
                if (!member) return;
            }
            out += std::exchange(separator, ",");
            write_name(out, property.name);
            write(out, member);
        });
        out += '}';
    } else {
        std::visit(
            [&]<class Alternative>(const Alternative& alternative) {
                if constexpr (wire::Tagged<T>) {
                    out += '{';
                    write_name(out, wire::Description<T>::tag);
                    append_json_string(out, wire::tag_of(alternative));
                    out += ',';
                    write_name(out, wire::Description<T>::content);
                    if constexpr (wire::UnknownObject<Alternative>) {
                        using Content = wire::PropertyAt<Alternative, 2>;
                        write_verbatim(out, (alternative.*Content::member).reveal());
                    } else {
                        write(out, alternative);
                    }
                    out += '}';
                } else {
                    write(out, alternative);
                }
            },
            value);
    }
}

template <class T>
std::string written(const T& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace detail

/// Writes a body: compact, its properties in documented order. `parse(to_json(event)) == event`
/// holds of all that `parse` gives. It does not hold of what no body can give: an unknown event
/// with a documented name, or whose members differ from its JSON text; Discriminator::unknown in an
/// EntityEvent; a year that is not 0001 to 9999; strings that are not UTF-8.
///
/// **It holds secrets in the clear.** A member without a value is left out where both contracts
/// allow that, and is null elsewhere. A string that is not UTF-8 is written with U+FFFD in the
/// place of what is not. The JSON text of an unknown event is written as it is, if it is a JSON
/// object, and otherwise as null, which `parse` then refuses.
///
/// @throws std::bad_alloc if there is no memory for the text.
[[nodiscard]] inline std::string to_json(const Event& event) {
    return detail::written(event);
}
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const EventView& event) {
    return detail::written(event);
}
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const GeneralWebhook& webhook) {
    return detail::written(webhook);
}
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const GeneralWebhookView& webhook) {
    return detail::written(webhook);
}
/// @copydoc to_json(const Event&)
template <wire::Families AnyWebhook>
[[nodiscard]] std::string to_json(const AnyWebhook& webhook) {
    return detail::written(webhook);
}

}  // namespace mews::webhooks
