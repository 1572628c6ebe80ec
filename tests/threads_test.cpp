/// @file
/// parse() from many threads at once, from threads that come and go, and from what is destroyed
/// when a thread ends. Made for ThreadSanitizer: see the preset `threads`.

#include <array>
#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;

namespace {

const std::string small =
    R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})";
const Event small_event = IntegrationEnabled{{"i", "n"}};

/// A body, the contract it is parsed under, and what that must give.
struct Work {
    std::string_view body;
    ParseOptions options;
    Result<Event> expected;
};

/// Every body of tests/payloads under both contracts, parsed one by one.
std::vector<Work> all_work() {
    std::vector<Work> work;
    for (const payloads::Payload& payload : payloads::all()) {
        for (const Contract contract : results::contracts) {
            const ParseOptions options = results::under(contract);
            work.push_back({payload.body, options, Parser{options}.parse(payload.body)});
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
        const bool is_right =
            parse(small) == small_event && parse("{") != small_event && parse(small) == small_event;
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
                equal += parse(item.body, item.options) == item.expected ? 1U : 0U;
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
                equal += parse(work[i].body, work[i].options) == work[i].expected ? 1U : 0U;
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
        const bool is_right = !parses_meanwhile || parse(small) == small_event;
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
            right += moved.parse(item.body) == item.expected ? 1U : 0U;
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
            const Result<EventView> view = own.parse_view(item.body);
            const bool is_same =
                view.transform(to_owned) == item.expected &&
                (thread % 2 == 0 || parse(item.body, item.options) == item.expected);
            equal += is_same ? 1U : 0U;
        }
        return equal;
    });
    CHECK(right == threads * work.size());
}
