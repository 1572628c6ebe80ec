/// @file
/// What is timed: a way to read a body. Every subject registers itself from a source of its own, so
/// that one whose library is missing is simply not built.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include <mews/webhooks/events.hpp>

#include "allocations.hpp"

namespace bench {

using mews::webhooks::Event;
using mews::webhooks::EventView;

/// Bodies that are read one after the other.
using Bodies = std::vector<std::string>;

enum class Role {
    floor,  ///< Does less than reading an event: what no reader can be faster than.
    walk,   ///< simdjson On-Demand as its documentation shows it. Checks nothing.
    ours,   ///< This library.
    peer,   ///< Another library, reading the same events.
};

enum class Texts {
    none,
    borrowed,  ///< The event's texts are views of what the reader keeps.
    owned,     ///< The event's texts are strings.
};

/// A golden body that a subject is known to read differently.
struct KnownDifference {
    std::string body;    ///< `documented/unknown-event-two-integrations`
    std::string reason;  ///< Why the subject's library can't do better in the way it is used here.
};

struct Subject {
    std::string name{};     ///< `yyjson`
    std::string version{};  ///< Of the subject's library; empty for this one.
    Role role = Role::peer;
    Texts texts = Texts::none;
    bool keeps_unknown_data = true;  ///< Whether it has the exact text of an unknown event's Data.
    std::vector<KnownDifference> known_differences{};

    /// The event that is read; nothing if the body is refused. Null for a floor.
    std::function<std::optional<Event>(std::string_view body)> answer{};
    /// Times the reading of bodies.
    std::function<void(benchmark::State&, const Bodies&)> time{};
};

/// All subjects of this build.
inline std::vector<Subject>& subjects() {
    static std::vector<Subject> all;
    return all;
}

/// Times `reader.read(body)` for each body, after it has been called twice for each: once to warm
/// up, and once to count what it allocates.
template <class Reader>
void time_reading(benchmark::State& state, const Bodies& bodies, Reader& reader) {
    for (const std::string& body : bodies)
        reader.read(std::string_view{body});
    const std::size_t before = allocations();
    for (const std::string& body : bodies)
        reader.read(std::string_view{body});
    state.counters["allocations"] = static_cast<double>(allocations() - before);
    for ([[maybe_unused]] auto once : state) {
        for (const std::string& body : bodies) {
            reader.read(std::string_view{body});
            benchmark::ClobberMemory();
        }
    }
}

/// Adds a subject. A Reader has
///
/// - `read(body)`: the work that is timed. It must not leave out what it makes: DoNotOptimize.
/// - `answer(body)`: the event that is read, or nothing. Not for a floor.
///
/// One Reader is used for many bodies, as the subject's documentation advises.
template <class Reader>
bool add(Subject subject) {
    constexpr bool has_answer = requires(Reader reader) { reader.answer(std::string_view{}); };
    if constexpr (has_answer) {
        subject.answer = [](std::string_view body) -> std::optional<Event> {
            Reader reader;
            return reader.answer(body);
        };
    }
    subject.time = [](benchmark::State& state, const Bodies& bodies) {
        Reader reader;
        time_reading(state, bodies, reader);
        if constexpr (has_answer) {
            // Something left over from the bodies before may have made it fast, and wrong.
            const std::string& last = bodies.back();
            if (reader.answer(last) != Reader{}.answer(last)) {
                state.SkipWithError("reads another event after many bodies than at first");
            }
        }
    };
    subjects().push_back(std::move(subject));
    return true;
}

}  // namespace bench
