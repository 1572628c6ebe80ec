/// @file
/// Many bodies, one a line (NDJSON, JSON Lines): archives, dead-letter files, replays.

#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <string_view>
#include <type_traits>

#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/parse.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks {

/// One line of a text, and the body in it.
template <class View>
struct BasicLine {
    std::size_t number;     ///< 1 for the first line of the text. Blank lines count.
    std::size_t offset;     ///< Bytes from the start of the text to the start of the line.
    std::string_view text;  ///< The line without its line feed.

    /// The body, borrowed from the Parser: valid until the handler returns, `to_owned` makes a copy
    /// that lasts. An error's offset counts from the start of the line.
    Result<View> result;
};

using Line = BasicLine<EventView>;           ///< Read as an Integration Webhook.
using WebhookLine = BasicLine<WebhookView>;  ///< Read as a body of either family.

/// How far `parse_lines` went.
struct LinesRead {
    std::size_t count;   ///< How many lines were handed to the handler.
    std::size_t offset;  ///< Bytes from the start of the text to behind the last line read.

    /// The count.
    // NOLINTNEXTLINE(google-explicit-constructor): parse_lines once returned the count alone
    constexpr operator std::size_t() const noexcept { return count; }
};

/// Parses each line of a text as a body of its own: a bad line is an error of that line only.
///
/// Lines end with a line feed; a carriage return before it does no harm, nor does a last line
/// without one. Blank lines are passed over. Needs no more memory than the longest line does, and a
/// line of more than ParseOptions::max_body_bytes is refused as a body of that size is.
///
/// @tparam View what a line holds: an EventView, a GeneralWebhookView, or for archives with both
///         families a WebhookView.
/// @param handler is called as `handler(const BasicLine<View>&)`, line after line. If it returns a
///        bool, false ends the work; anything else that it returns is ignored.
/// @throws what Parser::parse_view throws, and what the handler does.
template <class View = EventView, class Backend, class Handler>
requires std::invocable<Handler&, const BasicLine<View>&>
LinesRead parse_lines(BasicParser<Backend>& parser, std::string_view text, Handler&& handler) {
    using Returned = std::invoke_result_t<Handler&, const BasicLine<View>&>;
    LinesRead read{0, 0};
    for (std::size_t number = 1; read.offset < text.size(); ++number) {
        const std::size_t offset = read.offset;
        const std::string_view line = text.substr(offset, text.find('\n', offset) - offset);
        read.offset = offset + line.size() < text.size() ? offset + line.size() + 1 : text.size();
        if (std::all_of(line.begin(), line.end(), detail::is_white_space)) continue;
        ++read.count;
        const BasicLine<View> parsed{number, offset, line, parser.template parse_view<View>(line)};
        if constexpr (std::same_as<std::remove_cvref_t<Returned>, bool>) {
            if (!std::invoke(handler, parsed)) break;
        } else {
            static_cast<void>(std::invoke(handler, parsed));
        }
    }
    return read;
}

}  // namespace mews::webhooks
