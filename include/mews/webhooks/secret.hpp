/// @file
/// Strings that must not be shown: access tokens, API keys, the raw content of unknown events.

#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mews/webhooks/version.hpp>

namespace mews::webhooks {

/// What is printed in the place of a secret.
inline constexpr std::string_view redacted = "[redacted]";

/// A string that is a credential, or may hold one.
///
/// It does not convert to a string, and what prints it prints `[redacted]`; `reveal()` is the only
/// access, so that a search for that word finds every place where a credential is used.
///
/// @tparam Text `std::string` owns the string, `std::string_view` borrows it.
template <class Text>
class BasicSecret {
  public:
    /// The empty secret.
    BasicSecret() = default;

    /// Takes the string. Explicit: a string does not become a secret by accident, nor the reverse.
    constexpr explicit BasicSecret(Text text) noexcept(std::is_nothrow_move_constructible_v<Text>)
        : text_(std::move(text)) {}

    /// The string itself. Lives as long as this secret does, and, in a view, as what it borrows
    /// from.
    [[nodiscard]] constexpr const Text& reveal() const noexcept { return text_; }

    /// Whether there is no credential: the string has no bytes.
    [[nodiscard]] constexpr bool empty() const noexcept { return text_.empty(); }

  private:
    Text text_{};
};

using Secret = BasicSecret<std::string>;           ///< Owns its string.
using SecretView = BasicSecret<std::string_view>;  ///< Borrows its string.

namespace detail {

inline bool equal_in_constant_time(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    // volatile: nothing may be concluded from a byte that differs before all have been read.
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i != left.size(); ++i) {
        const auto here = static_cast<unsigned char>(left[i] ^ right[i]);
        difference = static_cast<unsigned char>(difference | here);
    }
    return difference == 0;
}

}  // namespace detail

/// Compares in a time that depends on the two lengths only, not on where the strings differ. An
/// owned secret and a borrowed one compare, too.
template <class Left, class Right>
[[nodiscard]] bool operator==(const BasicSecret<Left>& left,
                              const BasicSecret<Right>& right) noexcept {
    return detail::equal_in_constant_time(left.reveal(), right.reveal());
}

/// Does not compile: a Secret is compared with a Secret.
template <class Text, class Other>
requires std::is_convertible_v<const Other&, std::string_view>
[[nodiscard]] bool operator==(const BasicSecret<Text>&, const Other&) noexcept {
    static_assert(!std::is_same_v<Text, Text>,
                  "a Secret compares with a Secret: write secret == SecretView{string}");
    return false;
}

/// Prints `[redacted]`, whatever the secret is.
template <class Traits, class Text>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const BasicSecret<Text>&) {
    return stream << redacted;
}

}  // namespace mews::webhooks
