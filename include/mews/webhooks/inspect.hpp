/// @file
/// All that is wrong with a body, and what is worth knowing of it. Needs no JSON parser.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks/detail/text_escape.hpp>
#include <mews/webhooks/detail/walk.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/options.hpp>

namespace mews::webhooks {

/// What is worth knowing of a body, though it is no fault.
enum class NoticeCode : std::uint8_t {
    unknown_action = 1,     ///< An `Action` that this version of the library does not know.
    unknown_discriminator,  ///< A `Discriminator` that this version of the library does not know.
    unknown_property,       ///< A property that the contract does not have.
    only_observed,          ///< Has been observed; Contract::documented would refuse it.
    id_is_no_guid,          ///< An id that is no GUID, as all that were seen are. Undocumented.
    byte_order_mark,        ///< A UTF-8 byte order mark before the body.
    unusual_credential,     ///< A credential that does not begin with the integration's id, as all
                            ///< that were seen do. Undocumented.
};

/// The code's stable name: `"unknown_action"`. Empty for a number that is no code.
[[nodiscard]] constexpr std::string_view to_string(NoticeCode code) noexcept;

/// Something worth knowing of a body, and where. Holds no value of the body.
struct Notice {
    NoticeCode code{};  ///< What it is.

    /// The value as an RFC 6901 JSON Pointer. Of an unknown property it ends with the name that the
    /// body has for it, which is text from outside; a name of more than 128 bytes is left out, so
    /// that the pointer is that of its object.
    std::string pointer{};

    std::size_t offset = 0;  ///< Bytes from the start of the body, as Error::offset.

    /// One line for people, control characters escaped.
    /// @throws std::bad_alloc if there is no memory for it.
    [[nodiscard]] std::string message() const;

    bool operator==(const Notice&) const = default;  ///< Member by member.
};

/// What `inspect` finds in a body.
struct Inspection {
    /// All violations of the contract, in the order of their offsets. The first is the error of
    /// `parse_webhook`; there is none if that gives a value. A body that is not well-formed has
    /// that one fault alone.
    std::vector<Error> violations{};

    /// What is worth knowing, though no fault, in the order of the offsets.
    std::vector<Notice> notices{};

    bool operator==(const Inspection&) const = default;  ///< Member by member.
};

/// Finds all that is wrong with a body of either family, and what is worth knowing of it.
///
/// Each violation that can be seen is found: a value of the wrong type hides only what would be in
/// it, as does a property that stands there a second time, and an `Action` that cannot be read what
/// would be in `Data`. Takes time and memory in proportion to the body's size; the memory can be
/// many times that size: an element `{}` of `Events` has two violations.
///
/// @throws std::bad_alloc if there is no memory.
[[nodiscard]] inline Inspection inspect(std::string_view body, const ParseOptions& options = {});

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

template <>
inline constexpr bool has_message<Notice> = true;

/// The one place for a code's texts.
constexpr ErrorText text_of(NoticeCode code) noexcept {
    switch (code) {
        case NoticeCode::unknown_action:
            return {"unknown_action", "this version does not know the action"};
        case NoticeCode::unknown_discriminator:
            return {"unknown_discriminator", "this version does not know the discriminator"};
        case NoticeCode::unknown_property:
            return {"unknown_property", "the contract does not have the property"};
        case NoticeCode::only_observed:
            return {"only_observed", "observed, but not as documented"};
        case NoticeCode::id_is_no_guid:
            return {"id_is_no_guid", "the id is no GUID (undocumented)"};
        case NoticeCode::byte_order_mark:
            return {"byte_order_mark", "a byte order mark stands before the body"};
        case NoticeCode::unusual_credential:
            return {"unusual_credential",
                    "the credential does not begin with the integration's id (undocumented)"};
    }
    return {};
}

[[nodiscard]] inline bool is_guid(std::string_view text) noexcept {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    constexpr std::array<std::size_t, 5> parts{0, 8, 16, 24, 28};
    if (text.size() != form.size()) return false;
    return std::all_of(parts.begin(), parts.end(), [&](std::size_t at) {
        const std::uint64_t others = bytes_other_than('-', word_at(form.data() + at));
        const std::uint64_t word = word_at(text.data() + at);
        const std::uint64_t wrong =
            (bytes_other_than('-', word) ^ others) | (others & ~hex_digits(word)) | word;
        return (wrong & top_bits) == 0;
    });
}

/// Whether a credential begins with a GUID's digits and a hyphen, whatever their case.
[[nodiscard]] constexpr bool begins_with_guid(std::string_view credential,
                                              std::string_view guid) noexcept {
    for (const char c : guid) {
        if (c == '-') continue;
        if (credential.empty() || hex_value(credential.front()) != hex_value(c)) return false;
        credential.remove_prefix(1);
    }
    return credential.starts_with('-');
}

/// Collects all that the walk finds.
struct Collector : Sink {
    static constexpr bool keeps_elements = false;
    static constexpr bool wants_values = true;
    static constexpr std::size_t longest_name = 128;

    struct Credential {
        std::string_view text;
        std::string pointer;
        std::size_t offset;
    };

    void restart() {
        found_so_far = {};
        credential.reset();
    }

    void fault(ErrorCode code, const char* at, const Path& path) {
        found_so_far.violations.push_back({code, path.pointer(), offset_of(at)});
    }
    void only_observed(const char* at, const Path& path) {
        notice(NoticeCode::only_observed, at, path);
    }
    void unknown_property(const char* at, const Path& path) {
        notice(NoticeCode::unknown_property, at,
               path.name.size() > longest_name ? *path.parent : path);
    }
    template <wire::Tagged T>
    void unknown_tag(const char* at, const Path& path) {
        notice(std::is_same_v<T, EventView> ? NoticeCode::unknown_action
                                            : NoticeCode::unknown_discriminator,
               at, path);
    }
    void found(const Found& value) {
        if (value.visibility == wire::secret) {
            credential = {value.text, value.path.pointer(), offset_of(value.begin)};
        } else if (value.name.ends_with("Id") && !is_guid(value.text)) {
            notice(NoticeCode::id_is_no_guid, value.begin, value.path);
        }
    }

    void notice(NoticeCode code, const char* at, const Path& path) {
        found_so_far.notices.push_back({code, path.pointer(), offset_of(at)});
    }

    [[nodiscard]] std::size_t offset_of(const char* at) const noexcept {
        return static_cast<std::size_t>(at - body);
    }

    Inspection found_so_far{};
    std::optional<Credential> credential{};
};

/// Whether the values of a body that has what is documented, and nothing else, give no notice.
template <class T>
[[nodiscard]] bool is_usual(const T& value) noexcept;

template <class Struct, class Property>
[[nodiscard]] bool is_usual(const Struct& object, Property) noexcept {
    const auto& member = object.*Property::member;
    if constexpr (!wire::Scalar<typename Property::Value>) {
        return is_usual(member);
    } else if constexpr (Property::visibility == wire::secret) {
        if constexpr (requires { begins_with_guid(member.reveal(), object.integration.id); }) {
            return begins_with_guid(member.reveal(), object.integration.id);
        } else {
            return false;  // Perhaps it is: the walk finds out.
        }
    } else if constexpr (Property::name.ends_with("Id")) {
        if constexpr (wire::is_optional<typename Property::Type>) {
            return !member || is_guid(*member);
        } else {
            return is_guid(member);
        }
    } else {
        return true;
    }
}

template <class T>
bool is_usual(const T& value) noexcept {
    if constexpr (wire::is_optional<T>) {
        return !value || is_usual(*value);
    } else if constexpr (wire::List<T>) {
        return std::all_of(value.begin(), value.end(),
                           [](const auto& element) { return is_usual(element); });
    } else if constexpr (wire::UnknownObject<T>) {
        return false;
    } else if constexpr (wire::Object<T>) {
        return !wire::any_property<T>([&](auto property) { return !is_usual(value, property); });
    } else {
        return std::visit([](const auto& alternative) { return is_usual(alternative); }, value);
    }
}

/// Keeps the order of what stands at one place. Not std::stable_sort: with libstdc++ 12 it is built
/// on a function that clang 19 warns of.
template <class Finding>
void sort_by_offset(std::vector<Finding>& findings) {
    std::vector<std::pair<std::size_t, std::size_t>> order;  // Offset and index.
    order.reserve(findings.size());
    for (const Finding& finding : findings)
        order.emplace_back(finding.offset, order.size());
    if (std::is_sorted(order.begin(), order.end())) return;
    std::sort(order.begin(), order.end());
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const auto& [offset, index] : order)
        sorted.push_back(std::move(findings[index]));
    findings = std::move(sorted);
}

}  // namespace detail

constexpr std::string_view to_string(NoticeCode code) noexcept {
    return detail::text_of(code).name;
}

inline std::string Notice::message() const {
    const detail::ErrorText text = detail::text_of(code);
    std::string line{text.name};
    if (!pointer.empty()) {
        line += " at ";
        detail::append_escaped(line, pointer);
    }
    line.append(" (byte ").append(std::to_string(offset)).append("): ").append(text.meaning);
    return line;
}

inline Inspection inspect(std::string_view body, const ParseOptions& options) {
    detail::Collector sink;
    detail::BodyBuffer buffer;
    WebhookView webhook;
    if (std::optional<Error> error = detail::walk_through(body, options, sink, buffer, webhook)) {
        return {{std::move(*error)}, {}};
    }
    Inspection inspection = std::move(sink.found_so_far);
    if (detail::byte_order_mark_size(body) != 0) {
        inspection.notices.push_back({NoticeCode::byte_order_mark, {}, 0});
    }
    const EventView* const event = std::get_if<EventView>(&webhook);
    const IntegrationView* const integration = event != nullptr ? integration_of(*event) : nullptr;
    if (sink.credential && integration != nullptr && detail::is_guid(integration->id) &&
        !detail::begins_with_guid(sink.credential->text, integration->id)) {
        inspection.notices.push_back({NoticeCode::unusual_credential,
                                      std::move(sink.credential->pointer),
                                      sink.credential->offset});
    }
    detail::sort_by_offset(inspection.violations);
    detail::sort_by_offset(inspection.notices);
    return inspection;
}

}  // namespace mews::webhooks
