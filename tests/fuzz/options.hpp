/// @file
/// How an input chooses the options that its body is parsed with.

#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

#include <mews/webhooks.hpp>

namespace fuzz {

namespace webhooks = mews::webhooks;

/// An input's bytes that choose the options: FF and three more, at the end.
inline constexpr std::size_t choices_size = 4;

/// The input without its choices.
inline std::string_view body_of(std::string_view input) {
    if (input.size() < choices_size) return input;
    const std::size_t size = input.size() - choices_size;
    return input[size] == '\xFF' ? input.substr(0, size) : input;
}

/// The options that an input chooses; the default ones if it ends with its body.
inline webhooks::ParseOptions options_from(std::string_view input) {
    const std::size_t size = body_of(input).size();
    webhooks::ParseOptions options;
    if (size == input.size()) return options;
    const auto choice = [&](std::size_t i) {
        return std::size_t{static_cast<unsigned char>(input[size + i])};
    };
    if (choice(1) % 2 == 1) options.contract = webhooks::Contract::documented;
    options.max_depth = choice(2) <= 70 ? choice(2)
                        : choice(2) <= 160
                            ? choice(2) * 16
                            : std::numeric_limits<std::size_t>::max() - (255 - choice(2)) / 8;
    switch (choice(3) % 8) {
        case 0:
            options.max_body_bytes = size;
            break;
        case 1:
            options.max_body_bytes = size == 0 ? 0 : size - 1;
            break;
        case 2:
            options.max_body_bytes = std::numeric_limits<std::size_t>::max();
            break;
        default:
            break;
    }
    return options;
}

}  // namespace fuzz
