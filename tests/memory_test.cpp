/// @file
/// Every block of memory that the library asks for, refused in turn; and what it keeps in the long
/// run.

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

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "counted_memory.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;

namespace {

/// How many texts of an event are too long for a std::string to hold them in itself.
class LongTexts {
  public:
    static std::size_t count(const Event& event) {
        LongTexts texts;
        std::visit([&](const auto& happened) { texts.add(happened); }, event);
        return texts.count_;
    }

  private:
    void add(const std::string& text) {
        count_ += text.size() > std::string{}.capacity() ? 1U : 0U;
    }
    void add(const Secret& secret) { add(secret.reveal()); }
    void add(Timestamp) {}
    void add(bool) {}
    template <class T>
    void add(const std::optional<T>& value) {
        if (value) add(*value);
    }
    template <detail::Described Struct>
    void add(const Struct& object) {
        detail::for_each_property<Struct>(
            [&]<class Property>(Property) { add(object.*Property::member); });
    }
    void add(const UnknownEvent& event) {
        add(event.action);
        add(event.integration);
        add(event.data);
    }

    std::size_t count_ = 0;
};

const std::string small =
    R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})";

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

TEST_CASE("a warm Parser asks for no more blocks than an owned event has long texts") {
    Parser parser;
    REQUIRE(parser.parse_view(padded(100'000)).has_value());
    for (const payloads::Payload& payload : payloads::golden()) {
        std::optional<Result<Event>> event;
        const std::size_t blocks =
            memory::blocks_for([&] { event.emplace(parser.parse(payload.body)); });
        INFO(payload.label());
        REQUIRE(event->has_value());
        CHECK(blocks <= LongTexts::count(**event));
    }
}

TEST_CASE("parsing goes through every lack of memory") {
    const Error no_memory{ErrorCode::out_of_memory, "", 0};
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        const Result<Event> expected = Parser{}.parse(payload.body);
        const auto check = [&](const Result<Event>& result) {
            results::check_equal<Event>(result, no_memory);
        };
        refuse_each_block([&] { return Parser{}.parse(payload.body); }, check);

        // A Parser that was refused memory is as good as before once there is some.
        Parser parser;
        for (std::size_t blocks = 0; blocks != 8; ++blocks) {
            INFO(blocks << " blocks");
            memory::with_blocks(blocks, refusable, [&] {
                throws_bad_alloc([&] { static_cast<void>(parser.parse(payload.body)); });
            });
            results::check_equal<Event>(parser.parse(payload.body), expected);
            parser = Parser{};
        }
    }
}

TEST_CASE("a Parser that cannot grow still reads what it has room for") {
    const std::string large = padded(300'000);
    for (std::size_t blocks = 0; blocks != 8; ++blocks) {
        INFO(blocks << " blocks");
        const std::size_t before = memory::bytes;
        bool all_parsed = true;
        {
            Parser parser;
            all_parsed &= parser.parse_view(small).has_value();
            memory::with_blocks(blocks, refusable, [&] {
                throws_bad_alloc([&] { static_cast<void>(parser.parse_view(large)); });
            });
            all_parsed &= parser.parse_view(small).has_value();
            all_parsed &= parser.parse_view(large).has_value();
        }
        const std::size_t after = memory::bytes;
        CHECK(all_parsed);
        CHECK(after == before);
    }
}

TEST_CASE("whatever else makes texts throws std::bad_alloc, and loses nothing") {
    for (const payloads::Payload& payload : payloads::golden()) {
        INFO(payload.label());
        Parser parser;
        const Result<EventView> view = parser.parse_view(payload.body);
        REQUIRE(view.has_value());
        refuse_each_block([&] { return to_owned(*view); });
        refuse_each_block([&] { return to_json(*view); });
        refuse_each_block([&] { return detail::describe(*view); });
    }
    for (const payloads::Payload& payload : payloads::broken()) {
        INFO(payload.label());
        const Result<Event> result = parse(payload.body);
        REQUIRE_FALSE(result.has_value());
        refuse_each_block([&] { return result.error().message(); });
        refuse_each_block([&] { return ParseException{result.error()}; });
    }
}

TEST_CASE("each line goes through a lack of memory by itself") {
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
    results::check_equal<Event>(parse({static_cast<const char*>(body.get()), size}, options),
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
