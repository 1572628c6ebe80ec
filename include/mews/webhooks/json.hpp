/// @file
/// Writing events as the sender does: for fixtures, queues and replays.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/table.hpp>
#include <mews/webhooks/detail/text_escape.hpp>
#include <mews/webhooks/events.hpp>

namespace mews::webhooks {

/// Writes the body that tells of an event: compact, in the documented order of properties.
/// `parse(to_json(event)) == event`.
///
/// **It holds the event's secrets in the clear.** A member without a value is left out where both
/// contracts allow that, and is null elsewhere. Text that is not UTF-8 is written with U+FFFD in
/// the place of what is not. The `data` of an UnknownEvent is written as it is, if it is a JSON
/// object, and otherwise as null, which `parse` then refuses.
///
/// @throws std::bad_alloc if there is no memory for the text.
[[nodiscard]] inline std::string to_json(const Event& event);
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const EventView& event);

namespace detail {

/// Writes values as JSON: one function for each type that a member may have.
class JsonWriter {
  public:
    template <class Text>
    void body(const BasicEvent<Text>& event) {
        std::visit(
            [this]<class Happened>(const Happened& happened) {
                if constexpr (Described<Happened>) {
                    body_start(object_of<Happened>::name);
                    write(happened);
                } else {
                    body_start(happened.action);
                    write_verbatim(happened.data.reveal());
                }
                out_ += '}';
            },
            event);
    }

    [[nodiscard]] std::string take() noexcept { return std::move(out_); }

  private:
    void body_start(std::string_view action) {
        using Table = wire::Table<std::string_view>;
        out_ += '{';
        name(Table::action);
        append_json_string(out_, action);
        out_ += ',';
        name(Table::data);
    }

    void name(std::string_view name) {
        append_json_string(out_, name);
        out_ += ':';
    }

    /// A text that must be JSON: it comes from outside, and must not break out of its place.
    void write_verbatim(std::string_view json) {
        std::string levels(json.size(), '\0');
        const Scan object = scan_document(json, levels.data(), json.size());
        out_ += object.ok() && json.starts_with('{') ? json : "null";
    }

    void write(std::string_view text) { append_json_string(out_, text); }
    template <class Text>
    void write(const BasicSecret<Text>& secret) {
        append_json_string(out_, secret.reveal());
    }
    void write(Timestamp instant) { append_json_string(out_, to_iso8601(instant)); }
    void write(const bool& flag) { out_ += flag ? "true" : "false"; }

    template <class T>
    void write(const std::optional<T>& value) {
        if (value) {
            write(*value);
        } else {
            out_ += "null";
        }
    }

    template <Described Struct>
    void write(const Struct& object) {
        char separator = '{';
        for_each_property<Struct>([&]<class Property>(Property) {
            const auto& value = object.*Property::member;
            if constexpr (Property::presence(Contract::documented) == wire::Presence::optional &&
                          Property::presence(Contract::observed) == wire::Presence::optional) {
                if (!value) return;
            }
            out_ += std::exchange(separator, ',');
            name(Property::name);
            write(value);
        });
        if (separator == '{') out_ += '{';
        out_ += '}';
    }

    std::string out_;
};

template <class Text>
std::string to_json(const BasicEvent<Text>& event) {
    JsonWriter writer;
    writer.body(event);
    return writer.take();
}

}  // namespace detail

inline std::string to_json(const Event& event) {
    return detail::to_json(event);
}
inline std::string to_json(const EventView& event) {
    return detail::to_json(event);
}

}  // namespace mews::webhooks
