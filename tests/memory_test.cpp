/// @file
/// What parsing costs in memory, what is kept of it, and that each block may be refused.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "counted_memory.hpp"
#include "families.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using results::check_equal;

namespace {

/// How many strings and lists of a value take a block of their own: those that are too long for a
/// std::string to hold them in itself, and lists that are not empty.
std::size_t own_blocks(const std::string& string) {
    return string.size() > std::string{}.capacity() ? 1 : 0;
}
std::size_t own_blocks(const Secret& secret) {
    return own_blocks(secret.reveal());
}
template <class T>
std::size_t own_blocks(const T& value) {
    std::size_t count = 0;
    if constexpr (wire::is_optional<T>) {
        if (value) count = own_blocks(*value);
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>(
            [&](auto property) { count += own_blocks(value.*property.member); });
    } else if constexpr (wire::List<T>) {
        count = value.empty() ? 0 : 1;
        for (const auto& element : value)
            count += own_blocks(element);
    } else if constexpr (wire::Described<T>) {
        std::visit([&](const auto& alternative) { count = own_blocks(alternative); }, value);
    } else {
        static_assert(std::is_same_v<T, bool> || std::is_same_v<T, Timestamp> ||
                      std::is_same_v<T, Discriminator>);
    }
    return count;
}

const std::string small =
    R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})";
const Event small_event = IntegrationEnabled{{"i", "n"}};
/// The largest body that is read again for each block it takes, which a hundred events have.
constexpr std::size_t most_refused = 10'000;

const Error no_memory{ErrorCode::out_of_memory, "", 0};

/// A General Webhook of so many bytes at most, with the most elements there can be in it.
std::string longest_list(std::size_t size) {
    constexpr std::string_view event = R"({"Discriminator":"","Value":{}},)";
    std::string body = R"({"EnterpriseId":"","IntegrationId":"","Events":[)";
    constexpr std::string_view end = "]}";
    while (body.size() + event.size() - 1 + end.size() <= size)
        body += event;
    body.back() = ']';
    return body += '}';
}

/// The small body with so many bytes in all.
std::string padded(std::size_t size) {
    std::string body = small;
    body.resize(size, ' ');
    return body;
}

#if defined(__cpp_exceptions)

constexpr memory::Refuse refusable = memory::Refuse::all;

template <class Call>
bool throws_bad_alloc(Call&& call) {
    try {
        call();
    } catch (const std::bad_alloc&) {
        return true;
    }
    return false;
}

#else

// A `new` that finds no memory then ends the program, so that there is nothing to test.
constexpr memory::Refuse refusable = memory::Refuse::nothrow_only;

template <class Call>
bool throws_bad_alloc(Call&& call) {
    call();
    return false;
}

#endif

/// Makes a call with no memory, with one block, with two, until it has enough. It must not throw
/// anything but std::bad_alloc, and give back all it took.
/// @param check is called as `check(result)` with what a call returned that was refused a block.
template <class Call, class Check>
void refuse_each_block(Call&& call, Check&& check) {
    using Value = std::invoke_result_t<Call>;
    for (std::size_t blocks = 0;; ++blocks) {
        INFO(blocks << " blocks");
        REQUIRE(blocks < 300);
        const std::size_t before = memory::bytes;
        bool has_thrown = false;
        std::optional<Value> value;
        const bool refused = memory::with_blocks(blocks, refusable, [&] {
            has_thrown = throws_bad_alloc([&] { value.emplace(call()); });
        });
        if (value && refused) check(*value);
        value.reset();
        const std::size_t after = memory::bytes;
        CHECK(after == before);
        CHECK((refused || !has_thrown));
        if (!refused) return;
    }
}

/// For calls that have no other way than to throw.
template <class Call>
void refuse_each_block(Call&& call) {
    refuse_each_block(std::forward<Call>(call), [](const auto&) {
#if defined(__cpp_exceptions)
        FAIL_CHECK("returned although a block was refused");
#endif
    });
}

}  // namespace

TEMPLATE_TEST_CASE(
    "a Parser that has seen a body of some size needs no memory for others up to that size", "",
    EventView, GeneralWebhookView, WebhookView) {
    Parser parser;
    std::size_t largest = 0;
    for (const payloads::Payload& payload : families::golden<TestType>())
        largest = (std::max)(largest, payload.body.size());
    // For lists there is room from the first body that may hold one.
    REQUIRE(parser.parse_webhook_view(padded(largest)).has_value());
    for (const payloads::Payload& payload : families::golden<TestType>()) {
        bool is_accepted = false;
        const std::size_t blocks = memory::blocks_for(
            [&] { is_accepted = families::read_view<TestType>(parser, payload.body).has_value(); });
        INFO(payload.label());
        CHECK(is_accepted);
        CHECK(blocks == 0);
    }
}

TEMPLATE_TEST_CASE("refusing a body needs no memory but for a pointer", "", EventView,
                   GeneralWebhookView, WebhookView) {
    Parser parser;
    REQUIRE(parser.parse_webhook_view(padded(3'000)).has_value());
    for (const payloads::Payload& payload : families::broken<TestType>()) {
        bool is_accepted = true;
        const std::size_t blocks = memory::blocks_for(
            [&] { is_accepted = families::read_view<TestType>(parser, payload.body).has_value(); });
        INFO(payload.label());
        CHECK_FALSE(is_accepted);
        // A long pointer may grow piece by piece; there may have been one to a fault that counts no
        // more, as the text turns out not to be JSON.
        const Error error = families::read<TestType>(parser, payload.body).error();
        const bool had_pointer =
            !error.pointer.empty() || payload.name.ends_with("after-a-contract-fault");
        CHECK(blocks <= (had_pointer ? 3U : 0U));
    }
}

TEST_CASE("a body that is too large costs no memory") {
    const std::string body = padded(100'000);
    ParseOptions options;
    options.max_body_bytes = body.size() - 1;
    Parser parser{options};
    bool is_event = true;
    CHECK(memory::blocks_for([&] { is_event = parser.parse_view(body).has_value(); }) == 0);
    CHECK_FALSE(is_event);
}

TEST_CASE("bodies that grow byte by byte do not each cost new buffers") {
    const std::string body = padded(20'000);
    std::size_t blocks = 0;
    bool all_parsed = true;
    {
        Parser parser;
        blocks = memory::blocks_for([&] {
            for (std::size_t size = small.size(); size <= body.size(); ++size)
                all_parsed &= parser.parse_view(std::string_view{body}.substr(0, size)).has_value();
        });
    }
    CHECK(all_parsed);
    CHECK(blocks < 60);
}

TEST_CASE("a Parser keeps memory in proportion to max_body_bytes") {
    // simdjson's development checks keep where each of 1,024 levels began.
#if SIMDJSON_DEVELOPMENT_CHECKS
    constexpr std::size_t fixed = 10'240 + 1'024 * sizeof(void*);
#else
    constexpr std::size_t fixed = 10'240;
#endif
    for (const std::size_t limit : {1'000U, 4'096U, 65'536U, 1'048'576U}) {
        INFO(limit);
        ParseOptions options;
        options.max_body_bytes = limit;
        const std::string body = padded(limit);
        const std::string text_with_escapes =
            R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":")" +
            results::replaced(std::string(limit / 2 - 100, 'x'), "x", "\\n") + "\"}}}";
        const std::string brackets(limit, '[');
        const std::string list = longest_list(limit);
        std::vector<bool> parsed(4);
        const std::size_t before = memory::bytes;
        Parser parser{options};
        parsed[0] = parser.parse_view(body).has_value();
        parsed[1] = parser.parse_view(text_with_escapes).has_value();
        parsed[2] = parser.parse_view(brackets).has_value();
        const std::size_t kept_without_lists = memory::bytes - before;
        parsed[3] = parser.parse_webhook_view(list).has_value();
        const std::size_t kept = memory::bytes - before;
        CHECK(parsed == std::vector<bool>{true, true, false, true});
        CHECK(kept_without_lists > limit);
        CHECK(kept_without_lists < 8 * limit + fixed);
        CHECK(kept > kept_without_lists);
        CHECK(kept < 10 * limit + fixed);
    }
}

TEST_CASE("what a Parser held is given back when it is moved from and when it ends") {
    const std::string body = longest_list(100'000);
    const std::size_t before = memory::bytes;
    {
        std::optional<Parser> parser{std::in_place};
        const bool parsed = parser->parse_general_view(body).has_value();
        const std::size_t kept = memory::bytes - before;
        Parser other{std::move(*parser)};
        const std::size_t kept_after_move = memory::bytes - before;
        other = Parser{};
        const std::size_t kept_after_assignment = memory::bytes - before;
        CHECK(parsed);
        CHECK(kept > body.size());
        CHECK(kept_after_move <= kept);
        CHECK(kept_after_assignment < body.size());
    }
    const std::size_t after = memory::bytes;
    CHECK(after == before);
}

TEST_CASE("parse gives up the memory that a narrower limit forbids") {
    ParseOptions wide;
    wide.max_body_bytes = 8'000'000;
    const std::string body = longest_list(wide.max_body_bytes);
    REQUIRE(parse(small).has_value());
    const std::size_t before = memory::bytes;
    REQUIRE(parse_webhook(body, wide).has_value());
    CHECK(memory::bytes - before > wide.max_body_bytes);
    REQUIRE(parse(small).has_value());
    CHECK(memory::bytes < before + 10 * ParseOptions{}.max_body_bytes);
}

TEST_CASE("parse keeps the memory that a limit just allows") {
    ParseOptions options;
    options.max_body_bytes = 5'000;
    const std::string body = padded(options.max_body_bytes);
    REQUIRE(parse(body, options).has_value());
    bool is_event = false;
    CHECK(memory::blocks_for([&] { is_event = parse(body, options).has_value(); }) == 0);
    CHECK(is_event);
}

TEMPLATE_TEST_CASE("a Parser with buffers asks for no more blocks than an owned value has", "",
                   EventView, GeneralWebhookView, WebhookView) {
    Parser parser;
    REQUIRE(parser.parse_webhook_view(padded(100'000)).has_value());
    for (const payloads::Payload& payload : families::golden<TestType>()) {
        std::optional<Result<families::Owned<TestType>>> result;
        const std::size_t blocks = memory::blocks_for(
            [&] { result.emplace(families::read<TestType>(parser, payload.body)); });
        INFO(payload.label());
        REQUIRE(result->has_value());
        CHECK(blocks <= own_blocks(**result));
    }
}

TEMPLATE_TEST_CASE("parsing survives each block that is refused", "", EventView, GeneralWebhookView,
                   WebhookView) {
    using Owned = families::Owned<TestType>;
    using families::read;
    for (const payloads::Payload& payload : payloads::all()) {
        if (payload.body.size() > most_refused) continue;
        INFO(payload.label());
        Parser whole;
        const Result<Owned> expected = read<TestType>(whole, payload.body);
        const auto check = [&](const Result<Owned>& result) {
            check_equal<Owned>(result, no_memory);
        };
        refuse_each_block(
            [&] {
                Parser parser;
                return read<TestType>(parser, payload.body);
            },
            check);

        // A Parser that was refused memory is as good as before once there is some.
        Parser parser;
        for (std::size_t blocks = 0; blocks != 8; ++blocks) {
            INFO(blocks << " blocks");
            memory::with_blocks(blocks, refusable, [&] {
                throws_bad_alloc([&] { static_cast<void>(read<TestType>(parser, payload.body)); });
            });
            check_equal<Owned>(read<TestType>(parser, payload.body), expected);
            parser = Parser{};
        }
    }
}

TEST_CASE("a Parser that cannot grow says so, and still reads what it has room for") {
    const std::string large = padded(300'000);
    std::size_t failures = 0;
    for (std::size_t blocks = 0; blocks != 8; ++blocks) {
        INFO(blocks << " blocks");
        const std::size_t before = memory::bytes;
        {
            Parser parser;
            REQUIRE(parser.parse_view(small).has_value());
            std::optional<Result<EventView>> result;
            const bool refused = memory::with_blocks(blocks, memory::Refuse::nothrow_only, [&] {
                result.emplace(parser.parse_view(large));
            });
            failures += refused;
            CHECK(result->has_value() != refused);
            if (refused) check_equal<EventView>(*result, no_memory);
            // With no memory at all, a small body may still fit, and nothing else may happen.
            memory::with_blocks(0, memory::Refuse::nothrow_only,
                                [&] { result.emplace(parser.parse_view(small)); });
            if (!*result) check_equal<EventView>(*result, no_memory);
            check_equal<Event>(parser.parse(small), small_event);
            check_equal<Event>(parser.parse(large), small_event);
            check_equal<Event>(parser.parse("{}"),
                               Error{ErrorCode::missing_property, "/Action", 0});
        }
        const std::size_t after = memory::bytes;
        CHECK(after == before);
    }
    CHECK(failures >= 2);
}

TEST_CASE("a Parser without memory for a list says so, and still reads what has none") {
    const std::string list = longest_list(1'000);
    Parser parser;
    REQUIRE(parser.parse_view(padded(list.size())).has_value());
    std::optional<Result<WebhookView>> result;
    const bool refused = memory::with_blocks(
        0, memory::Refuse::nothrow_only, [&] { result.emplace(parser.parse_webhook_view(list)); });
    CHECK(refused);
    check_equal<WebhookView>(*result, no_memory);
    check_equal<Event>(parser.parse(small), small_event);
    CHECK(parser.parse_webhook_view(list).has_value());
}

TEMPLATE_TEST_CASE("whatever else makes strings throws std::bad_alloc, and loses nothing", "",
                   EventView, GeneralWebhookView, WebhookView) {
    for (const payloads::Payload& payload : families::golden<TestType>()) {
        if (payload.body.size() > most_refused) continue;
        INFO(payload.label());
        Parser parser;
        const Result<TestType> view = families::read_view<TestType>(parser, payload.body);
        REQUIRE(view.has_value());
        refuse_each_block([&] { return to_owned(*view); });
        refuse_each_block([&] { return to_json(*view); });
        refuse_each_block([&] {
            std::ostringstream stream;
            stream.exceptions(std::ios::badbit);  // Else it keeps std::bad_alloc to itself.
            stream << *view;
            return stream.str();
        });
    }
    for (const payloads::Payload& payload : families::broken<TestType>()) {
        INFO(payload.label());
        const Result<families::Owned<TestType>> result = families::read<TestType>(payload.body);
        REQUIRE_FALSE(result.has_value());
        refuse_each_block([&] { return result.error().message(); });
        refuse_each_block([&] { return ParseException{result.error()}; });
    }
}

TEST_CASE("a block that is refused is the fault of one line only") {
    const std::string text = small + '\n' + padded(5'000) + '\n' + small + '\n';
    for (std::size_t blocks = 0; blocks != 8; ++blocks) {
        INFO(blocks << " blocks");
        const std::size_t before = memory::bytes;
        {
            Parser parser;
            std::size_t lines = 0;
            std::size_t bad = 0;
            const bool refused = memory::with_blocks(blocks, memory::Refuse::nothrow_only, [&] {
                parse_lines(parser, text, [&](const Line& line) {
                    ++lines;
                    bad += line.result.has_value() ? 0U : 1U;
                });
            });
            CHECK(lines == 3);
            CHECK(refused == (bad != 0));
        }
        const std::size_t after = memory::bytes;
        CHECK(after == before);
    }
}

TEST_CASE("a Parser that saw the largest body and many small ones keeps what it may, and no more") {
    ParseOptions options;
    options.max_body_bytes = 200'000;
    const std::string largest = padded(options.max_body_bytes);
    const std::size_t before = memory::bytes;
    Parser parser{options};
    bool all_parsed = parser.parse(largest).has_value();
    const std::size_t blocks = memory::blocks_for([&] {
        for (int i = 0; i != 100'000; ++i)
            all_parsed &= parser.parse(small).has_value();
    });
    const std::size_t kept = memory::bytes - before;
    CHECK(all_parsed);
    CHECK(blocks == 0);
    CHECK(kept > options.max_body_bytes);
    CHECK(kept <= 9 * options.max_body_bytes);
}

TEST_CASE("a body that has more bytes than simdjson can count is too large, whatever is allowed") {
    ParseOptions options;
    options.max_body_bytes = (std::numeric_limits<std::size_t>::max)();
    // Never read, and so not more than addresses.
    const auto size = static_cast<std::size_t>(
        (std::min<std::uint64_t>)(options.max_body_bytes / 4 + 1, std::uint64_t{1} << 32));
    const std::unique_ptr<void, decltype(&std::free)> body{std::calloc(size, 1), std::free};
    if (body == nullptr) return;
    check_equal<Event>(parse({static_cast<const char*>(body.get()), size}, options),
                       Error{ErrorCode::body_too_large, "", 0});
}

TEST_CASE("what parse keeps for a thread is given back when the thread ends") {
    const std::string body = padded(50'000);
    bool parsed = false;
    const auto parse_on_a_thread = [&] {
        std::thread{[&] { parsed = parse(body).has_value(); }}.join();
    };
    parse_on_a_thread();  // What the first thread of a program costs is not the library's.
    const std::size_t before = memory::bytes;
    parse_on_a_thread();
    const std::size_t after = memory::bytes;
    CHECK(parsed);
    CHECK(after == before);
}

TEST_CASE("without memory for the buffers of its thread, parse says so and goes on") {
    ParseOptions options;
    for (std::size_t blocks = 0;; ++blocks) {
        INFO(blocks << " blocks");
        REQUIRE(blocks < 20);
        options.max_body_bytes = 4'000'000 + 100'000 * blocks;
        const std::string body = padded(options.max_body_bytes);
        std::optional<Result<Event>> result;
        const bool refused = memory::with_blocks(blocks, memory::Refuse::nothrow_only,
                                                 [&] { result.emplace(parse(body, options)); });
        if (!refused) {
            check_equal<Event>(*result, small_event);
            break;
        }
        check_equal<Event>(*result, no_memory);
        check_equal<Event>(parse(small), small_event);
    }
}
