/// @file
/// What parsing costs in memory, and what happens when there is none. This suite replaces the
/// program's operators new and delete, which simdjson uses as well.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using results::check_equal;
using enum ErrorCode;

namespace {

/// What the operators below see. One thread only uses them while they count.
struct Memory {
    std::size_t calls = 0;  ///< How many blocks were asked for.
    std::size_t bytes = 0;  ///< How many bytes are held.

    /// How many more blocks of those that may be refused will be given.
    std::size_t left = std::numeric_limits<std::size_t>::max();
    bool refused = false;
    bool refuses_throwing_new = false;
};

Memory memory;

constexpr std::size_t header = alignof(std::max_align_t);

void* take(std::size_t size, bool may_be_refused) noexcept {
    if (may_be_refused) {
        if (memory.left == 0) {
            memory.refused = true;
            return nullptr;
        }
        --memory.left;
    }
    void* const block = std::malloc(header + size);
    if (block == nullptr) return nullptr;
    ++memory.calls;
    memory.bytes += size;
    *static_cast<std::size_t*>(block) = size;
    return static_cast<char*>(block) + header;
}

void give(void* pointer) noexcept {
    if (pointer == nullptr) return;
    void* const block = static_cast<char*>(pointer) - header;
    memory.bytes -= *static_cast<std::size_t*>(block);
    std::free(block);
}

void* take_or_throw(std::size_t size) {
    void* const pointer = take(size, memory.refuses_throwing_new);
    if (pointer == nullptr) {
#if defined(__cpp_exceptions)
        throw std::bad_alloc{};
#else
        std::abort();
#endif
    }
    return pointer;
}

}  // namespace

void* operator new(std::size_t size) {
    return take_or_throw(size);
}
void* operator new[](std::size_t size) {
    return take_or_throw(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return take(size, true);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return take(size, true);
}
void operator delete(void* pointer) noexcept {
    give(pointer);
}
void operator delete[](void* pointer) noexcept {
    give(pointer);
}
void operator delete(void* pointer, std::size_t) noexcept {
    give(pointer);
}
void operator delete[](void* pointer, std::size_t) noexcept {
    give(pointer);
}
void operator delete(void* pointer, const std::nothrow_t&) noexcept {
    give(pointer);
}
void operator delete[](void* pointer, const std::nothrow_t&) noexcept {
    give(pointer);
}

namespace {

/// How many blocks a call asks for.
template <class Call>
std::size_t blocks_for(Call&& call) {
    const std::size_t before = memory.calls;
    call();
    return memory.calls - before;
}

/// Gives so many blocks during a call, and then no more.
template <class Call>
void with_blocks(std::size_t count, bool refuses_throwing_new, Call&& call) {
    memory.refused = false;
    memory.left = count;
    memory.refuses_throwing_new = refuses_throwing_new;
    call();
    memory.left = std::numeric_limits<std::size_t>::max();
    memory.refuses_throwing_new = false;
}

const std::string small =
    R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})";
const Event small_event = IntegrationEnabled{{"i", "n"}};

/// The small body with so many bytes in all.
std::string body_of(std::size_t size) {
    std::string body = small;
    body.resize(size, ' ');
    return body;
}

}  // namespace

TEST_CASE("a Parser that has seen a body of some size needs no memory for others up to that size") {
    Parser parser;
    std::size_t largest = 0;
    for (const payloads::Payload& payload : payloads::golden())
        largest = std::max(largest, payload.body.size());
    REQUIRE(parser.parse_view(body_of(largest)).has_value());
    for (const payloads::Payload& payload : payloads::golden()) {
        bool is_event = false;
        const std::size_t blocks =
            blocks_for([&] { is_event = parser.parse_view(payload.body).has_value(); });
        INFO(payload.label());
        CHECK(is_event);
        CHECK(blocks == 0);
    }
}

TEST_CASE("refusing a body needs no memory but for a pointer") {
    Parser parser;
    REQUIRE(parser.parse_view(body_of(1000)).has_value());
    for (const payloads::Payload& payload : payloads::broken()) {
        bool is_event = true;
        const std::size_t blocks =
            blocks_for([&] { is_event = parser.parse_view(payload.body).has_value(); });
        INFO(payload.label());
        CHECK_FALSE(is_event);
        // A long pointer may grow piece by piece.
        CHECK(blocks <= (parser.parse(payload.body).error().pointer.empty() ? 0U : 3U));
    }
}

TEST_CASE("an owned event needs no more blocks than it has long texts") {
    Parser parser;
    const std::string& body = payloads::body("documented/integration-created-compact");
    REQUIRE(parser.parse_view(body).has_value());
    // Enterprise, Service and Integration have long ids; one name and the token are long as well.
    std::optional<Result<Event>> event;
    const std::size_t blocks = blocks_for([&] { event.emplace(parser.parse(body)); });
    CHECK(event->has_value());
    CHECK(blocks <= 8);
}

TEST_CASE("bodies that grow byte by byte do not each cost new buffers") {
    const std::string body = body_of(20'000);
    std::size_t blocks = 0;
    bool all_parsed = true;
    {
        Parser parser;
        blocks = blocks_for([&] {
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
        const std::string body = body_of(limit);
        const std::string text_with_escapes =
            R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":")" +
            results::replaced(std::string(limit / 2 - 100, 'x'), "x", "\\n") + "\"}}}";
        const std::string brackets(limit, '[');
        std::vector<bool> parsed(3);
        const std::size_t before = memory.bytes;
        Parser parser{options};
        parsed[0] = parser.parse_view(body).has_value();
        parsed[1] = parser.parse_view(text_with_escapes).has_value();
        parsed[2] = parser.parse_view(brackets).has_value();
        const std::size_t kept = memory.bytes - before;
        CHECK(parsed == std::vector<bool>{true, true, false});
        CHECK(kept > limit);
        CHECK(kept < 9 * limit + 16'384);
    }
}

TEST_CASE("a body that is too large costs no memory") {
    const std::string body = body_of(100'000);
    ParseOptions options;
    options.max_body_bytes = body.size() - 1;
    Parser parser{options};
    bool is_event = true;
    CHECK(blocks_for([&] { is_event = parser.parse_view(body).has_value(); }) == 0);
    CHECK_FALSE(is_event);
}

TEST_CASE("parse gives up the memory that a narrower limit forbids") {
    ParseOptions wide;
    wide.max_body_bytes = 8'000'000;
    const std::string body = body_of(wide.max_body_bytes);
    REQUIRE(parse(small).has_value());
    const std::size_t before = memory.bytes;
    REQUIRE(parse(body, wide).has_value());
    CHECK(memory.bytes - before > wide.max_body_bytes);
    REQUIRE(parse(small).has_value());
    CHECK(memory.bytes < before + 9 * ParseOptions{}.max_body_bytes);
}

TEST_CASE("parse keeps the memory that a limit just allows") {
    ParseOptions options;
    options.max_body_bytes = 5'000;
    const std::string body = body_of(options.max_body_bytes);
    REQUIRE(parse(body, options).has_value());
    bool is_event = false;
    CHECK(blocks_for([&] { is_event = parse(body, options).has_value(); }) == 0);
    CHECK(is_event);
}

TEST_CASE("what a Parser held is given back when it is moved from and when it ends") {
    const std::string body = body_of(100'000);
    const std::size_t before = memory.bytes;
    {
        std::optional<Parser> parser{std::in_place};
        const bool parsed = parser->parse_view(body).has_value();
        const std::size_t kept = memory.bytes - before;
        Parser other{std::move(*parser)};
        const std::size_t kept_after_move = memory.bytes - before;
        other = Parser{};
        const std::size_t kept_after_assignment = memory.bytes - before;
        CHECK(parsed);
        CHECK(kept > body.size());
        CHECK(kept_after_move <= kept);
        CHECK(kept_after_assignment < body.size());
    }
}

TEST_CASE("without memory for its buffers a Parser says so, and goes on when there is some") {
    // Refused at each block that the buffers need, one after the other.
    for (const std::size_t size : {small.size(), std::size_t{5'000}, std::size_t{500'000}}) {
        const std::string body = body_of(size);
        std::size_t failures = 0;
        for (std::size_t blocks = 0;; ++blocks) {
            INFO(size << " bytes, " << blocks << " blocks");
            REQUIRE(blocks < 20);
            Parser parser;
            // Warm for the small body, so that growing fails as well.
            if (size > 5'000) REQUIRE(parser.parse_view(small).has_value());
            std::optional<Result<EventView>> result;
            with_blocks(blocks, false, [&] { result.emplace(parser.parse_view(body)); });
            if (!memory.refused) {
                CHECK(result->has_value());
                break;
            }
            ++failures;
            check_equal<EventView>(*result, Error{out_of_memory, "", 0});
            // Still none: a body that would have fitted before may fit, but nothing else happens.
            with_blocks(0, false, [&] { result.emplace(parser.parse_view(small)); });
            if (!*result) check_equal<EventView>(*result, Error{out_of_memory, "", 0});
            check_equal<Event>(parser.parse(small), small_event);
            check_equal<Event>(parser.parse(body), small_event);
            check_equal<Event>(parser.parse("{}"), Error{missing_property, "/Action", 0});
        }
        CHECK(failures >= 2);
    }
}

TEST_CASE("without memory for the buffers of its thread, parse says so and goes on") {
    ParseOptions options;
    for (std::size_t blocks = 0;; ++blocks) {
        INFO(blocks << " blocks");
        REQUIRE(blocks < 20);
        options.max_body_bytes = 4'000'000 + 100'000 * blocks;
        const std::string body = body_of(options.max_body_bytes);
        std::optional<Result<Event>> result;
        with_blocks(blocks, false, [&] { result.emplace(parse(body, options)); });
        if (!memory.refused) {
            check_equal<Event>(*result, small_event);
            break;
        }
        check_equal<Event>(*result, Error{out_of_memory, "", 0});
        check_equal<Event>(parse(small), small_event);
    }
}

#if defined(__cpp_exceptions)
TEST_CASE("std::bad_alloc is all that parse throws, and it does no harm") {
    for (const std::string_view label :
         {"documented/integration-created-compact", "documented/unknown-event-with-integration",
          "broken/missing_property-data-requestor-email"}) {
        const std::string& body = payloads::body(label);
        const Result<Event> expected = parse(body);
        for (std::size_t blocks = 0;; ++blocks) {
            INFO(label << ", " << blocks << " blocks");
            REQUIRE(blocks < 40);
            Parser parser;
            std::optional<Result<Event>> result;
            bool thrown = false;
            with_blocks(blocks, true, [&] {
                try {
                    result.emplace(parser.parse(body));
                } catch (const std::bad_alloc&) {
                    thrown = true;
                }
            });
            if (!memory.refused) {
                check_equal<Event>(*result, expected);
                break;
            }
            if (!thrown) check_equal<Event>(*result, Error{out_of_memory, "", 0});
            check_equal<Event>(parser.parse(body), expected);
        }
    }
}
#endif
