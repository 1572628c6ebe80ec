// Fuzz target: a text of many bodies, one a line, gives what its lines give one by one.
//
// The input is the text. A byte FF and three more at its end choose the options, as in parse.cpp.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

#include "json_mutator.hpp"
#include "options.hpp"
#include "target.hpp"

namespace fuzz {
namespace {

namespace webhooks = mews::webhooks;

struct Seen {
    std::size_t number;
    std::size_t offset;
    std::string_view text;
    webhooks::Result<webhooks::Event> result;

    bool operator==(const Seen&) const = default;
};

std::vector<Seen> lines_one_by_one(std::string_view text, const webhooks::ParseOptions& options) {
    std::vector<Seen> lines;
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
                             webhooks::Parser{options}.parse(line)});
        }
        rest.remove_prefix(line.size() == rest.size() ? line.size() : line.size() + 1);
    }
    return lines;
}

void check(std::string_view input) {
    const std::string_view text = body_of(input);
    const webhooks::ParseOptions options = options_from(input);
    const std::vector<Seen> expected = lines_one_by_one(text, options);

    webhooks::Parser parser{options};
    std::vector<Seen> seen;
    const std::size_t count = webhooks::parse_lines(parser, text, [&](const webhooks::Line& line) {
        seen.push_back(
            {line.number, line.offset, line.text, line.result.transform(webhooks::to_owned)});
    });
    if (seen != expected) fail("each line gives what it gives alone", input);
    if (count != seen.size()) fail("the lines are counted", input);

    // A handler may have had enough.
    std::size_t handed = 0;
    const std::size_t enough = expected.size() / 2 + 1;
    const std::size_t stopped = webhooks::parse_lines(
        parser, text, [&](const webhooks::Line&) { return ++handed != enough; });
    if (stopped != handed || handed > enough || (expected.size() >= enough && handed != enough))
        fail("a handler that has had enough gets no more", input);
}

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
