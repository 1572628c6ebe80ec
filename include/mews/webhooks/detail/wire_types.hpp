/// @file
/// The types that a property can have: everything about each of them, once.
///
/// A new one is a specialization of `wire::Type` here; nothing else needs to know it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <mews/webhooks/detail/text_escape.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/secret.hpp>
#include <mews/webhooks/timestamp.hpp>

namespace mews::webhooks::wire {

/// The kinds of JSON values.
enum class Kind : std::uint8_t { string, number, boolean, null, object, array };

/// The kind of a value, told by its first byte. A byte that starts no value counts as a number's.
[[nodiscard]] constexpr Kind kind_at(char first) noexcept {
    switch (first) {
        case '"':
            return Kind::string;
        case '{':
            return Kind::object;
        case '[':
            return Kind::array;
        case 't':
        case 'f':
            return Kind::boolean;
        case 'n':
            return Kind::null;
        default:
            return Kind::number;
    }
}

/// A type of the wire that is neither an object nor a list, by the type that holds it.
///
/// - `kind`, and `name` for documents
/// - `schema`: the keywords that a JSON Schema has for a value, and if that is more than a type,
///   `definition`, the name under which they stand once
/// - `example` and `counterexample`: JSON texts of a value of the type and of one that is not
/// - `unreadable`: the fault of a value that has the kind, but cannot be read
/// - `read(text, value)`: from the content of a string, its escape sequences replaced, or from the
///   value's own text; false if it cannot be read
/// - `write(out, value)`: appends the JSON text
/// - `print(out, value)`: appends what people see, where the property is open
/// - `Owned` and `own(value)`: the type of a copy that borrows nothing, and such a copy
template <class T>
struct Type;

/// @cond
template <class Text>
struct StringType {
    static constexpr Kind kind = Kind::string;
    static constexpr std::string_view name = "string";
    static constexpr std::string_view schema = R"("type": "string")";
    static constexpr std::string_view example = R"("text")";
    static constexpr std::string_view counterexample = "7";
    static constexpr ErrorCode unreadable = ErrorCode::wrong_type;
    using Owned = std::string;

    static constexpr bool read(std::string_view text, Text& value) noexcept {
        value = text;
        return true;
    }
    static void write(std::string& out, std::string_view value) {
        detail::append_json_string(out, value);
    }
    static void print(std::string& out, std::string_view value) {
        out += '"';
        detail::append_escaped(out, value);
        out += '"';
    }
    static Owned own(std::string_view value) { return Owned{value}; }
};

template <>
struct Type<std::string> : StringType<std::string> {};
template <>
struct Type<std::string_view> : StringType<std::string_view> {};

template <class Text>
struct Type<BasicSecret<Text>> {
    static constexpr Kind kind = Kind::string;
    static constexpr std::string_view name = "string, a live credential";
    static constexpr std::string_view schema = R"("type": "string")";
    static constexpr std::string_view example = R"("INVENTED-0123456789ABCDEF")";
    static constexpr std::string_view counterexample = "7";
    static constexpr ErrorCode unreadable = ErrorCode::wrong_type;
    using Owned = Secret;

    static constexpr bool read(std::string_view text, BasicSecret<Text>& value) noexcept {
        value = BasicSecret<Text>{Text{text}};
        return true;
    }
    static void write(std::string& out, const BasicSecret<Text>& value) {
        detail::append_json_string(out, value.reveal());
    }
    static void print(std::string& out, const BasicSecret<Text>&) { out += redacted; }
    static Owned own(const BasicSecret<Text>& value) { return Owned{std::string{value.reveal()}}; }
};

template <>
struct Type<Timestamp> {
    static constexpr Kind kind = Kind::string;
    static constexpr std::string_view name = "string, ISO 8601 in UTC";
    static constexpr std::string_view definition = "Timestamp";
    // JSON Schema asks for expressions that every engine knows, so there is no look-ahead: the
    // years that are not 0000, and the leap years, are spelled out.
    static constexpr std::string_view schema =
        R"("description": "A UTC timestamp that exists: ISO 8601 with 0 to 7 fraction digits.",)"
        "\n"
        R"("type": "string",)"
        "\n"
        R"("format": "date-time",)"
        "\n"
        R"("pattern": "^(?:)"
        R"((?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})-)"
        R"((?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01]))"
        R"(|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])))"
        R"(|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26]))"
        R"(|(?:0[48]|[2468][048]|[13579][26])00)-02-29)"
        R"()T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,7})?(?:Z|\\+00:00)$")";
    static constexpr std::string_view example = R"("2024-02-29T23:59:59.1234567Z")";
    static constexpr std::string_view counterexample = R"("2023-02-29T00:00:00Z")";
    static constexpr ErrorCode unreadable = ErrorCode::invalid_timestamp;
    using Owned = Timestamp;

    static constexpr bool read(std::string_view text, Timestamp& value) noexcept {
        const std::optional<Timestamp> instant = timestamp_from_iso8601(text);
        if (instant) value = *instant;
        return instant.has_value();
    }
    static void write(std::string& out, Timestamp value) {
        detail::append_json_string(out, to_iso8601(value));
    }
    static void print(std::string& out, Timestamp value) { out += to_iso8601(value); }
    static Owned own(Timestamp value) noexcept { return value; }
};

template <>
struct Type<bool> {
    static constexpr Kind kind = Kind::boolean;
    static constexpr std::string_view name = "bool";
    static constexpr std::string_view schema = R"("type": "boolean")";
    static constexpr std::string_view example = "true";
    static constexpr std::string_view counterexample = R"("true")";
    static constexpr ErrorCode unreadable = ErrorCode::wrong_type;
    using Owned = bool;

    static constexpr bool read(std::string_view text, bool& value) noexcept {
        value = text == "true";
        return true;
    }
    static void write(std::string& out, bool value) { out += value ? "true" : "false"; }
    static void print(std::string& out, bool value) { write(out, value); }
    static Owned own(bool value) noexcept { return value; }
};
/// @endcond

}  // namespace mews::webhooks::wire
