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
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using results::check_equal;

namespace {

/// How many strings of an event are too long for a std::string to hold them in itself.
std::size_t long_strings(const std::string& string) {
    return string.size() > std::string{}.capacity() ? 1 : 0;
}
std::size_t long_strings(const Secret& secret) {
    return long_strings(secret.reveal());
}
template <class T>
std::size_t long_strings(const T& value) {
    std::size_t count = 0;
    if constexpr (wire::is_optional<T>) {
        if (value) count = long_strings(*value);
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>(
            [&](auto property) { count += long_strings(value.*property.member); });
    } else if constexpr (wire::Tagged<T>) {
        std::visit([&](const auto& event) { count = long_strings(event); }, value);
    } else {
        static_assert(std::is_same_v<T, bool> || std::is_same_v<T, Timestamp>);
    }
    return count;
}

const std::string small =
    R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})";
const Event small_event = IntegrationEnabled{{"i", "n"}};
const Error no_memory{ErrorCode::out_of_memory, "", 0};

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
        REQUIRE(blocks < 100);
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

TEST_CASE("a Parser that has seen a body of some size needs no memory for others up to that size") {
    Parser parser;
    std::size_t largest = 0;
    for (const payloads::Payload& payload : payloads::golden())
        largest = std::max(largest, payload.body.size());
    REQUIRE(parser.parse_view(padded(largest)).has_value());
    for (const payloads::Payload& payload : payloads::golden()) {
        bool is_event = false;
        const std::size_t blocks =
            memory::blocks_for([&] { is_event = parser.parse_view(payload.body).has_value(); });
        INFO(payload.label());
        CHECK(is_event);
        CHECK(blocks == 0);
    }
}

TEST_CASE("refusing a body needs no memory but for a pointer") {
    Parser parser;
    REQUIRE(parser.parse_view(padded(1000)).has_value());
    for (const payloads::Payload& payload : payloads::broken()) {
        bool is_event = true;
        const std::size_t blocks =
            memory::blocks_for([&] { is_event = parser.parse_view(payload.body).has_value(); });
        INFO(payload.label());
        CHECK_FALSE(is_event);
        // A long pointer may grow piece by piece.
        CHECK(blocks <= (parser.parse(payload.body).error().pointer.empty() ? 0U : 3U));
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
    for (const std::size_t limit : {4'096U, 65'536U, 1'048'576U}) {
        INFO(limit);
        ParseOptions options;
        options.max_body_bytes = limit;
        const std::string body = padded(limit);
        const std::string text_with_escapes =
            R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":")" +
            results::replaced(std::string(limit / 2 - 100, 'x'), "x", "\\n") + "\"}}}";
        const std::string brackets(limit, '[');
        std::vector<bool> parsed(3);
        const std::size_t before = memory::bytes;
        Parser parser{options};
        parsed[0] = parser.parse_view(body).has_value();
        parsed[1] = parser.parse_view(text_with_escapes).has_value();
        parsed[2] = parser.parse_view(brackets).has_value();
        const std::size_t kept = memory::bytes - before;
        CHECK(parsed == std::vector<bool>{true, true, false});
        CHECK(kept > limit);
        CHECK(kept < 9 * limit + 16'384);
    }
}

TEST_CASE("what a Parser held is given back when it is moved from and when it ends") {
    const std::string body = padded(100'000);
    const std::size_t before = memory::bytes;
    {
        std::optional<Parser> parser{std::in_place};
        const bool parsed = parser->parse_view(body).has_value();
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
}

TEST_CASE("parse gives up the memory that a narrower limit forbids") {
    ParseOptions wide;
    wide.max_body_bytes = 8'000'000;
    const std::string body = padded(wide.max_body_bytes);
    REQUIRE(parse(small).has_value());
    const std::size_t before = memory::bytes;
    REQUIRE(parse(body, wide).has_value());
    CHECK(memory::bytes - before > wide.max_body_bytes);
    REQUIRE(parse(small).has_value());
    CHECK(memory::bytes < before + 9 * ParseOptions{}.max_body_bytes);
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

TEST_CASE("a Parser with buffers asks for no more blocks than an owned event has long strings") {
    Parser parser;
    REQUIRE(parser.parse_view(padded(100'000)).has_value());
    for (const payloads::Payload& payload : payloads::golden()) {
        std::optional<Result<Event>> event;
        const std::size_t blocks =
            memory::blocks_for([&] { event.emplace(parser.parse(payload.body)); });
        INFO(payload.label());
        REQUIRE(event->has_value());
        CHECK(blocks <= long_strings(**event));
    }
}

TEST_CASE("parsing survives each block that is refused") {
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        const Result<Event> expected = Parser{}.parse(payload.body);
        const auto check = [&](const Result<Event>& result) {
            check_equal<Event>(result, no_memory);
        };
        refuse_each_block([&] { return Parser{}.parse(payload.body); }, check);

        // A Parser that was refused memory is as good as before once there is some.
        Parser parser;
        for (std::size_t blocks = 0; blocks != 8; ++blocks) {
            INFO(blocks << " blocks");
            memory::with_blocks(blocks, refusable, [&] {
                throws_bad_alloc([&] { static_cast<void>(parser.parse(payload.body)); });
            });
            check_equal<Event>(parser.parse(payload.body), expected);
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

TEST_CASE("whatever else makes strings throws std::bad_alloc, and loses nothing") {
    for (const payloads::Payload& payload : payloads::golden()) {
        INFO(payload.label());
        Parser parser;
        const Result<EventView> view = parser.parse_view(payload.body);
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
    for (const payloads::Payload& payload : payloads::broken()) {
        INFO(payload.label());
        const Result<Event> result = parse(payload.body);
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
