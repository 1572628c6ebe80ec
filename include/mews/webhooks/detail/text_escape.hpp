/// @file
/// Escaping strings from outside, for JSON and for people.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <mews/webhooks/detail/json_text.hpp>

namespace mews::webhooks::detail {

inline void append_hex(std::string& out, unsigned number, int digits) {
    while (digits-- != 0)
        out += "0123456789abcdef"[number >> 4 * digits & 0xF];
}

/// Appends a code unit as `\uXXXX`.
inline void append_code_unit(std::string& out, unsigned unit) {
    out += "\\u";
    append_hex(out, unit, 4);
}

/// Appends a JSON string, with no more escapes than JSON needs. Bytes that are not UTF-8 become
/// U+FFFD, so that the result is JSON whatever the text.
inline void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const char c = *at;
        const std::size_t length = utf8_length(at, end);
        at += length == 0 ? 1 : length;
        if (length == 0) {
            out += "\xEF\xBF\xBD";
        } else if (length > 1) {
            out.append(at - length, length);
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            out += c;
        } else if (constexpr std::string_view controls = "\bb\ff\nn\rr\tt";
                   controls.find(c) != std::string_view::npos) {
            out += '\\';
            out += controls[controls.find(c) + 1];
        } else {
            append_code_unit(out, static_cast<unsigned char>(c));
        }
    }
    out += '"';
}

/// The code point of a well-formed UTF-8 sequence.
[[nodiscard]] constexpr unsigned code_point_of(const char* at, std::size_t length) noexcept {
    const unsigned lead = static_cast<unsigned char>(*at);
    unsigned code_point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i != length; ++i) {
        code_point = code_point << 6 | (static_cast<unsigned char>(at[i]) & 0x3FU);
    }
    return code_point;
}

/// Whether a code point does something to the line it is shown in, instead of being shown:
/// control characters, line separators, and what changes the direction of writing.
[[nodiscard]] constexpr bool is_control(unsigned code_point) noexcept {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x061C ||
           code_point == 0x200E || code_point == 0x200F ||
           (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

/// Appends a text for people to read: quotes and backslashes, and what would act on a terminal or a
/// log line instead of being shown there, become escape sequences; bytes that are not UTF-8 become
/// `\xXX`.
inline void append_escaped(std::string& out, std::string_view text) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const std::size_t length = utf8_length(at, end);
        if (length == 0) {
            out += "\\x";
            append_hex(out, static_cast<unsigned char>(*at++), 2);
            continue;
        }
        const unsigned code_point = code_point_of(at, length);
        if (code_point == '"' || code_point == '\\') {
            out += '\\';
            out += *at;
        } else if (is_control(code_point)) {
            append_code_unit(out, code_point);
        } else {
            out.append(at, length);
        }
        at += length;
    }
}

}  // namespace mews::webhooks::detail
