/// @file
/// What all fuzz targets share: the entry points that libFuzzer and replay.cpp call, and how a
/// property that does not hold is reported.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

/// A text that can be pasted into C++ source.
inline std::string literal_of(std::string_view bytes) {
    std::string text = "\"";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (byte >= 0x20 && byte < 0x7F) {
            text += c;
        } else {
            // Octal: it ends after three digits, whatever follows.
            text += '\\';
            text += static_cast<char>('0' + (byte >> 6));
            text += static_cast<char>('0' + (byte >> 3 & 7));
            text += static_cast<char>('0' + (byte & 7));
        }
    }
    return text + '"';
}

/// Ends the run: libFuzzer then keeps the input.
[[noreturn]] inline void fail(std::string_view property, std::string_view input,
                              std::string_view seen = {}) {
    const std::string quoted = literal_of(input);
    std::fprintf(stderr, "\nDOES NOT HOLD: %.*s\n  input: %s\n  seen:  %.*s\n",
                 static_cast<int>(property.size()), property.data(), quoted.c_str(),
                 static_cast<int>(seen.size()), seen.data());
    std::fflush(stderr);
    std::abort();
}

}  // namespace fuzz
