/// @file
/// Comparing names of the contract with the characters of a body, a word at a time.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include <mews/webhooks/detail/simdjson.hpp>

namespace mews::webhooks::detail {

/// A string as a template argument.
template <std::size_t Size>
struct Name {
    std::array<char, Size> bytes{};

    consteval explicit Name(std::string_view text) {
        for (std::size_t i = 0; i != Size; ++i)
            bytes[i] = text[i];
    }
};

/// Whether the characters at a place are these. It may read some bytes beyond what it compares: the
/// padding of the buffers allows it.
///
/// Not memcmp: where the compiler takes a comparison for unlikely, it makes a call of that, in the
/// hottest loop there is.
template <Name Text>
class Literal {
    using Word = std::uint64_t;
    static constexpr std::size_t size = Text.bytes.size();
    static constexpr std::size_t word_count = (size + sizeof(Word) - 1) / sizeof(Word);
    static_assert(word_count * sizeof(Word) <= simdjson::SIMDJSON_PADDING);

    /// The words of the text, zeros behind it; or ones in the place of its bytes.
    static constexpr std::array<Word, word_count> words(bool is_mask) {
        std::array<char, word_count * sizeof(Word)> bytes{};
        for (std::size_t i = 0; i != size; ++i)
            bytes[i] = is_mask ? '\xFF' : Text.bytes[i];
        return std::bit_cast<std::array<Word, word_count>>(bytes);
    }

    static simdjson_inline Word load(const char* at) noexcept {
        Word word;
        std::memcpy(&word, at, sizeof(Word));
        return word;
    }

    template <std::size_t... I>
    static simdjson_inline bool equal(const char* at, std::index_sequence<I...>) noexcept {
        constexpr auto expected = words(false);
        constexpr auto mask = words(true);
        return (((load(at + I * sizeof(Word)) & mask[I]) == expected[I]) && ...);
    }

  public:
    static simdjson_inline bool is_at(const char* at) noexcept {
        return equal(at, std::make_index_sequence<word_count>{});
    }
};

/// The name with the quote that ends it, so that its length need not be known.
template <std::size_t Size>
consteval Name<Size> with_quote(std::string_view name) {
    std::array<char, Size> bytes{};
    for (std::size_t i = 0; i + 1 != Size; ++i)
        bytes[i] = name[i];
    bytes[Size - 1] = '"';
    return Name<Size>{std::string_view{bytes.data(), Size}};
}

/// Whether a key, `at` behind its opening quote, is spelled as `Named::name` is, without escapes.
template <class Named>
using Key = Literal<with_quote<Named::name.size() + 1>(Named::name)>;

}  // namespace mews::webhooks::detail
