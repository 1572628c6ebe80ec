/// @file
/// Compares what the subjects read before it times how fast they do: a subject that reads a golden
/// body differently, and has not said so, ends the program.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <mews/webhooks.hpp>

#include "bodies.hpp"
#include "payloads.hpp"
#include "subject.hpp"

namespace {

using bench::Bodies;
using bench::Event;
using bench::Role;
using bench::Subject;
using bench::Texts;

constexpr std::array<std::size_t, 5> ignored_sizes{0, 1 << 10, 1 << 14, 1 << 17, 1 << 20};

/// Names a subject in the benchmarks' names: `yyjson/borrowed`.
std::string title(const Subject& subject) {
    switch (subject.texts) {
        case Texts::borrowed:
            return subject.name + "/borrowed";
        case Texts::owned:
            return subject.name + "/owned";
        case Texts::none:
            break;
    }
    return subject.name + "/-";
}

const bench::KnownDifference* known_difference(const Subject& subject, std::string_view label) {
    const auto found =
        std::find_if(subject.known_differences.begin(), subject.known_differences.end(),
                     [&](const auto& known) { return known.body == label; });
    return found == subject.known_differences.end() ? nullptr : &*found;
}

std::optional<Event> answer_of(const Subject& subject, std::string_view body) {
    std::optional<Event> answer = subject.answer(body);
    if (answer && !subject.keeps_unknown_data) {
        if (auto* const unknown = std::get_if<mews::webhooks::UnknownEvent>(&*answer)) {
            const auto expected = mews::webhooks::parse(body);
            const auto* const ours =
                expected ? std::get_if<mews::webhooks::UnknownEvent>(&*expected) : nullptr;
            if (ours != nullptr) unknown->data = ours->data;
        }
    }
    return answer;
}

/// Whether every subject reads every golden body as it says it does.
bool compare_answers() {
    bool is_fine = true;
    for (const payloads::Payload& golden : payloads::golden()) {
        const auto expected = mews::webhooks::parse(golden.body);
        if (!expected) {
            std::cerr << golden.label() << ": refused: " << expected.error().message() << '\n';
            is_fine = false;
            continue;
        }
        for (const Subject& subject : bench::subjects()) {
            if (!subject.answer) continue;
            const std::optional<Event> answer = answer_of(subject, golden.body);
            const bool is_same = answer && *answer == *expected;
            const bool is_known = known_difference(subject, golden.label()) != nullptr;
            if (is_same != is_known) continue;
            is_fine = false;
            std::cerr << title(subject) << ": " << golden.label() << ": "
                      << (is_same   ? "is read as we do, but a difference is noted"
                          : !answer ? "is refused"
                                    : "another event is read")
                      << '\n';
        }
    }
    return is_fine;
}

/// @param time is called with the state, and the bodies as they are to be read.
template <class Time>
void register_one(const std::string& name, const Bodies& bodies, Time&& time) {
    std::size_t bytes = 0;
    for (const std::string& body : bodies)
        bytes += body.size();
    auto* const registered = benchmark::RegisterBenchmark(
        name.c_str(),
        [count = bodies.size(), bytes, time = std::forward<Time>(time)](benchmark::State& state) {
            time(state);
            state.counters["bodies"] = static_cast<double>(count);
            state.counters["bytes"] = static_cast<double>(bytes);
        });
    registered->Unit(benchmark::kNanosecond);
}

void register_one(const std::string& name, const Subject& subject, const Bodies& bodies) {
    register_one(name + "/" + title(subject), bodies,
                 [&subject, bodies](benchmark::State& state) { subject.time(state, bodies); });
}

/// All golden bodies, in an order that no branch predictor knows by heart.
Bodies mix() {
    constexpr int rounds = 20;
    Bodies bodies;
    for (int round = 0; round != rounds; ++round) {
        for (const payloads::Payload& golden : payloads::golden()) {
            // Those that some subject reads differently are left out for all of them.
            const bool is_clear = std::all_of(
                bench::subjects().begin(), bench::subjects().end(), [&](const Subject& other) {
                    return known_difference(other, golden.label()) == nullptr;
                });
            if (is_clear) bodies.push_back(golden.body);
        }
    }
    // A shuffle of our own: the standard's differs between libraries.
    std::mt19937 random(1);
    for (std::size_t i = bodies.size(); i > 1; --i)
        std::swap(bodies[i - 1], bodies[random() % i]);
    return bodies;
}

/// Reads bodies from one text, a body on each line.
struct LineReader {
    mews::webhooks::Parser parser;

    void read(std::string_view text) {
        parse_lines(parser, text, [](const mews::webhooks::Line& line) {
            benchmark::DoNotOptimize(line.result);
        });
    }
};

/// The same bodies one by one, and from one text.
void register_lines(const Subject& one_by_one, Bodies bodies) {
    std::erase_if(bodies,
                  [](const std::string& body) { return body.find('\n') != std::string::npos; });
    std::string text;
    for (const std::string& body : bodies)
        text += body + '\n';
    register_one("lines/mix", one_by_one, bodies);
    register_one("lines/mix/mews, parse_lines/borrowed", bodies,
                 [text = std::move(text)](benchmark::State& state) {
                     LineReader reader;
                     bench::time_reading(state, {text}, reader);
                 });
}

void register_all() {
    const Bodies mixed = mix();
    for (const Subject& subject : bench::subjects()) {
        for (const payloads::Payload& golden : payloads::golden()) {
            if (known_difference(subject, golden.label()) == nullptr) {
                register_one("golden/" + golden.label(), subject, {golden.body});
            }
        }
        if (subject.name != "long texts") register_one("mix", subject, mixed);

        const bool is_our_view = subject.role == Role::ours && subject.texts == Texts::borrowed;
        if (is_our_view) {
            register_lines(subject, mixed);
            for (const payloads::Payload& broken : payloads::broken())
                register_one("broken/" + broken.name, subject, {broken.body});
            for (const auto& [name, body] : bench::adversarial(std::size_t{1} << 16))
                register_one("adversarial/" + name, subject, {body});
        }
        if (is_our_view || subject.role == Role::walk) {
            for (const std::size_t size : ignored_sizes) {
                for (const auto& [name, body] : bench::with_ignored(size))
                    register_one("ignored/" + name + "/" + std::to_string(size), subject, {body});
            }
        }
    }
}

void describe_build() {
    benchmark::AddCustomContext("compiler", MEWS_WEBHOOKS_BENCHMARK_COMPILER);
    benchmark::AddCustomContext("flags", MEWS_WEBHOOKS_BENCHMARK_FLAGS);
    benchmark::AddCustomContext("simdjson implementation",
                                std::string{simdjson::get_active_implementation()->name()});
    for (const Subject& subject : bench::subjects()) {
        if (subject.texts == Texts::owned) continue;  // As the borrowing one, where there is one.
        if (!subject.version.empty()) {
            benchmark::AddCustomContext("version of " + subject.name, subject.version);
        }
        for (const auto& [body, reason] : subject.known_differences)
            benchmark::AddCustomContext(subject.name + " differs on " + body, reason);
    }
}

}  // namespace

int main(int argc, char** argv) {
    // In one order whatever the linker's: the table follows it.
    std::stable_sort(bench::subjects().begin(), bench::subjects().end(),
                     [](const Subject& left, const Subject& right) {
                         return std::pair{left.role != Role::ours, title(left)} <
                                std::pair{right.role != Role::ours, title(right)};
                     });
    if (!compare_answers()) return EXIT_FAILURE;
    describe_build();
    register_all();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return EXIT_FAILURE;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return EXIT_SUCCESS;
}
