/// @file
/// The grammar of RFC 8259 over characters, without a parser behind it.
///
/// simdjson's On-Demand API checks only what it is asked to read, and its verdicts differ between
/// its versions and its CPU implementations. Whatever it is not asked to read is checked here, and
/// every error that reaches a user is found here: from the characters alone.
///
/// A text to be scanned is followed by `text_padding` zeros. No token goes on at a zero, so that
/// what reads one need not look for the end of the text, and can read several bytes at once.

#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <mews/webhooks/error.hpp>

namespace mews::webhooks::detail {

inline constexpr std::size_t text_padding = 64;

/// Where a scan ended, and why there if it is a fault.
struct Scan {
    const char* at;  ///< Behind what was scanned; at a fault, the offending byte (maybe the end).
    ErrorCode fault{};  ///< Zero if what was scanned is well-formed.

    [[nodiscard]] constexpr bool ok() const noexcept { return fault == ErrorCode{}; }
};

[[nodiscard]] constexpr bool is_white_space(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

[[nodiscard]] constexpr const char* skip_white_space(const char* at) noexcept {
    while (is_white_space(*at))
        ++at;
    return at;
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// The value of a hexadecimal digit; 16 or more if it is none.
[[nodiscard]] constexpr unsigned hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    const auto lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10 : 16;
}

[[nodiscard]] constexpr bool is_high_surrogate(unsigned unit) noexcept {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
[[nodiscard]] constexpr bool is_low_surrogate(unsigned unit) noexcept {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// The escapes of two characters: what the second one stands for; zero if it makes no escape.
[[nodiscard]] constexpr char simple_escape(char second) noexcept {
    switch (second) {
        case '"':
            return '"';
        case '\\':
            return '\\';
        case '/':
            return '/';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return 0;
    }
}

/// An escape sequence: where its scan ended, and what it stands for. No larger than what functions
/// return in registers.
struct Escape {
    const char* at;
    ErrorCode fault{};
    std::uint32_t code_point = 0;

    [[nodiscard]] constexpr bool ok() const noexcept { return fault == ErrorCode{}; }
};

/// Reads the four digits of `\uXXXX`, `at` behind the `u`.
[[nodiscard]] constexpr Escape read_code_unit(const char* at) noexcept {
    std::uint32_t unit = 0;
    for (const char* const end = at + 4; at != end; ++at) {
        const unsigned digit = hex_value(*at);
        if (digit > 15) return {at, ErrorCode::malformed_json};
        unit = unit << 4 | digit;
    }
    return {at, {}, unit};
}

/// Reads an escape sequence, `at` at its backslash. Half a surrogate pair is a fault of the whole
/// of it: it cannot become UTF-8.
/// @param end of the text, where it is not half of a pair but cut short.
[[nodiscard]] constexpr Escape read_escape(const char* const at, const char* end) noexcept {
    if (at[1] != 'u') {
        const char simple = simple_escape(at[1]);
        if (simple == 0) return {at + 1, ErrorCode::malformed_json};
        return {at + 2, {}, static_cast<std::uint32_t>(simple)};
    }
    const Escape first = read_code_unit(at + 2);
    if (!first.ok()) return first;
    if (is_low_surrogate(first.code_point)) return {at, ErrorCode::malformed_json};
    if (!is_high_surrogate(first.code_point)) return first;

    const char* const low = first.at;
    if (low == end) return {end, ErrorCode::malformed_json};
    if (low[0] != '\\') return {at, ErrorCode::malformed_json};
    if (low + 1 == end) return {end, ErrorCode::malformed_json};
    if (low[1] != 'u') return {at, ErrorCode::malformed_json};
    const Escape second = read_code_unit(low + 2);
    if (!second.ok()) return second;
    if (!is_low_surrogate(second.code_point)) return {at, ErrorCode::malformed_json};
    return {second.at,
            {},
            0x10000 + ((first.code_point - 0xD800) << 10) + (second.code_point - 0xDC00)};
}

// Eight bytes are looked at at once, as a word. What is found of each is told by its top bit; no
// sum below carries into the next byte, so that the marks are exact.
inline constexpr std::uint64_t top_bits = 0x8080'8080'8080'8080;
inline constexpr std::uint64_t each_byte = top_bits >> 7;

[[nodiscard]] inline std::uint64_t word_at(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Marks, of bytes that are ASCII, those that are not this character of ASCII.
[[nodiscard]] constexpr std::uint64_t bytes_other_than(char c, std::uint64_t word) noexcept {
    return ((word & ~top_bits) ^ each_byte * static_cast<unsigned char>(c)) + ~top_bits;
}

/// Marks the bytes of a word that end a run of plain characters in a string: a quote, a backslash,
/// a control character.
[[nodiscard]] constexpr std::uint64_t special_bytes(std::uint64_t word) noexcept {
    const std::uint64_t no_controls = (word & ~top_bits) + each_byte * 0x60;
    return ~((bytes_other_than('"', word) & bytes_other_than('\\', word) & no_controls) | word) &
           top_bits;
}

/// Marks the bytes that are hexadecimal digits.
[[nodiscard]] constexpr std::uint64_t hex_digits(std::uint64_t word) noexcept {
    const std::uint64_t digit = (word & ~top_bits) ^ each_byte * '0';
    const std::uint64_t letter = (word & ~top_bits) | each_byte * 0x20;
    const std::uint64_t is_letter =
        (letter + each_byte * (0x80 - 'a')) & ~(letter + each_byte * (0x7F - 'f'));
    return (~(digit + each_byte * (0x7F - 9)) | is_letter) & ~word & top_bits;
}

/// How many bytes of a word come before the first one that is marked.
[[nodiscard]] constexpr std::size_t plain_bytes(std::uint64_t special) noexcept {
    const int bits = std::endian::native == std::endian::little ? std::countr_zero(special)
                                                                : std::countl_zero(special);
    return static_cast<std::size_t>(bits) / 8;
}

/// Skips characters of a string that stand for themselves.
[[nodiscard]] inline const char* skip_plain_characters(const char* at) noexcept {
    std::uint64_t special = special_bytes(word_at(at));
    while (special == 0)
        special = special_bytes(word_at(at += sizeof special));
    return at + plain_bytes(special);
}

/// Scans a string, `at` behind its opening quote; ends behind the closing one. Whether its bytes
/// are UTF-8 is not asked here.
[[nodiscard]] inline Scan scan_string(const char* at, const char* end) noexcept {
    for (;;) {
        at = skip_plain_characters(at);
        if (*at == '"') return {at + 1};
        if (*at != '\\') return {at, ErrorCode::malformed_json};
        const Escape escape = read_escape(at, end);
        if (!escape.ok()) return {escape.at, escape.fault};
        at = escape.at;
    }
}

/// Scans one digit or more.
[[nodiscard]] constexpr Scan scan_digits(const char* at) noexcept {
    if (!is_digit(*at)) return {at, ErrorCode::malformed_json};
    while (is_digit(*at))
        ++at;
    return {at};
}

/// Scans a number of any size, `at` at its sign or first digit.
[[nodiscard]] constexpr Scan scan_number(const char* at) noexcept {
    if (*at == '-') ++at;
    if (*at == '0') {
        ++at;
    } else if (const Scan whole = scan_digits(at); whole.ok()) {
        at = whole.at;
    } else {
        return whole;
    }
    if (*at == '.') {
        const Scan fraction = scan_digits(at + 1);
        if (!fraction.ok()) return fraction;
        at = fraction.at;
    }
    if (*at == 'e' || *at == 'E') {
        ++at;
        if (*at == '+' || *at == '-') ++at;
        return scan_digits(at);
    }
    return {at};
}

/// Scans `true`, `false` or `null`, `at` at its first letter.
[[nodiscard]] constexpr Scan scan_literal(const char* at) noexcept {
    const std::string_view literal = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
    for (const char expected : literal) {
        if (*at != expected) return {at, ErrorCode::malformed_json};
        ++at;
    }
    return {at};
}

/// Scans a scalar value, `at` at its first byte.
[[nodiscard]] inline Scan scan_scalar(const char* at, const char* end) noexcept {
    switch (*at) {
        case '"':
            return scan_string(at + 1, end);
        case 't':
        case 'f':
        case 'n':
            return scan_literal(at);
        default:
            return scan_number(at);
    }
}

/// Scans one value of any depth, with white space before it; ends right behind it.
///
/// Not recursive, so that no input can exhaust the stack: the open brackets are kept in `levels`,
/// which needs room for as many bytes as there are to scan, since each level costs the text one.
///
/// @param max_depth how many brackets may be open at once.
[[nodiscard]] inline Scan scan_value(const char* at, const char* end, char* levels,
                                     std::size_t max_depth) noexcept {
    std::size_t depth = 0;
    for (;;) {
        // A value stands here, if not a fault.
        at = skip_white_space(at);
        bool opened = false;
        if (*at == '{' || *at == '[') {
            if (depth == max_depth) return {at, ErrorCode::nesting_too_deep};
            levels[depth++] = *at == '{' ? '}' : ']';
            at = skip_white_space(at + 1);
            opened = true;
        } else if (const Scan scalar = scan_scalar(at, end); scalar.ok()) {
            at = scalar.at;
        } else {
            return scalar;
        }

        // Behind it: brackets that close, and then a comma or the end.
        for (; depth != 0; opened = false) {
            if (!opened) at = skip_white_space(at);
            if (*at == levels[depth - 1]) {
                ++at;
                --depth;
                continue;
            }
            if (!opened) {
                if (*at != ',') return {at, ErrorCode::malformed_json};
                ++at;
            }
            break;
        }
        if (depth == 0) return {at};

        // Before the next value: its name, in an object.
        if (levels[depth - 1] == '}') {
            at = skip_white_space(at);
            if (*at != '"') return {at, ErrorCode::malformed_json};
            const Scan name = scan_string(at + 1, end);
            if (!name.ok()) return name;
            at = skip_white_space(name.at);
            if (*at != ':') return {at, ErrorCode::malformed_json};
            ++at;
        }
    }
}

/// How many bytes the UTF-8 sequence at `at` has; zero if it is ill-formed: overlong, a surrogate,
/// beyond U+10FFFF, cut short, or no sequence at all.
[[nodiscard]] constexpr std::size_t utf8_length(const char* at, const char* end) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(at[i]); };
    const auto left = static_cast<std::size_t>(end - at);
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead < 0xC2   ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || left < length) return 0;
    // The second byte's range is what excludes overlong forms, surrogates and too large numbers.
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < low || byte(1) > high) return 0;
    for (std::size_t i = 2; i != length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

/// The first byte of the first ill-formed UTF-8 sequence; the end if there is none.
[[nodiscard]] inline const char* find_invalid_utf8(const char* at, const char* end) noexcept {
    while (at < end) {
        // Most of a body is ASCII.
        const bool is_ascii = ((word_at(at) | word_at(at + 8)) & top_bits) == 0;
        const std::size_t length = is_ascii ? 16 : utf8_length(at, end);
        if (length == 0) return at;
        at += length;
    }
    return end;
}

/// The first reason why a text is not JSON, if there is one.
[[nodiscard]] inline Scan scan_document(std::string_view text, char* scratch,
                                        std::size_t max_depth) noexcept {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    Scan document = scan_value(begin, end, scratch, max_depth);
    if (document.ok()) {
        document.at = skip_white_space(document.at);
        if (document.at != end) document.fault = ErrorCode::trailing_content;
    }
    // Bytes that are not UTF-8 are that first of all, wherever they stand.
    const char* const not_utf8 = find_invalid_utf8(begin, end);
    if (not_utf8 != end && not_utf8 <= document.at) return {not_utf8, ErrorCode::invalid_utf8};
    return document;
}

/// Appends a code point as UTF-8.
constexpr char* append_utf8(char* out, unsigned code_point) noexcept {
    if (code_point < 0x80) {
        *out++ = static_cast<char>(code_point);
        return out;
    }
    if (code_point < 0x800) {
        *out++ = static_cast<char>(0xC0 | code_point >> 6);
    } else {
        if (code_point < 0x10000) {
            *out++ = static_cast<char>(0xE0 | code_point >> 12);
        } else {
            *out++ = static_cast<char>(0xF0 | code_point >> 18);
            *out++ = static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
        }
        *out++ = static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | (code_point & 0x3F));
    return out;
}

/// The content of a string, its escape sequences replaced, and where the string ends.
struct String {
    std::string_view text;
    Scan scan;
};

/// The rest of `read_string`: a string that has escape sequences, or is not well-formed.
/// @param at where its first run of plain characters, which begins at `run`, ends.
[[nodiscard]] inline String read_escaped_string(const char* run, const char* at, const char* end,
                                                char*& scratch) noexcept {
    char* out = std::copy(run, at, scratch);
    while (*at != '"') {
        if (*at != '\\') return {{}, {at, ErrorCode::malformed_json}};
        const Escape escape = read_escape(at, end);
        if (!escape.ok()) return {{}, {escape.at, escape.fault}};
        out = append_utf8(out, escape.code_point);
        at = escape.at;
        std::size_t plain = 0;
        do {  // Some bytes too many are copied, too.
            const std::uint64_t word = word_at(at);
            std::memcpy(out, &word, sizeof word);
            plain = plain_bytes(special_bytes(word));
            at += plain;
            out += plain;
        } while (plain == sizeof(std::uint64_t));
    }
    const std::string_view text{scratch, static_cast<std::size_t>(out - scratch)};
    scratch = out;
    return {text, {at + 1}};
}

/// Reads a string, `at` behind its opening quote. If it has escape sequences, its content is
/// written to `scratch`, which moves on; any other is a view of the string itself.
[[nodiscard]] inline String read_string(const char* at, const char* end, char*& scratch) noexcept {
    const char* const quote = skip_plain_characters(at);
    if (*quote != '"') return read_escaped_string(at, quote, end, scratch);
    return {{at, static_cast<std::size_t>(quote - at)}, {quote + 1}};
}

}  // namespace mews::webhooks::detail
