/// @file
/// Comparing names of the contract table with the characters of a body, fast.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/simdjson.hpp>

namespace mews::webhooks::detail {

/// Compares a name of the table with characters of a body, a word at a time.
///
/// It may read some bytes beyond what it compares: the buffers' padding allows it. Not memcmp:
/// where the compiler takes a comparison for unlikely, it makes a call of that, in the hottest loop
/// there is.
template <class Named>
class Spelling {
    using Word = std::uint64_t;
    static constexpr std::size_t length = Named::name.size();
    static constexpr std::size_t word_count = length / sizeof(Word) + 1;
    static_assert(word_count * sizeof(Word) <= simdjson::SIMDJSON_PADDING);

    /// The words of the name followed by `last`, zeros after it; with `mask`, ones in their places.
    static constexpr std::array<Word, word_count> words(bool with_quote, bool mask) {
        std::array<char, word_count * sizeof(Word)> bytes{};
        for (std::size_t i = 0; i != length; ++i)
            bytes[i] = mask ? '\xFF' : Named::name[i];
        if (with_quote) bytes[length] = mask ? '\xFF' : '"';
        return std::bit_cast<std::array<Word, word_count>>(bytes);
    }

    template <bool WithQuote, std::size_t... I>
    static simdjson_inline bool equal(const char* at, std::index_sequence<I...>) noexcept {
        constexpr auto expected = words(WithQuote, false);
        constexpr auto mask = words(WithQuote, true);
        return (((load(at + I * sizeof(Word)) & mask[I]) == expected[I]) && ...);
    }

    static simdjson_inline Word load(const char* at) noexcept {
        Word word;
        std::memcpy(&word, at, sizeof(Word));
        return word;
    }

  public:
    /// Whether a string, `at` behind its opening quote, is the name: the closing quote is compared
    /// as well, so that its length need not be known.
    static simdjson_inline bool quoted(const char* at) noexcept {
        return equal<true>(at, std::make_index_sequence<word_count>{});
    }

    static simdjson_inline bool text(std::string_view text) noexcept {
        return text.size() == length &&
               equal<false>(text.data(), std::make_index_sequence<word_count>{});
    }
};

/// The action that has this name on the wire.
template <class... Objects>
simdjson_inline Action action_spelled(std::string_view name, wire::List<Objects...>) noexcept {
    std::size_t index = 0;
    static_cast<void>(((Spelling<Objects>::text(name) || (++index, false)) || ...));
    return static_cast<Action>(index);
}

struct ActionProperty {
    static constexpr std::string_view name = wire::Table<std::string_view>::action;
};
struct DataProperty {
    static constexpr std::string_view name = wire::Table<std::string_view>::data;
};

}  // namespace mews::webhooks::detail
