// Fuzz target: a text of many bodies, one a line, gives what its lines give one by one.
//
// The input is the text. A byte FF and three more at its end choose the options, as in parse.cpp.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

#include <mews/webhooks.hpp>

#include "options.hpp"
#include "target.hpp"

namespace fuzz {
namespace {

namespace webhooks = mews::webhooks;

template <class View>
struct Seen {
    std::size_t number;
    std::size_t offset;
    std::string_view text;
    webhooks::Result<webhooks::detail::Owned<View>> result;

    bool operator==(const Seen&) const = default;
};

template <class View>
auto parse_alone(std::string_view line, const webhooks::ParseOptions& options) {
    if constexpr (std::is_same_v<View, webhooks::EventView>) {
        return webhooks::parse(line, options);
    } else {
        return webhooks::parse_webhook(line, options);
    }
}

template <class View>
std::vector<Seen<View>> lines_one_by_one(std::string_view text,
                                         const webhooks::ParseOptions& options) {
    std::vector<Seen<View>> lines;
    std::size_t number = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        ++number;
        std::string_view line = rest;
        for (std::size_t i = 0; i != rest.size(); ++i) {
            if (rest[i] == '\n') {
                line = rest.substr(0, i);
                break;
            }
        }
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            lines.push_back({number, static_cast<std::size_t>(line.data() - text.data()), line,
                             parse_alone<View>(line, options)});
        }
        rest.remove_prefix(line.size() == rest.size() ? line.size() : line.size() + 1);
    }
    return lines;
}

template <class View>
void check(std::string_view input) {
    const std::string_view text = body_of(input);
    const webhooks::ParseOptions options = options_from(input);
    const std::vector<Seen<View>> expected = lines_one_by_one<View>(text, options);

    webhooks::Parser parser{options};
    std::vector<Seen<View>> seen;
    const auto keep = [&](const webhooks::BasicLine<View>& line) {
        const auto own = [](const View& view) { return webhooks::to_owned(view); };
        seen.push_back({line.number, line.offset, line.text, line.result.transform(own)});
    };
    const webhooks::LinesRead all = webhooks::parse_lines<View>(parser, text, keep);
    if (seen != expected) fail("each line gives what it gives alone", input);
    if (all.count != seen.size()) fail("the lines are counted", input);
    if (all.offset != text.size()) fail("the whole text is read", input);

    // A handler can stop, and the rest of the text can be read later.
    seen.clear();
    const std::size_t enough = expected.size() / 2 + 1;
    const webhooks::LinesRead some =
        webhooks::parse_lines<View>(parser, text, [&](const webhooks::BasicLine<View>& line) {
            keep(line);
            return seen.size() != enough;
        });
    if (some.count != seen.size() || some.count != std::min(enough, expected.size()))
        fail("a handler that stops gets no more lines", input);
    const webhooks::LinesRead rest =
        webhooks::parse_lines<View>(parser, text.substr(some.offset), keep);
    if (some.count + rest.count != expected.size() || seen.size() != expected.size())
        fail("the rest of the lines is behind the one that was last", input);
    for (std::size_t i = 0; i != seen.size(); ++i) {
        if (seen[i].text.data() != expected[i].text.data() || seen[i].result != expected[i].result)
            fail("lines are the same whether or not the handler stops between them", input);
    }
}

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    fuzz::check<mews::webhooks::EventView>(input);
    fuzz::check<mews::webhooks::WebhookView>(input);
    return 0;
}
