/// @file
/// Comparing names of the contract with the characters of a body, a word at a time.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <mews/webhooks/detail/json_text.hpp>

namespace mews::webhooks::detail {

/// A name of the contract, or another string that it tells.
class Key {
    static constexpr std::size_t word_count = 4;
    using Bytes = std::array<char, word_count * sizeof(std::uint64_t)>;
    using Words = std::array<std::uint64_t, word_count>;

  public:
    consteval explicit Key(std::string_view text = {}) : name(text) {
        // With the quote that ends it, so that its length need not be known.
        Bytes expected{};
        Bytes mask{};
        for (std::size_t i = 0; i <= text.size(); ++i) {
            expected.at(i) = i == text.size() ? '"' : text[i];
            mask.at(i) = '\xFF';
        }
        expected_ = std::bit_cast<Words>(expected);
        mask_ = std::bit_cast<Words>(mask);
    }

    /// Whether a string, `at` behind its opening quote, is spelled so, without escape sequences.
    ///
    /// Not by memcmp: of a comparison that it takes for unlikely the compiler makes a call, in the
    /// hottest loop there is.
    [[nodiscard]] bool is_at(const char* at) const noexcept {
        return is_word_at<0>(at) && is_word_at<1>(at) && is_word_at<2>(at) && is_word_at<3>(at);
    }

    std::string_view name{};

  private:
    static_assert(sizeof(Bytes) <= text_padding);

    template <std::size_t Index>
    [[nodiscard]] bool is_word_at(const char* at) const noexcept {
        if (mask_[Index] == 0) return true;
        return (word_at(at + Index * sizeof(std::uint64_t)) & mask_[Index]) == expected_[Index];
    }

    Words expected_{};
    Words mask_{};
};

}  // namespace mews::webhooks::detail
