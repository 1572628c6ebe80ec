/// @file
/// Many bodies, one a line (NDJSON, JSON Lines): archives, dead-letter files, replays.

#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/parse.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks {

/// One line of a text, and what it tells.
struct Line {
    std::size_t number;     ///< 1 for the first line of the text. Blank lines count.
    std::size_t offset;     ///< Bytes from the start of the text to the start of the line.
    std::string_view text;  ///< The line without its line feed.

    /// What the line tells, borrowed from the Parser: valid until the handler returns, `to_owned`
    /// makes it last. An error's offset counts from the start of the line.
    Result<EventView> result;
};

/// Parses each line of a text as a body of its own: a bad line is an error of that line only.
///
/// Lines end with a line feed; a carriage return before it does no harm, nor does a last line
/// without one. Blank lines are passed over. Needs no more memory than the longest line does, and a
/// line of more than ParseOptions::max_body_bytes is refused as a body of that size is.
///
/// @param handler is called as `handler(const Line&)`, line after line. If it returns a bool, false
///        ends the work.
/// @return how many lines were handed to the handler.
/// @throws what Parser::parse_view throws, and what the handler does.
template <class Backend, class Handler>
requires std::invocable<Handler&, const Line&>
std::size_t parse_lines(BasicParser<Backend>& parser, std::string_view text, Handler&& handler) {
    std::size_t handed = 0;
    std::size_t number = 1;
    for (std::size_t offset = 0; offset < text.size(); ++number) {
        const std::string_view line = text.substr(offset, text.find('\n', offset) - offset);
        const char* const end = line.data() + line.size();
        if (detail::skip_white_space(line.data(), end) != end) {
            ++handed;
            const Line parsed{number, offset, line, parser.parse_view(line)};
            if constexpr (std::predicate<Handler&, const Line&>) {
                if (!std::invoke(handler, parsed)) break;
            } else {
                std::invoke(handler, parsed);
            }
        }
        offset += line.size() + 1;
    }
    return handed;
}

}  // namespace mews::webhooks
