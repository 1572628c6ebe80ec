/// @file
/// Showing values and errors to people: with `<<`, and with `std::format` where there is one.
///
/// Secrets are redacted, personal data is masked, and control characters in strings from outside
/// are escaped, so that what is printed can go to a log or a terminal.

#pragma once

#include <concepts>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <version>

#if defined(__cpp_lib_format)
#include <format>
#endif

#include <mews/webhooks/detail/text_escape.hpp>
#include <mews/webhooks/detail/wire_types.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/reflect.hpp>

namespace mews::webhooks {

/// What is printed in the place of personal data.
inline constexpr std::string_view masked = "[masked]";

/// The action's name on the wire: `"IntegrationCreated"`. `"Unknown"` for Action::unknown.
[[nodiscard]] constexpr std::string_view to_string(Action action) noexcept {
    const auto index = static_cast<std::size_t>(action);
    return index < wire::tags<Event>.size() ? wire::tags<Event>[index] : "Unknown";
}

/// The discriminator's name on the wire: `"ServiceOrderUpdated"`. `"Unknown"` for
/// Discriminator::unknown.
[[nodiscard]] constexpr std::string_view to_string(Discriminator discriminator) noexcept {
    const auto index = static_cast<std::size_t>(discriminator);
    return index < wire::tags<GeneralEvent>.size() ? wire::tags<GeneralEvent>[index] : "Unknown";
}

/// A string from outside, in double quotes, for a log or a terminal: quotes, backslashes, control
/// characters, line separators and what changes the direction of writing become escape sequences,
/// bytes that are not UTF-8 `\xXX`.
/// @throws std::bad_alloc if there is no memory for it.
[[nodiscard]] inline std::string escaped(std::string_view text) {
    std::string out = "\"";
    detail::append_escaped(out, text);
    out += '"';
    return out;
}

namespace detail {

template <class T>
void print(std::string& out, const T& value);
template <class T>
void print_named(std::string& out, const T& value);

/// The properties of an object, in braces.
template <wire::Object Struct>
void print_properties(std::string& out, const Struct& object) {
    std::string_view separator = "{";
    wire::for_each_property<Struct>([&](auto property) {
        using enum wire::Visibility;
        out.append(std::exchange(separator, ", ")).append(property.name).append(": ");
        if constexpr (property.visibility == open) {
            print(out, object.*property.member);
        } else {
            out += property.visibility == personal ? masked : redacted;
        }
    });
    out += '}';
}

/// Appends what people see of a value that stands in an object or a list.
template <class T>
void print(std::string& out, const T& value) {
    if constexpr (wire::is_optional<T>) {
        if (value) {
            print(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (wire::Scalar<T>) {
        wire::Type<T>::print(out, value);
    } else if constexpr (wire::List<T>) {
        std::string_view separator;
        out += '[';
        for (const auto& element : value) {
            out += std::exchange(separator, ", ");
            print(out, element);
        }
        out += ']';
    } else if constexpr (wire::Object<T>) {
        print_properties(out, value);
    } else if (value.valueless_by_exception()) {
        out += "(no event)";
    } else {
        std::visit([&](const auto& alternative) { print_named(out, alternative); }, value);
    }
}

/// Appends a value with its name.
template <class T>
void print_named(std::string& out, const T& value) {
    if constexpr (wire::Object<T>) {
        if constexpr (requires { wire::Description<T>::tag_member; }) {
            out += wire::tag_of(value);
        } else {
            out += wire::Description<T>::name;
        }
        out += ' ';
    }
    print(out, value);
}

/// Whether T is printed as what its `message()` says.
template <class T>
inline constexpr bool has_message = false;
template <>
inline constexpr bool has_message<Error> = true;

/// A type of this library that can be printed. Exactly these: other people's may convert to them.
template <class T>
concept Printable =
    wire::Described<T> || std::same_as<T, Action> || std::same_as<T, Discriminator> ||
    std::same_as<T, Contract> || std::same_as<T, ErrorCode> || std::same_as<T, Secret> ||
    std::same_as<T, SecretView> || has_message<T>;

/// The text that is printed for a value.
template <Printable T>
[[nodiscard]] std::string printed(const T& value) {
    if constexpr (has_message<T>) {
        return value.message();
    } else if constexpr (wire::Described<T> || wire::Scalar<T>) {
        std::string out;
        print_named(out, value);
        return out;
    } else {
        return std::string{to_string(value)};
    }
}

}  // namespace detail

/// Prints a value on one line: secrets redacted, personal data masked, control characters escaped.
template <class Traits, detail::Printable T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const T& value) {
    return stream << std::string_view{detail::printed(value)};
}

/// Prints the value, or `null`.
template <class Traits, detail::Printable T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const std::optional<T>& value) {
    return value ? stream << *value : stream << std::string_view{"null"};
}

/// Prints `to_iso8601(instant)`. A `using` of this namespace finds it, the type being
/// std::chrono's.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const Timestamp& instant) {
    return stream << std::string_view{to_iso8601(instant)};
}

/// Prints the instant, or `null`.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const std::optional<Timestamp>& instant) {
    return instant ? stream << *instant : stream << std::string_view{"null"};
}

}  // namespace mews::webhooks

#if defined(__cpp_lib_format)
/// Formats a value as `<<` prints it, with the format specification of a string.
template <mews::webhooks::detail::Printable T>
struct std::formatter<T, char> : std::formatter<std::string_view, char> {
    /// Writes what `<<` prints.
    template <class Context>
    auto format(const T& value, Context& context) const {
        return std::formatter<std::string_view, char>::format(
            mews::webhooks::detail::printed(value), context);
    }
};
#endif
