/// @file
/// Why a body was refused: a code, a place, and one line for people.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <mews/webhooks/version.hpp>

namespace mews::webhooks {

/// What was wrong with a body. Zero is no error.
enum class ErrorCode : std::uint8_t {
    empty_body = 1,      ///< No bytes, or none but white space.
    body_too_large,      ///< More bytes than ParseOptions::max_body_bytes.
    invalid_utf8,        ///< Bytes that are not UTF-8.
    malformed_json,      ///< Not JSON by RFC 8259; also an escape that is half a surrogate pair.
    nesting_too_deep,    ///< More levels than ParseOptions::max_depth.
    trailing_content,    ///< More than white space after the end of the JSON text.
    wrong_type,          ///< A property, or the whole body, has another JSON type than documented.
    missing_property,    ///< A property that must be there is not.
    unexpected_null,     ///< A property that must not be null is.
    duplicate_property,  ///< A property of the contract stands twice in its object.
    invalid_timestamp,   ///< Not ISO 8601 in UTC, or an instant that does not exist.
    out_of_memory,       ///< The parser's buffers could not be allocated.
};

/// What kind of fault an ErrorCode tells of, which is what a receiver decides on.
enum class ErrorKind : std::uint8_t {
    limit,      ///< Larger or deeper than ParseOptions allows.
    malformed,  ///< Not a JSON text.
    contract,   ///< JSON that breaks the contract.
    resource,   ///< No fault of the body: the same one may be accepted later.
};

/// The code's kind. `malformed` for a number that is no code.
[[nodiscard]] constexpr ErrorKind kind_of(ErrorCode code) noexcept;

/// The code's stable name: `"missing_property"`. Empty for a number that is no code.
[[nodiscard]] constexpr std::string_view to_string(ErrorCode code) noexcept;

/// Why a body was refused, and where. Holds nothing of the body's own text, so that it can be
/// logged.
struct Error {
    ErrorCode code{};  ///< What was wrong.

    /// The offending value as an RFC 6901 JSON Pointer: `/Data/Integration/Id`. For a property that
    /// is missing, where it should be. Empty for the whole body, which is what every fault of the
    /// JSON text itself is a fault of.
    std::string pointer{};

    /// Bytes from the start of the body (a byte order mark counts). Of a value, its first byte; of
    /// a missing property, the opening brace of the object that lacks it; of a fault in the JSON
    /// text, the first byte that cannot be part of one, or the body's size if it ends too early; of
    /// half a surrogate pair (`"\ud800"`), the backslash of its escape.
    std::size_t offset = 0;

    /// One line for people. Never any text of the body.
    [[nodiscard]] std::string message() const;

    bool operator==(const Error&) const = default;  ///< Member by member.
};

namespace detail {

struct ErrorText {
    std::string_view name;
    std::string_view meaning;
    ErrorKind kind = ErrorKind::malformed;
};

/// The one place for what is said of a code.
constexpr ErrorText text_of(ErrorCode code) noexcept {
    using enum ErrorKind;
    switch (code) {
        case ErrorCode::empty_body:
            return {"empty_body", "the body is empty", malformed};
        case ErrorCode::body_too_large:
            return {"body_too_large", "the body is larger than allowed", limit};
        case ErrorCode::invalid_utf8:
            return {"invalid_utf8", "the body is not UTF-8", malformed};
        case ErrorCode::malformed_json:
            return {"malformed_json", "the body is not well-formed JSON", malformed};
        case ErrorCode::nesting_too_deep:
            return {"nesting_too_deep", "the body is nested deeper than allowed", limit};
        case ErrorCode::trailing_content:
            return {"trailing_content", "something follows the end of the JSON text", malformed};
        case ErrorCode::wrong_type:
            return {"wrong_type", "the value has another type than documented", contract};
        case ErrorCode::missing_property:
            return {"missing_property", "a required property is missing", contract};
        case ErrorCode::unexpected_null:
            return {"unexpected_null", "the value must not be null", contract};
        case ErrorCode::duplicate_property:
            return {"duplicate_property", "the property stands twice in its object", contract};
        case ErrorCode::invalid_timestamp:
            return {"invalid_timestamp", "the value is not an existing instant as ISO 8601 in UTC",
                    contract};
        case ErrorCode::out_of_memory:
            return {"out_of_memory", "the parser's buffers could not be allocated", resource};
    }
    return {};
}

}  // namespace detail

constexpr ErrorKind kind_of(ErrorCode code) noexcept {
    return detail::text_of(code).kind;
}

constexpr std::string_view to_string(ErrorCode code) noexcept {
    return detail::text_of(code).name;
}

inline std::string Error::message() const {
    const detail::ErrorText text = detail::text_of(code);
    std::string line{text.name};
    if (!pointer.empty()) line.append(" at ").append(pointer);
    line.append(" (byte ").append(std::to_string(offset)).append("): ").append(text.meaning);
    return line;
}

}  // namespace mews::webhooks
