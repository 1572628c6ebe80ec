/// @file
/// What docs/diagnosing.md shows is what the library says, and its tables have every code.

#include <cstddef>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

using namespace mews::webhooks;

namespace {

const std::string& document() {
    static const std::string text = [] {
        std::ifstream file{MEWS_WEBHOOKS_DIAGNOSING, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    }();
    return text;
}

/// From one text to the next, both left out.
std::string between(std::string_view from, std::string_view to, std::size_t at = 0) {
    const std::size_t found = document().find(from, at);
    REQUIRE(found != std::string::npos);
    const std::size_t begin = found + from.size();
    const std::size_t end = document().find(to, begin);
    REQUIRE(end != std::string::npos);
    return document().substr(begin, end - begin);
}

/// What stands in backquotes in the first column of the table under a heading.
std::vector<std::string> codes_under(std::string_view heading) {
    std::vector<std::string> codes;
    const std::string section = between(heading, "\n## ");
    for (std::size_t row = section.find("\n| `"); row != std::string::npos;
         row = section.find("\n| `", row + 1)) {
        const std::size_t end = section.find(" |", row + 3);
        for (std::size_t at = row + 3; at < end;) {
            const std::size_t close = section.find('`', at + 1);
            codes.push_back(section.substr(at + 1, close - at - 1));
            at = section.find('`', close + 1);
        }
    }
    return codes;
}

/// The names of all codes.
template <class Code>
std::multiset<std::string> all_names() {
    std::multiset<std::string> names;
    for (unsigned number = 1; !to_string(static_cast<Code>(number)).empty(); ++number)
        names.emplace(to_string(static_cast<Code>(number)));
    return names;
}

std::multiset<std::string> as_set(const std::vector<std::string>& codes) {
    return {codes.begin(), codes.end()};
}

}  // namespace

TEST_CASE("the tables have each code once") {
    CHECK(as_set(codes_under("## What to do about a violation")) == all_names<ErrorCode>());
    CHECK(as_set(codes_under("## What to do about a notice")) == all_names<NoticeCode>());
}

TEST_CASE("the report and the redacted copy are those of the body") {
    const std::string body = between("```json\n", "```");
    const std::string report = between("```text\n", "```");
    const Inspection inspection = inspect(body);
    std::size_t at = 0;
    const auto check_line = [&](const std::string& kind, const auto& finding) {
        const std::size_t end = report.find('\n', at);
        REQUIRE(end != std::string::npos);
        CHECK(report.substr(at, end - at).ends_with(": " + kind + ": " + finding.message()));
        at = end + 1;
    };
    for (const Error& violation : inspection.violations)
        check_line("error", violation);
    for (const Notice& notice : inspection.notices)
        check_line("notice", notice);
    CHECK(at == report.size());

    const std::size_t section = document().find("## A copy that can be sent");
    CHECK((redact(body) == between("```json\n", "```", section)));
}
