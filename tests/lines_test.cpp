/// @file
/// parse_lines: which lines it hands over, where it stops, and what it says of that.

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "families.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using namespace std::string_view_literals;

namespace {

const std::string enabled =
    R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})";
const std::string general =
    R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"MessageAdded","Value":{"Id":"m"}}]})";

/// The number, the offset and the text of a line.
using Place = std::tuple<std::size_t, std::size_t, std::string_view>;

std::vector<Place> places_in(std::string_view text) {
    Parser parser;
    std::vector<Place> places;
    const LinesRead read = parse_lines(parser, text, [&](const Line& line) {
        places.emplace_back(line.number, line.offset, line.text);
    });
    CHECK(read.count == places.size());
    CHECK(read.offset == text.size());
    return places;
}

}  // namespace

TEST_CASE("lines end with a line feed, blank ones are passed over and counted") {
    using Places = std::vector<Place>;
    CHECK((places_in("") == Places{}));
    CHECK((places_in("\n") == Places{}));
    CHECK((places_in(" \t\r\n\r\n \n") == Places{}));
    CHECK((places_in("a") == Places{{1, 0, "a"}}));
    CHECK((places_in("a\n") == Places{{1, 0, "a"}}));
    CHECK((places_in("a\nb") == Places{{1, 0, "a"}, {2, 2, "b"}}));
    CHECK((places_in("a\r\nb\r\n") == Places{{1, 0, "a\r"}, {2, 3, "b\r"}}));
    CHECK((places_in("\n\na\n \n\nb") == Places{{3, 2, "a"}, {6, 7, "b"}}));
    CHECK((places_in("a\rb") == Places{{1, 0, "a\rb"}}));
    CHECK((places_in("\0\n\v\n"sv) == Places{{1, 0, "\0"sv}, {2, 2, "\v"}}));
}

TEMPLATE_TEST_CASE("each line gives what its text gives as a body", "", EventView,
                   GeneralWebhookView, WebhookView) {
    using Owned = families::Owned<TestType>;
    std::string text;
    std::vector<Result<Owned>> expected;
    for (const payloads::Payload& payload : payloads::all()) {
        if (payload.body.find('\n') != std::string::npos) continue;
        if (payload.body.find_first_not_of(" \t\r") == std::string::npos) continue;
        text += payload.body + "\r\n";
        expected.push_back(families::read<TestType>(payload.body));
    }
    CHECK(expected.size() > 200);
    Parser parser;
    std::size_t index = 0;
    const std::size_t count =
        parse_lines<TestType>(parser, text, [&](const BasicLine<TestType>& line) {
            INFO(line.number);
            results::check_equal<Owned>(
                line.result.transform([](const auto& value) { return to_owned(value); }),
                families::read<TestType>(line.text));
            // A carriage return is white space at the end of a body, but not in one that is cut
            // short.
            CHECK(line.result.has_value() == expected[index++].has_value());
        });
    CHECK(count == expected.size());
}

TEST_CASE("the limits of the Parser hold for each line, and one bad line is no other's fault") {
    ParseOptions options;
    options.max_body_bytes = enabled.size();
    Parser parser{options};
    std::vector<bool> parsed;
    const LinesRead read =
        parse_lines(parser, enabled + '\n' + enabled + " \n{\n" + enabled, [&](const Line& line) {
            if (!line.result) CHECK(line.result.error().pointer.empty());
            parsed.push_back(line.result.has_value());
        });
    CHECK(parsed == std::vector<bool>{true, false, false, true});
    CHECK(read.count == 4);
}

TEST_CASE("a handler that returns false stops, and what was read is said") {
    const std::string text = "\n" + enabled + "\n\n" + enabled + "\nbad\n" + enabled;
    Parser parser;
    const auto stop_at = [&](std::size_t last) {
        std::size_t calls = 0;
        const LinesRead read =
            parse_lines(parser, text, [&](const Line&) { return ++calls != last; });
        CHECK(read.count == calls);
        // From there on, the rest is read as if nothing had been before.
        std::size_t rest = 0;
        parse_lines(parser, std::string_view{text}.substr(read.offset),
                    [&](const Line&) { ++rest; });
        CHECK(calls + rest == 4);
        return read.offset;
    };
    CHECK(stop_at(1) == 1 + enabled.size() + 1);
    CHECK(stop_at(2) == 1 + 2 * (enabled.size() + 1) + 1);
    CHECK(stop_at(3) == text.size() - enabled.size());
    CHECK(stop_at(4) == text.size());
    CHECK(stop_at(5) == text.size());
}

TEST_CASE("nothing but a bool stops") {
    const std::string text = enabled + '\n' + enabled + '\n';
    Parser parser;
    const auto count = [&](auto handler) -> std::size_t {
        return parse_lines(parser, text, handler);
    };
    static_assert(std::is_convertible_v<LinesRead, std::size_t>);
    CHECK(count([](const Line&) { return 0; }) == 2);
    CHECK(count([](const Line&) -> const char* { return nullptr; }) == 2);
    CHECK(count([](const Line&) { return std::false_type{}; }) == 2);
    CHECK(count([](const Line&) {}) == 2);
    CHECK(count([](const Line&) { return true; }) == 2);
    CHECK(count([](const Line&) { return false; }) == 1);
    // A handler may change what it holds, and take any line.
    CHECK(count([calls = 0](const auto&) mutable { return ++calls < 1; }) == 1);
}

TEST_CASE("lines of either family, or of General Webhooks") {
    const std::string text = enabled + '\n' + general + "\n{}\n";
    Parser parser;
    std::string families;
    parse_lines<WebhookView>(parser, text, [&](const WebhookLine& line) {
        families += !line.result                                               ? '-'
                    : std::holds_alternative<GeneralWebhookView>(*line.result) ? 'g'
                                                                               : 'i';
    });
    CHECK(families == "ig-");
    std::vector<bool> parsed;
    parse_lines<GeneralWebhookView>(parser, text, [&](const BasicLine<GeneralWebhookView>& line) {
        parsed.push_back(line.result.has_value());
    });
    CHECK(parsed == std::vector<bool>{false, true, false});
}
