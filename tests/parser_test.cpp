/// @file
/// Parser and parse(): options, limits, one body after the other, moves, lifetimes, threads.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "catch2.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using results::check_equal;
using enum ErrorCode;

static_assert(std::is_nothrow_default_constructible_v<Parser>);
static_assert(std::is_nothrow_move_constructible_v<Parser>);
static_assert(std::is_nothrow_move_assignable_v<Parser>);
static_assert(!std::is_copy_constructible_v<Parser>);
static_assert(!std::is_copy_assignable_v<Parser>);
static_assert(!std::is_convertible_v<ParseOptions, Parser>, "the constructor is explicit");
static_assert(std::is_same_v<decltype(std::declval<Parser&>().parse("")), Result<Event>>);
static_assert(std::is_same_v<decltype(std::declval<Parser&>().parse_view("")), Result<EventView>>);
static_assert(std::is_same_v<decltype(parse("")), Result<Event>>);

namespace {

const std::string enabled =
    R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})";
const std::string renamed =
    R"({"Action":"IntegrationRenamed","Data":{"Integration":{"Id":"i","Name":"n"}}})";

const Event enabled_event = IntegrationEnabled{{"i", "n"}};

ParseOptions limited_to(std::size_t max_body_bytes) {
    ParseOptions options;
    options.max_body_bytes = max_body_bytes;
    return options;
}

ParseOptions no_deeper_than(std::size_t max_depth) {
    ParseOptions options;
    options.max_depth = max_depth;
    return options;
}

/// Checks all ways to parse a body.
void check_all_ways(std::string_view body, const ParseOptions& options,
                    const Result<Event>& expected) {
    check_equal<Event>(parse(body, options), expected);
    Parser parser{options};
    check_equal<Event>(parser.parse(body), expected);
    const Result<EventView> view = parser.parse_view(body);
    check_equal<Event>(view ? Result<Event>{to_owned(*view)} : Result<Event>{view.error()},
                       expected);
}

Error fault(ErrorCode code, std::size_t offset) {
    return {code, "", offset};
}

}  // namespace

TEST_CASE("what is chosen when nothing is") {
    CHECK((ParseOptions{}.contract == Contract::observed));
    CHECK(ParseOptions{}.max_body_bytes == 1'048'576);
    CHECK(ParseOptions{}.max_depth == 64);
    const std::string& body = payloads::body("observed/integration-deleted-date-null");
    CHECK(parse(body).has_value());
    CHECK(Parser{}.parse(body).has_value());
}

TEST_CASE("max_body_bytes is the largest body that is read") {
    for (const std::string& body : {enabled, renamed, payloads::body("broken/wrong_type-action"),
                                    "\xEF\xBB\xBF" + enabled, std::string{"["}, std::string{}}) {
        INFO(body);
        const Result<Event> expected = parse(body);
        check_all_ways(body, limited_to(body.size()), expected);
        check_all_ways(body, limited_to(body.size() + 1), expected);
        check_all_ways(body, limited_to(std::numeric_limits<std::size_t>::max()), expected);
        if (body.empty()) continue;
        check_all_ways(body, limited_to(body.size() - 1), fault(body_too_large, 0));
        check_all_ways(body, limited_to(0), fault(body_too_large, 0));
    }
    // Its size is what is told of a body that is too large, not what is in it.
    check_all_ways("\xFF\xFF", limited_to(1), fault(body_too_large, 0));
    check_all_ways("  ", limited_to(1), fault(body_too_large, 0));
}

TEST_CASE("by default bodies of one mebibyte are read, and no larger ones") {
    std::string body = enabled;
    body.resize(1'048'576, ' ');
    check_all_ways(body, {}, enabled_event);
    body += ' ';
    check_all_ways(body, {}, fault(body_too_large, 0));
}

TEST_CASE("max_depth is how many brackets may be open at once") {
    struct Place {
        std::string_view before;
        std::string_view after;
        std::size_t depth;  ///< How many brackets are open there.
    };
    static constexpr Place places[] = {
        {R"({"Extra":)", R"(,"Action":"A","Data":{"Integration":{"Id":"i","Name":"n"}}})", 1},
        {R"({"Action":"A","Data":{"Integration":{"Id":"i","Name":"n"}},"Extra":)", "}", 1},
        {R"({"Action":"A","Data":{"Extra":)", R"(,"Integration":{"Id":"i","Name":"n"}}})", 2},
        {R"({"Data":{"Integration":{"Id":"i","Name":"n"},"Extra":)", R"(},"Action":"A"})", 2},
        {R"({"Action":"A","Data":{"Integration":{"Id":"i","Extra":)", R"(,"Name":"n"}}})", 3},
    };
    for (const Place& place : places) {
        for (const std::string_view action : {"IntegrationEnabled", "IntegrationRenamed"}) {
            const auto in_full = [&](std::string_view text) {
                return results::replaced(std::string{text}, "\"A\"",
                                         '"' + std::string{action} + '"');
            };
            const std::string before = in_full(place.before);
            const std::string after = in_full(place.after);
            for (const std::size_t more : {1U, 2U, 3U, 7U, 30U, 61U, 62U, 63U, 64U, 1100U}) {
                for (const std::string_view bracket : {"[]", "{}", "[{"}) {
                    // `more` levels, the innermost at `deepest` of the body.
                    std::string opening;
                    std::string closing;
                    std::size_t deepest = 0;
                    for (std::size_t level = 0; level != more; ++level) {
                        const bool is_array =
                            bracket == "[]" || (bracket == "[{" && level % 2 == 0);
                        if (level != 0 && opening.back() == '{') opening += "\"a\":";
                        deepest = before.size() + opening.size();
                        opening += is_array ? '[' : '{';
                        closing.insert(closing.begin(), is_array ? ']' : '}');
                    }
                    const std::string body = before + opening + closing + after;
                    const std::size_t depth = std::max<std::size_t>(place.depth + more, 3);
                    INFO(before << more << " levels of " << bracket << after);
                    const Result<Event> event = parse(body, no_deeper_than(depth));
                    REQUIRE(event.has_value());
                    CHECK((*integration_of(*event) == Integration{"i", "n"}));
                    check_all_ways(body, no_deeper_than(5000), event);
                    if (place.depth + more > 3) {
                        check_all_ways(body, no_deeper_than(depth - 1),
                                       fault(nesting_too_deep, deepest));
                    }
                }
            }
        }
    }
}

TEST_CASE("a max_depth below the contract's own three levels") {
    const std::string flat = R"({"Action":"IntegrationRenamed","Data":{"a":1}})";
    const Event flat_event = UnknownEvent{"IntegrationRenamed", {}, Secret{R"({"a":1})"}};
    check_all_ways(enabled, no_deeper_than(3), enabled_event);
    check_all_ways(enabled, no_deeper_than(2), fault(nesting_too_deep, enabled.find(R"({"Id")")));
    check_all_ways(enabled, no_deeper_than(1),
                   fault(nesting_too_deep, enabled.find(R"({"Integration")")));
    check_all_ways(enabled, no_deeper_than(0), fault(nesting_too_deep, 0));
    check_all_ways(flat, no_deeper_than(2), flat_event);
    check_all_ways(flat, no_deeper_than(1), fault(nesting_too_deep, flat.find(R"({"a")")));
    check_all_ways(" {}", no_deeper_than(0), fault(nesting_too_deep, 1));
    check_all_ways("{}", no_deeper_than(1), Error{missing_property, "/Action", 0});
    check_all_ways("null", no_deeper_than(0), Error{wrong_type, "", 0});
    check_all_ways("{\"a\":x,\"b\":[]}", no_deeper_than(1), fault(malformed_json, 5));
}

TEST_CASE("any depth may be allowed") {
    const std::size_t depth = 100'000;
    const std::string deep = std::string(depth, '[') + std::string(depth, ']');
    const std::string body = enabled.substr(0, enabled.size() - 1) + ",\"Extra\":" + deep + "}";
    check_all_ways(body, no_deeper_than(std::numeric_limits<std::size_t>::max()), enabled_event);
    check_all_ways(body, no_deeper_than(depth + 1), enabled_event);
    check_all_ways(body, no_deeper_than(depth), fault(nesting_too_deep, body.rfind('[')));
    check_all_ways(deep, no_deeper_than(depth), Error{wrong_type, "", 0});
}

TEST_CASE("a Parser gives every body the result that a new one gives it, whatever came before") {
    Parser reused;
    for (const payloads::Payload& first : payloads::all()) {
        const Result<Event> expected_first = Parser{}.parse(first.body);
        for (const payloads::Payload& second : payloads::golden()) {
            INFO(first.label() << ", then " << second.label());
            const bool is_first_right = reused.parse(first.body) == expected_first;
            CHECK(is_first_right);
            const Result<Event> event = reused.parse(second.body);
            CHECK(event.has_value());
            const bool is_second_right = event == parse(second.body);
            CHECK(is_second_right);
        }
    }
}

TEST_CASE("a Parser is as good after a huge body, and after one that was refused") {
    std::string huge = enabled;
    huge.insert(1, R"("Extra":")" + std::string(900'000, 'x') + R"(",)");
    const std::string too_large(1'048'577, ' ');
    std::string broken = huge;
    broken.back() = ']';
    Parser parser;
    for (int round = 0; round != 3; ++round) {
        check_equal<Event>(parser.parse(enabled), enabled_event);
        check_equal<Event>(parser.parse(huge), enabled_event);
        check_equal<Event>(parser.parse(enabled), enabled_event);
        check_equal<Event>(parser.parse(too_large), fault(body_too_large, 0));
        check_equal<Event>(parser.parse(""), fault(empty_body, 0));
        check_equal<Event>(parser.parse(broken), fault(malformed_json, broken.size() - 1));
        check_equal<Event>(parser.parse(renamed), parse(renamed));
    }
}

TEST_CASE("bodies of every size, larger and larger, give their exact result") {
    Parser parser;
    for (std::size_t size = 0; size != 2200; ++size) {
        const std::string filler(size, 'x');
        const std::string name = R"("}}})";
        const std::string end = R"("}})";
        INFO(size);
        // The text that grows: a value, an ignored value, an ignored name with an escape, white
        // space.
        check_equal<Event>(
            parser.parse(
                R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":")" +
                filler + name),
            Event{IntegrationEnabled{{"i", filler}}});
        check_equal<Event>(
            parser.parse(
                R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"\n)" +
                filler + name),
            Event{IntegrationEnabled{{"i", "\n" + filler}}});
        check_equal<Event>(
            parser.parse(R"({"Data":{")" + filler + R"(\t":1,"\n":"\n","Integration":)" +
                         R"({"\u0049d":"\u0069","Na\u006de":"n"}},"Action":"IntegrationEnabled"})"),
            enabled_event);
        check_equal<Event>(parser.parse(enabled + std::string(size, ' ')), enabled_event);
        check_equal<Event>(parser.parse(std::string(size, '\n') + enabled), enabled_event);
        // And what is missing at the end of it.
        check_equal<Event>(parser.parse(R"({"Action":")" + filler),
                           fault(malformed_json, size + 11));
        check_equal<Event>(parser.parse(std::string(size, '[') + "x"),
                           size > 64 ? fault(nesting_too_deep, 64) : fault(malformed_json, size));
        check_equal<Event>(parser.parse(R"({"Action":")" + filler + R"(","Data":{)"),
                           fault(malformed_json, size + 21));
    }
}

TEST_CASE("a Parser can be moved") {
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        for (const Contract contract : results::contracts) {
            const Result<Event> expected = parse(payload.body, results::under(contract));
            Parser first{results::under(contract)};
            check_equal<Event>(first.parse(payload.body), expected);
            Parser second{std::move(first)};
            check_equal<Event>(second.parse(payload.body), expected);
            // A Parser that was moved from is as good as a new one with its options.
            check_equal<Event>(first.parse(payload.body), expected);
            Parser third;
            third = std::move(second);
            check_equal<Event>(third.parse(payload.body), expected);
            check_equal<Event>(second.parse(""), fault(empty_body, 0));
            check_equal<Event>(second.parse(payload.body), expected);
            // Also one that was never used.
            Parser unused{results::under(contract)};
            Parser fourth{std::move(unused)};
            check_equal<Event>(fourth.parse(payload.body), expected);
            check_equal<Event>(unused.parse(payload.body), expected);
        }
    }
}

TEST_CASE("a Parser that is moved takes its limits along") {
    Parser narrow{limited_to(enabled.size())};
    Parser moved{std::move(narrow)};
    check_equal<Event>(moved.parse(enabled), enabled_event);
    check_equal<Event>(moved.parse(enabled + " "), fault(body_too_large, 0));
    check_equal<Event>(narrow.parse(enabled + " "), fault(body_too_large, 0));
    Parser shallow{no_deeper_than(2)};
    moved = std::move(shallow);
    CHECK(moved.parse(enabled).error().code == nesting_too_deep);
    check_equal<Event>(moved.parse(renamed), moved.parse(renamed + " "));
}

TEST_CASE("views point into the Parser, not into the caller's body") {
    for (const payloads::Payload& payload : payloads::golden()) {
        INFO(payload.label());
        auto body = std::make_unique<std::string>(payload.body);
        Parser parser;
        const Result<EventView> view = parser.parse_view(*body);
        REQUIRE(view.has_value());
        const Event before = to_owned(*view);
        std::fill(body->begin(), body->end(), '#');
        CHECK((to_owned(*view) == before));
        body.reset();
        // Other parsers do not touch them either.
        Parser other;
        CHECK(other.parse_view(enabled).has_value());
        CHECK(parse(renamed).has_value());
        check_equal<Event>(Event{to_owned(*view)}, before);
        check_equal<Event>(parse(payload.body), before);
    }
}

TEST_CASE("a Parser reads a text that it handed out itself") {
    // A body in a body, twice: what is handed out lies in the buffer that the next body is copied
    // to.
    const std::string inner =
        R"({"Action":"IntegrationPostponed","Data":{"Action":"A","Data":{"x":1}}})";
    const std::string outer = R"({"Action":"IntegrationQueued","Data":)" + inner + "}";
    Parser parser;
    const Result<EventView> queued = parser.parse_view(outer);
    REQUIRE(queued);
    const std::string_view again = std::get<UnknownEventView>(*queued).data.reveal();
    check_equal(parser.parse(again), parse(inner));
    const Result<EventView> postponed = parser.parse_view(inner);
    REQUIRE(postponed);
    check_equal(parser.parse(std::get<UnknownEventView>(*postponed).data.reveal()),
                Result<Event>{UnknownEvent{"A", std::nullopt, Secret{R"({"x":1})"}}});
}

TEST_CASE("owned events outlive the Parser and its next bodies") {
    auto parser = std::make_unique<Parser>();
    const Result<Event> event = parser->parse(enabled);
    CHECK(parser->parse(R"({"Action":"XXXXXXXXXXXXXXXXXX","Data":{"Integration":{"Id":"?"}}})")
              .has_value());
    parser.reset();
    check_equal<Event>(event, enabled_event);
}

TEST_CASE("a body needs no terminator, and what follows it in memory is not read") {
    for (const std::string_view rest : {"}", "\"", "]", "x", " ", ",", "\\", "\xFF"}) {
        INFO(rest);
        for (const payloads::Payload& payload : payloads::all()) {
            const std::string text = payload.body + std::string{rest} + std::string{rest};
            const std::string_view body = std::string_view{text}.substr(0, payload.body.size());
            const bool is_equal =
                parse(body) == parse(payload.body) && Parser{}.parse(body) == parse(payload.body);
            INFO(payload.label());
            CHECK(is_equal);
        }
    }
    check_all_ways({}, {}, fault(empty_body, 0));
    check_all_ways({nullptr, 0}, {}, fault(empty_body, 0));
}

#if __has_include(<sys/mman.h>)
TEST_CASE("a body may end where the memory ends, and begin where it begins") {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* const pages =
        ::mmap(nullptr, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(pages != MAP_FAILED);
    char* const begin = static_cast<char*>(pages) + page;
    REQUIRE(::mprotect(pages, page, PROT_NONE) == 0);
    REQUIRE(::mprotect(begin + page, page, PROT_NONE) == 0);
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        REQUIRE(payload.body.size() <= page);
        for (char* const place : {begin, begin + page - payload.body.size()}) {
            std::memcpy(place, payload.body.data(), payload.body.size());
            const std::string_view body{place, payload.body.size()};
            const Result<Event> expected = parse(payload.body);
            check_all_ways(body, {}, expected);
        }
    }
    REQUIRE(::munmap(pages, 3 * page) == 0);
}
#endif

TEST_CASE("a byte order mark before the body is skipped, once") {
    const std::string mark = "\xEF\xBB\xBF";
    check_all_ways(mark + enabled, {}, enabled_event);
    check_all_ways(mark + " \n" + enabled, {}, enabled_event);
    check_all_ways(mark, {}, fault(empty_body, 0));
    check_all_ways(mark + "\r\n", {}, fault(empty_body, 0));
    check_all_ways(mark + mark, {}, fault(malformed_json, 3));
    check_all_ways(mark + mark + enabled, {}, fault(malformed_json, 3));
    check_all_ways(" " + mark + enabled, {}, fault(malformed_json, 1));
    check_all_ways(enabled + mark, {}, fault(trailing_content, enabled.size()));
    check_all_ways("\xEF\xBB", {}, fault(invalid_utf8, 0));
    check_all_ways("\xEF", {}, fault(invalid_utf8, 0));
    check_all_ways("\xEF\xBB" + enabled, {}, fault(invalid_utf8, 0));
    check_all_ways("\xEF\xBB\xBE" + enabled, {}, fault(malformed_json, 0));
    check_all_ways("\xFE\xFF", {}, fault(invalid_utf8, 0));
    check_all_ways(mark + "\xEF\xBB", {}, fault(invalid_utf8, 3));
    check_all_ways(mark + "{}", {}, Error{missing_property, "/Action", 3});
    check_all_ways(mark + "[]", {}, Error{wrong_type, "", 3});
    check_all_ways(mark + "{} x", {}, fault(trailing_content, 6));
}

TEST_CASE("parse keeps nothing of one call's options for the next") {
    const std::string& observed = payloads::body("observed/integration-deleted-date-null");
    for (int round = 0; round != 3; ++round) {
        CHECK(parse(observed, results::under(Contract::documented)).error().code ==
              unexpected_null);
        CHECK(parse(observed).has_value());
        CHECK(parse(enabled, limited_to(10)).error().code == body_too_large);
        check_equal<Event>(parse(enabled), enabled_event);
        CHECK(parse(enabled, no_deeper_than(2)).error().code == nesting_too_deep);
        check_equal<Event>(parse(enabled), enabled_event);
        // A large body under a wide limit, then a small one under a narrow one.
        std::string large = enabled;
        large.resize(2'000'000, ' ');
        check_equal<Event>(parse(large, limited_to(4'000'000)), enabled_event);
        check_equal<Event>(parse(enabled, limited_to(enabled.size())), enabled_event);
        check_equal<Event>(parse(large), fault(body_too_large, 0));
        check_equal<Event>(parse("", limited_to(0)), fault(empty_body, 0));
    }
}

TEST_CASE("any number of threads may parse at once") {
    std::vector<std::thread> threads;
    std::vector<std::size_t> wrong(4);
    std::vector<Result<Event>> expected;
    for (const payloads::Payload& payload : payloads::all())
        expected.push_back(Parser{}.parse(payload.body));
    for (std::size_t& count : wrong) {
        threads.emplace_back([&] {
            Parser parser;
            for (int round = 0; round != 5; ++round) {
                for (std::size_t i = 0; i != expected.size(); ++i) {
                    const std::string& body = payloads::all()[i].body;
                    if (!(parse(body) == expected[i])) ++count;
                    if (!(parser.parse(body) == expected[i])) ++count;
                }
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    CHECK(wrong == std::vector<std::size_t>(4));
}

namespace {

/// Parses when its thread ends.
struct ParsesAtTheEnd {
    std::optional<Result<Event>>* result = nullptr;

    ParsesAtTheEnd() = default;
    ParsesAtTheEnd(const ParsesAtTheEnd&) = delete;
    ParsesAtTheEnd& operator=(const ParsesAtTheEnd&) = delete;
    ~ParsesAtTheEnd() {
        if (result != nullptr) result->emplace(parse(enabled));
    }
};

}  // namespace

TEST_CASE("what ends with its thread may still parse") {
    // Made before the thread's own parser, it ends after that; made behind it, it ends before.
    std::optional<Result<Event>> ends_last;
    std::optional<Result<Event>> ends_first;
    std::optional<Result<Event>> between;
    std::thread{[&] {
        static thread_local ParsesAtTheEnd made_first;
        made_first.result = &ends_last;
        between.emplace(parse(renamed));
        static thread_local ParsesAtTheEnd made_last;
        made_last.result = &ends_first;
    }}.join();
    REQUIRE(between.has_value());
    CHECK(between->has_value());
    REQUIRE(ends_last.has_value());
    check_equal<Event>(*ends_last, enabled_event);
    REQUIRE(ends_first.has_value());
    check_equal<Event>(*ends_first, enabled_event);

    // The only body of its thread.
    std::optional<Result<Event>> only;
    std::thread{[&] {
        static thread_local ParsesAtTheEnd alone;
        alone.result = &only;
    }}.join();
    REQUIRE(only.has_value());
    check_equal<Event>(*only, enabled_event);
}
