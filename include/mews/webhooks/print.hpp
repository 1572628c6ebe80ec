/// @file
/// Showing events and errors to people: with `<<`, and with `std::format` where there is one.
///
/// Secrets are redacted, personal data is masked, and control characters in what comes from outside
/// are escaped, so that what is printed can go to a log or a terminal.

#pragma once

#include <concepts>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <version>

#if defined(__cpp_lib_format)
#include <format>
#endif

#include <mews/webhooks/detail/table.hpp>
#include <mews/webhooks/detail/text_escape.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/events.hpp>

namespace mews::webhooks {

/// What stands wherever personal data would otherwise be shown.
inline constexpr std::string_view masked = "[masked]";

namespace detail {

/// Writes values for people: one function for each type that a member may have.
class Describer {
  public:
    template <class Text>
    void event(const BasicEvent<Text>& event) {
        if (event.valueless_by_exception()) {
            out_ += "(no event)";
        } else {
            std::visit([this](const auto& happened) { this->named(happened); }, event);
        }
    }

    template <Described Struct>
    void named(const Struct& object) {
        out_.append(object_of<Struct>::name).append(" ");
        write(object);
    }

    template <class Text>
    void named(const BasicUnknownEvent<Text>& event) {
        out_ += "UnknownEvent {Action: ";
        write(std::string_view{event.action});
        out_ += ", Integration: ";
        write(event.integration);
        out_ += ", Data: ";
        write(event.data);
        out_ += '}';
    }

    [[nodiscard]] std::string take() noexcept { return std::move(out_); }

  private:
    void write(std::string_view text) { append_visible(out_, text); }
    template <class Text>
    void write(const BasicSecret<Text>&) {
        out_ += redacted;
    }
    void write(Timestamp instant) { out_ += to_iso8601(instant); }
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
        std::string_view separator = "{";
        for_each_property<Struct>([&]<class Property>(Property) {
            out_.append(std::exchange(separator, ", ")).append(Property::name).append(": ");
            if constexpr (Property::privacy == wire::Privacy::personal) {
                out_ += masked;
            } else {
                write(object.*Property::member);
            }
        });
        out_ += '}';
    }

    std::string out_;
};

/// The text that is printed for a value.
template <class Text>
std::string describe(const BasicEvent<Text>& event) {
    Describer describer;
    describer.event(event);
    return describer.take();
}

template <class Struct>
requires Described<Struct> || std::is_same_v<Struct, UnknownEvent> ||
         std::is_same_v<Struct, UnknownEventView>
std::string describe(const Struct& object) {
    Describer describer;
    describer.named(object);
    return describer.take();
}

template <class Text>
std::string_view describe(const BasicSecret<Text>&) noexcept {
    return redacted;
}
// Of these types exactly: other people's may convert to them.
template <class Code>
requires std::is_same_v<Code, Action> || std::is_same_v<Code, ErrorCode>
constexpr std::string_view describe(const Code& code) noexcept {
    return to_string(code);
}
template <std::same_as<Error> T>
std::string describe(const T& error) {
    return error.message();
}

/// A type of this library that can be printed.
template <class T>
concept Printable = requires(const T& value) {
    // Not found by the arguments' namespaces: other people have functions of this name.
    { detail::describe(value) } -> std::convertible_to<std::string_view>;
};

}  // namespace detail

/// Prints a value on one line: secrets redacted, personal data masked, control characters escaped.
template <class Traits, detail::Printable T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const T& value) {
    return stream << std::string_view{detail::describe(value)};
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
            mews::webhooks::detail::describe(value), context);
    }
};
#endif
