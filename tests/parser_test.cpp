/// @file
/// Parser and parse(): options, limits, one body after the other, moves, lifetimes, threads that
/// come and go.

#include <algorithm>
#include <array>
#include <atomic>
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
#include "families.hpp"
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
static_assert(
    std::is_same_v<decltype(std::declval<Parser&>().parse_general("")), Result<GeneralWebhook>>);
static_assert(std::is_same_v<decltype(std::declval<Parser&>().parse_general_view("")),
                             Result<GeneralWebhookView>>);
static_assert(std::is_same_v<decltype(parse_general("")), Result<GeneralWebhook>>);
static_assert(std::is_same_v<decltype(std::declval<Parser&>().parse_webhook("")), Result<Webhook>>);
static_assert(
    std::is_same_v<decltype(std::declval<Parser&>().parse_webhook_view("")), Result<WebhookView>>);
static_assert(std::is_same_v<decltype(parse_webhook("")), Result<Webhook>>);

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

/// Checks what each function that parses makes of a body.
void check_all(std::string_view body, const ParseOptions& options, const Result<Event>& expected) {
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

TEST_CASE("the default options") {
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
        check_all(body, limited_to(body.size()), expected);
        check_all(body, limited_to(body.size() + 1), expected);
        check_all(body, limited_to(std::numeric_limits<std::size_t>::max()), expected);
        if (body.empty()) continue;
        check_all(body, limited_to(body.size() - 1), fault(body_too_large, 0));
        check_all(body, limited_to(0), fault(body_too_large, 0));
    }
    // Of a body that is too large only its size counts.
    check_all("\xFF\xFF", limited_to(1), fault(body_too_large, 0));
    check_all("  ", limited_to(1), fault(body_too_large, 0));
}

TEST_CASE("by default bodies of one mebibyte are read, and no larger ones") {
    std::string body = enabled;
    body.resize(1'048'576, ' ');
    check_all(body, {}, enabled_event);
    body += ' ';
    check_all(body, {}, fault(body_too_large, 0));
}

TEST_CASE("a max_depth below the contract's own three levels") {
    const std::string flat = R"({"Action":"IntegrationRenamed","Data":{"a":1}})";
    const Event flat_event = UnknownEvent{"IntegrationRenamed", {}, Secret{R"({"a":1})"}};
    check_all(enabled, no_deeper_than(3), enabled_event);
    check_all(enabled, no_deeper_than(2), fault(nesting_too_deep, enabled.find(R"({"Id")")));
    check_all(enabled, no_deeper_than(1),
              fault(nesting_too_deep, enabled.find(R"({"Integration")")));
    check_all(enabled, no_deeper_than(0), fault(nesting_too_deep, 0));
    check_all(flat, no_deeper_than(2), flat_event);
    check_all(flat, no_deeper_than(1), fault(nesting_too_deep, flat.find(R"({"a")")));
    check_all(" {}", no_deeper_than(0), fault(nesting_too_deep, 1));
    check_all("{}", no_deeper_than(1), Error{missing_property, "/Action", 0});
    check_all("null", no_deeper_than(0), Error{wrong_type, "", 0});
    check_all("{\"a\":x,\"b\":[]}", no_deeper_than(1), fault(malformed_json, 5));
}

TEST_CASE("a max_depth below the four levels of a General Webhook") {
    const std::string body =
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"MessageAdded","Value":{"Id":"m"}}]})";
    const std::string no_events = R"({"EnterpriseId":"e","IntegrationId":"i","Events":[]})";
    const auto check = [](const std::string& text, std::size_t max_depth,
                          const Result<GeneralWebhook>& expected) {
        INFO(max_depth);
        check_equal<GeneralWebhook>(parse_general(text, no_deeper_than(max_depth)), expected);
        check_equal<Webhook>(
            parse_webhook(text, no_deeper_than(max_depth)),
            expected.transform([](const GeneralWebhook& webhook) { return Webhook{webhook}; }));
    };
    check(body, 4, GeneralWebhook{"e", "i", {EntityEvent{Discriminator::message_added, "m"}}});
    check(body, 3, fault(nesting_too_deep, body.find(R"({"Id")")));
    check(body, 2, fault(nesting_too_deep, body.find(R"({"Disc)")));
    check(body, 1, fault(nesting_too_deep, body.find('[')));
    check(body, 0, fault(nesting_too_deep, 0));
    check(no_events, 2, GeneralWebhook{"e", "i", {}});
    check(no_events, 1, fault(nesting_too_deep, no_events.find('[')));
}

TEST_CASE("max_body_bytes holds for General Webhooks, whatever the length of their lists") {
    for (const payloads::Payload& payload : payloads::general()) {
        INFO(payload.label());
        const std::size_t size = payload.body.size();
        const Result<GeneralWebhook> expected = parse_general(payload.body);
        check_equal<GeneralWebhook>(parse_general(payload.body, limited_to(size)), expected);
        check_equal<GeneralWebhook>(Parser{limited_to(size)}.parse_general(payload.body), expected);
        check_equal<GeneralWebhook>(parse_general(payload.body, limited_to(size - 1)),
                                    fault(body_too_large, 0));
        check_equal<Webhook>(parse_webhook(payload.body, limited_to(size - 1)),
                             fault(body_too_large, 0));
    }
}

TEMPLATE_TEST_CASE(
    "a Parser gives every body the result that a new one gives it, whatever came before", "",
    EventView, GeneralWebhookView, WebhookView) {
    using families::read;
    Parser reused;
    for (const payloads::Payload& first : payloads::all()) {
        Parser fresh;
        const auto expected_first = read<TestType>(fresh, first.body);
        for (const payloads::Payload& second : families::golden<TestType>()) {
            if (second.body.size() > 4'000) continue;
            INFO(first.label() << ", then " << second.label());
            const bool is_first_right = read<TestType>(reused, first.body) == expected_first;
            CHECK(is_first_right);
            const auto result = read<TestType>(reused, second.body);
            CHECK(result.has_value());
            const bool is_second_right = result == read<TestType>(second.body);
            CHECK(is_second_right);
        }
    }
}

TEST_CASE("a Parser reads bodies of both families in turn, whichever function reads them") {
    Parser parser;
    for (const payloads::Payload& integration : payloads::golden()) {
        for (const payloads::Payload& general : payloads::general()) {
            if (general.body.size() > 4'000) continue;
            INFO(integration.label() << ", then " << general.label());
            const bool is_right =
                parser.parse(integration.body) == parse(integration.body) &&
                parser.parse_general(general.body) == parse_general(general.body) &&
                parser.parse_webhook(integration.body) == parse_webhook(integration.body) &&
                parser.parse_webhook(general.body) == parse_webhook(general.body);
            CHECK(is_right);
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

TEMPLATE_TEST_CASE("a Parser can be moved", "", EventView, GeneralWebhookView, WebhookView) {
    using Owned = families::Owned<TestType>;
    using families::read;
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        for (const Contract contract : results::contracts) {
            const Result<Owned> expected = read<TestType>(payload.body, results::under(contract));
            Parser first{results::under(contract)};
            check_equal<Owned>(read<TestType>(first, payload.body), expected);
            Parser second{std::move(first)};
            check_equal<Owned>(read<TestType>(second, payload.body), expected);
            // A Parser that was moved from is as good as a new one with its options.
            check_equal<Owned>(read<TestType>(first, payload.body), expected);
            Parser third;
            third = std::move(second);
            check_equal<Owned>(read<TestType>(third, payload.body), expected);
            check_equal<Owned>(read<TestType>(second, ""), fault(empty_body, 0));
            check_equal<Owned>(read<TestType>(second, payload.body), expected);
            // Also one that was never used.
            Parser unused{results::under(contract)};
            Parser fourth{std::move(unused)};
            check_equal<Owned>(read<TestType>(fourth, payload.body), expected);
            check_equal<Owned>(read<TestType>(unused, payload.body), expected);
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

TEMPLATE_TEST_CASE("views point into the Parser, not into the caller's body", "", EventView,
                   GeneralWebhookView, WebhookView) {
    for (const payloads::Payload& payload : families::golden<TestType>()) {
        INFO(payload.label());
        auto body = std::make_unique<std::string>(payload.body);
        Parser parser;
        const Result<TestType> view = families::read_view<TestType>(parser, *body);
        REQUIRE(view.has_value());
        const auto before = to_owned(*view);
        std::fill(body->begin(), body->end(), '#');
        CHECK((to_owned(*view) == before));
        body.reset();
        // Other parsers do not touch them either.
        Parser other;
        CHECK(other.parse_view(enabled).has_value());
        CHECK(other.parse_general_view(payloads::body("general/hundred-events")).has_value());
        CHECK(parse(renamed).has_value());
        CHECK((to_owned(*view) == before));
        CHECK((families::read<TestType>(payload.body) == before));
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

TEMPLATE_TEST_CASE("a body needs no terminator, and what follows it in memory is not read", "",
                   EventView, GeneralWebhookView, WebhookView) {
    using families::read;
    for (const std::string_view rest : {"}", "\"", "]", "x", " ", ",", "\\", "\xFF"}) {
        INFO(rest);
        for (const payloads::Payload& payload : payloads::all()) {
            const std::string text = payload.body + std::string{rest} + std::string{rest};
            const std::string_view body = std::string_view{text}.substr(0, payload.body.size());
            const auto expected = read<TestType>(payload.body);
            Parser parser;
            const bool is_equal =
                read<TestType>(body) == expected && read<TestType>(parser, body) == expected;
            INFO(payload.label());
            CHECK(is_equal);
        }
    }
    check_all({}, {}, fault(empty_body, 0));
    check_all({nullptr, 0}, {}, fault(empty_body, 0));
}

#if __has_include(<sys/mman.h>)
TEMPLATE_TEST_CASE("a body may end where the memory ends, and begin where it begins", "", EventView,
                   GeneralWebhookView, WebhookView) {
    using families::read;
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        const std::size_t size = (payload.body.size() / page + 1) * page;
        void* const pages = ::mmap(nullptr, size + 2 * page, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        REQUIRE(pages != MAP_FAILED);
        char* const begin = static_cast<char*>(pages) + page;
        REQUIRE(::mprotect(pages, page, PROT_NONE) == 0);
        REQUIRE(::mprotect(begin + size, page, PROT_NONE) == 0);
        const auto expected = read<TestType>(payload.body);
        for (char* const place : {begin, begin + size - payload.body.size()}) {
            if (!payload.body.empty()) {
                std::memcpy(place, payload.body.data(), payload.body.size());
            }
            const std::string_view body{place, payload.body.size()};
            Parser parser;
            const bool is_equal =
                read<TestType>(body) == expected && read<TestType>(parser, body) == expected;
            CHECK(is_equal);
        }
        REQUIRE(::munmap(pages, size + 2 * page) == 0);
    }
}
#endif

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

// ── Threads: tools/test runs this suite under ThreadSanitizer, too
// ────────────────────────────────

namespace {

/// A body, the contract it is parsed under, and what that must give.
struct Work {
    std::string_view body;
    ParseOptions options;
    Result<Webhook> expected;
};

/// Every body of tests/payloads under both contracts, parsed one by one.
std::vector<Work> all_work() {
    std::vector<Work> work;
    for (const payloads::Payload& payload : payloads::all()) {
        for (const Contract contract : results::contracts) {
            const ParseOptions options = results::under(contract);
            work.push_back({payload.body, options, Parser{options}.parse_webhook(payload.body)});
        }
    }
    return work;
}

/// Starts so many threads at one moment.
/// @return what each of them returned; the test library is not used on them.
template <class Body>
std::size_t sum_over_threads(std::size_t count, Body&& body) {
    std::atomic<bool> go = false;
    std::atomic<std::size_t> sum = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i != count; ++i) {
        threads.emplace_back([&, i] {
            while (!go)
                std::this_thread::yield();
            sum += body(i);
        });
    }
    go = true;
    for (std::thread& thread : threads)
        thread.join();
    return sum;
}

/// Parses when the thread that it belongs to ends.
class ParsesAtTheEnd {
  public:
    ParsesAtTheEnd() = default;
    ParsesAtTheEnd(const ParsesAtTheEnd&) = delete;
    ParsesAtTheEnd& operator=(const ParsesAtTheEnd&) = delete;
    ~ParsesAtTheEnd() {
        // More than once: what the first call leaves behind must not be of use to the second.
        const bool is_right = parse(enabled) == enabled_event && parse("{") != enabled_event &&
                              parse(enabled) == enabled_event;
        if (report_ != nullptr && is_right) ++*report_;
    }

    void report_to(std::atomic<std::size_t>& count) { report_ = &count; }

  private:
    std::atomic<std::size_t>* report_ = nullptr;
};

}  // namespace

TEST_CASE("many threads at once get what one gets") {
    const std::vector<Work> work = all_work();
    constexpr std::size_t threads = 8;
    constexpr std::size_t rounds = 20;
    const std::size_t right = sum_over_threads(threads, [&](std::size_t thread) {
        std::size_t equal = 0;
        for (std::size_t round = 0; round != rounds; ++round) {
            // Each thread in another order.
            for (std::size_t i = 0; i != work.size(); ++i) {
                const Work& item = work[(i * 7 + thread * 31 + round) % work.size()];
                equal += parse_webhook(item.body, item.options) == item.expected ? 1U : 0U;
            }
        }
        return equal;
    });
    CHECK(right == threads * rounds * work.size());
}

TEST_CASE("threads may start and end at any time") {
    const std::vector<Work> work = all_work();
    constexpr std::size_t starters = 4;
    const std::size_t right = sum_over_threads(starters, [&](std::size_t starter) {
        std::size_t equal = 0;
        for (std::size_t i = starter; i < work.size(); i += starters) {
            std::thread{[&] {
                equal += parse_webhook(work[i].body, work[i].options) == work[i].expected ? 1U : 0U;
            }}.join();
        }
        return equal;
    });
    CHECK(right == work.size());
}

TEST_CASE("what is destroyed when a thread ends may parse, before and after the thread's parser") {
    constexpr std::size_t threads = 16;
    std::atomic<std::size_t> at_the_end = 0;
    const std::size_t right = sum_over_threads(threads, [&](std::size_t thread) {
        // Objects are destroyed in the reverse of the order in which they were made.
        static thread_local ParsesAtTheEnd made_before;
        made_before.report_to(at_the_end);
        const bool parses_meanwhile = thread % 4 != 0;
        const bool is_right = !parses_meanwhile || parse(enabled) == enabled_event;
        static thread_local ParsesAtTheEnd made_after;
        made_after.report_to(at_the_end);
        return is_right ? std::size_t{1} : 0;
    });
    CHECK(right == threads);
    CHECK(at_the_end == 2 * threads);
}

TEST_CASE("a Parser may be handed from thread to thread") {
    const std::vector<Work> work = all_work();
    Parser parser;
    std::size_t right = 0;
    std::size_t tried = 0;
    for (std::size_t i = 0; i < work.size(); i += 9) {
        const Work& item = work[i];
        if (item.options.contract != Contract::observed) continue;
        ++tried;
        std::thread{[&right, &item, moved = std::move(parser), &parser]() mutable {
            right += moved.parse_webhook(item.body) == item.expected ? 1U : 0U;
            parser = std::move(moved);
        }}.join();
    }
    CHECK(tried > 5);
    CHECK(right == tried);
}

TEST_CASE("threads may use Parsers of their own and parse() together") {
    const std::vector<Work> work = all_work();
    constexpr std::size_t threads = 6;
    const std::size_t right = sum_over_threads(threads, [&](std::size_t thread) {
        std::array<Parser, 2> parsers{Parser{results::under(Contract::observed)},
                                      Parser{results::under(Contract::documented)}};
        std::size_t equal = 0;
        for (const Work& item : work) {
            Parser& own = parsers[item.options.contract == Contract::documented ? 1 : 0];
            const Result<Webhook> owned = own.parse_webhook_view(item.body).transform(
                [](const WebhookView& view) { return to_owned(view); });
            const bool is_same =
                owned == item.expected &&
                (thread % 2 == 0 || parse_webhook(item.body, item.options) == item.expected);
            equal += is_same ? 1U : 0U;
        }
        return equal;
    });
    CHECK(right == threads * work.size());
}
