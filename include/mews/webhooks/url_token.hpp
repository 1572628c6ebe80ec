/// @file
/// The shared token in the endpoint's URL: all that tells the sender from anybody else. Neither
/// class nor function needs the body, so that a request can be refused before it is read.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks/secret.hpp>

namespace mews::webhooks {

/// The tokens that an endpoint accepts: one, or several while they are being changed.
class UrlTokens {
  public:
    /// Takes the tokens. An empty one, such as a setting that was forgotten gives, is left out: it
    /// would let in everybody. Without any token, every request is refused.
    explicit UrlTokens(std::vector<Secret> accepted) : accepted_(std::move(accepted)) {
        std::erase_if(accepted_, [](const Secret& token) { return token.reveal().empty(); });
    }

    /// Whether the candidate is one of the tokens. The time it takes depends neither on where a
    /// difference is nor on which token it is; it can tell the tokens' number and lengths.
    [[nodiscard]] bool accepts(std::string_view candidate) const noexcept {
        unsigned matches = 0;
        for (const Secret& token : accepted_)
            matches |=
                static_cast<unsigned>(detail::equal_in_constant_time(token.reveal(), candidate));
        return matches != 0;
    }

  private:
    std::vector<Secret> accepted_;
};

/// The token that a request target has as a parameter of its query: of `/hooks?Token=a%2Bb` it is
/// `a+b`. Percent-encoding is undone and nothing else, so that `+` is a plus. Names are compared
/// decoded and case-sensitively. What other parameters hold does not matter.
///
/// @param request_target of the request line, as it came: `/hooks?…` or `https://host/hooks?…`
/// @param parameter the parameter's name, without encoding
/// @return nothing if the parameter is absent, is there twice, or its value is badly encoded. A
///         parameter without a value gives the empty token, which UrlTokens never accepts.
/// @throws std::bad_alloc if there is no memory for a text.
[[nodiscard]] inline std::optional<Secret> token_in(std::string_view request_target,
                                                    std::string_view parameter = "Token");

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// The value of a hexadecimal digit; nothing for any other character.
constexpr std::optional<unsigned> hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    return std::nullopt;
}

/// Undoes percent-encoding; nothing if a `%` is not followed by two hexadecimal digits.
inline std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded += text[at];
            continue;
        }
        if (text.size() - at < 3) return std::nullopt;
        const std::optional<unsigned> high = hex_digit(text[at + 1]);
        const std::optional<unsigned> low = hex_digit(text[at + 2]);
        if (!high || !low) return std::nullopt;
        decoded += static_cast<char>(*high << 4 | *low);
        at += 2;
    }
    return decoded;
}

}  // namespace detail

inline std::optional<Secret> token_in(std::string_view request_target, std::string_view parameter) {
    request_target = request_target.substr(0, request_target.find('#'));
    const std::size_t question_mark = request_target.find('?');
    if (question_mark == std::string_view::npos) return std::nullopt;

    std::optional<Secret> token;
    std::string_view query = request_target.substr(question_mark + 1);
    while (!query.empty()) {
        const std::string_view field = query.substr(0, query.find('&'));
        query.remove_prefix(field.size());
        if (!query.empty()) query.remove_prefix(1);

        const std::string_view name = field.substr(0, field.find('='));
        if (field.empty() || detail::percent_decoded(name) != parameter) continue;
        std::string_view value = field.substr(name.size());
        if (!value.empty()) value.remove_prefix(1);
        std::optional<std::string> decoded = detail::percent_decoded(value);
        // Of two, another program on the way may have looked at the other one.
        if (token || !decoded) return std::nullopt;
        token.emplace(std::move(*decoded));
    }
    return token;
}

}  // namespace mews::webhooks
