/// @file
/// Times the subjects, after comparing what they read: one that reads a golden body differently,
/// and does not say so, ends the program.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <new>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <mews/webhooks.hpp>

#include "bodies.hpp"
#include "payloads.hpp"
#include "subjects/subject.hpp"

namespace {

using bench::Family;
using bench::Reader;
using bench::Subject;
using mews::webhooks::GeneralWebhook;
using mews::webhooks::Webhook;
using Bodies = std::vector<std::string>;

std::size_t allocations = 0;

}  // namespace

// The other forms end up here.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* const memory = std::malloc(size != 0 ? size : 1)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

/// The golden bodies, and those that are made for this.
const std::vector<bench::NamedBody>& compared() {
    static const std::vector<bench::NamedBody> all = [] {
        std::vector<bench::NamedBody> bodies = bench::general_bodies();
        for (const payloads::Payload& golden : payloads::golden())
            bodies.push_back({golden.label(), golden.body});
        return bodies;
    }();
    return all;
}

Family family_of(std::string_view body) {
    const auto read = mews::webhooks::parse_webhook(body);
    return read && std::holds_alternative<GeneralWebhook>(*read) ? Family::general
                                                                 : Family::integration;
}

const std::string* difference(const Subject& subject, std::string_view name) {
    for (const auto& [ending, reason] : subject.differences) {
        if (name.ends_with(ending)) return &reason;
    }
    return nullptr;
}

/// Puts the exact texts that a subject does not keep where we have them.
void complete(Webhook& answer, const Webhook& expected) {
    using namespace mews::webhooks;
    if (answer.index() != expected.index()) return;
    if (auto* const event = std::get_if<Event>(&answer)) {
        auto* const unknown = std::get_if<UnknownEvent>(event);
        const auto* const ours = std::get_if<UnknownEvent>(&std::get<Event>(expected));
        if (unknown != nullptr && ours != nullptr) unknown->data = ours->data;
        return;
    }
    auto& events = std::get<GeneralWebhook>(answer).events;
    const auto& our_events = std::get<GeneralWebhook>(expected).events;
    for (std::size_t i = 0; i != (std::min)(events.size(), our_events.size()); ++i) {
        auto* const unknown = std::get_if<UnknownEntityEvent>(&events[i]);
        const auto* const ours = std::get_if<UnknownEntityEvent>(&our_events[i]);
        if (unknown != nullptr && ours != nullptr) unknown->value = ours->value;
    }
}

/// Whether every subject reads every body as it says it does.
bool compare_answers() {
    bool is_fine = true;
    for (const auto& [name, body] : compared()) {
        const auto expected = mews::webhooks::parse_webhook(body);
        if (!expected) {
            std::cerr << name << ": refused: " << expected.error().message() << '\n';
            is_fine = false;
            continue;
        }
        for (const Subject& subject : bench::subjects()) {
            if (!subject.has_answer) continue;
            std::optional<Webhook> answer = subject.reader(family_of(body))->answer(body);
            if (answer && !subject.keeps_unknown_text) complete(*answer, *expected);
            const bool is_same = answer && *answer == *expected;
            if (is_same == (difference(subject, name) == nullptr)) continue;
            is_fine = false;
            std::cerr << subject.name << ": " << name << ": "
                      << (is_same   ? "is read as we do, but a difference is noted"
                          : !answer ? "is refused"
                                    : "something else is read")
                      << '\n';
        }
    }
    return is_fine;
}

void time_reading(benchmark::State& state, const Bodies& bodies, Reader& reader) {
    for (const std::string& body : bodies)
        reader.read(body);
    const std::size_t before = allocations;
    for (const std::string& body : bodies)
        reader.read(body);
    state.counters["allocations"] = static_cast<double>(allocations - before);
    for ([[maybe_unused]] auto once : state) {
        for (const std::string& body : bodies)
            reader.read(body);
    }
}

/// Registers the reading of bodies of one family.
/// @param make makes the reader.
template <class Make>
void add(const std::string& name, Bodies bodies, Make&& make) {
    std::size_t bytes = 0;
    for (const std::string& body : bodies)
        bytes += body.size();
    const auto count = static_cast<double>(bodies.size());
    benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
        const std::unique_ptr<Reader> reader = make();
        time_reading(state, bodies, *reader);
        // Something left over from the bodies before may have made it fast, and wrong.
        if (reader->answer(bodies.back()) != make()->answer(bodies.back())) {
            state.SkipWithError("reads another event after many bodies than at first");
        }
        state.counters["bodies"] = count;
        state.counters["bytes"] = static_cast<double>(bytes);
    });
}

void add(const std::string& place, const Subject& subject, const Bodies& bodies) {
    const Family family = family_of(bodies.front());
    add(place + "/" + subject.name, bodies, [&subject, family] { return subject.reader(family); });
}

/// All golden bodies of Integration Webhooks that every subject reads alike, in an order that no
/// branch predictor knows by heart.
Bodies mix() {
    constexpr int rounds = 20;
    Bodies bodies;
    for (int round = 0; round != rounds; ++round) {
        for (const payloads::Payload& golden : payloads::golden()) {
            const bool is_clear = std::none_of(
                bench::subjects().begin(), bench::subjects().end(), [&](const Subject& subject) {
                    return difference(subject, golden.label()) != nullptr;
                });
            if (is_clear && family_of(golden.body) == Family::integration) {
                bodies.push_back(golden.body);
            }
        }
    }
    // A shuffle of our own: the standard's differs between libraries.
    std::mt19937 random(1);
    for (std::size_t i = bodies.size(); i > 1; --i)
        std::swap(bodies[i - 1], bodies[random() % i]);
    return bodies;
}

/// Reads bodies from one text, a body on each line.
class LineReader final : public Reader {
  public:
    void read(std::string_view text) override {
        parse_lines(parser_, text,
                    [](const mews::webhooks::Line& line) { bench::keep(line.result); });
    }

  private:
    mews::webhooks::Parser parser_;
};

/// The same bodies one by one, and from one text.
void add_lines(const Subject& one_by_one, Bodies bodies) {
    std::erase_if(bodies, [](const std::string& body) { return body.find('\n') != body.npos; });
    std::string text;
    for (const std::string& body : bodies)
        text += body + '\n';
    add("lines/one by one", one_by_one, bodies);
    // As many lines as there are bodies: the report divides by them.
    add("lines/parse_lines/mews/borrowed", {text}, [] { return std::make_unique<LineReader>(); });
}

void add_all() {
    constexpr std::array<std::size_t, 5> ignored_sizes{0, 1 << 10, 1 << 14, 1 << 17, 1'000'000};
    const Bodies mixed = mix();
    for (const Subject& subject : bench::subjects()) {
        for (const auto& [name, body] : compared()) {
            if (difference(subject, name) == nullptr) add("body/" + name, subject, {body});
        }
        if (subject.name != "long strings/-") add("mix", subject, mixed);

        const bool is_ours = subject.name == "mews/borrowed";
        if (is_ours) {
            add_lines(subject, mixed);
            for (const payloads::Payload& broken : payloads::broken())
                add("refused/" + broken.name, subject, {broken.body});
            for (const auto& [name, body] : bench::adversarial(std::size_t{1} << 16))
                add("adversarial/" + name, subject, {body});
        }
        if (is_ours || subject.name == "simdjson walk/borrowed") {
            for (const std::size_t size : ignored_sizes) {
                for (const auto& [name, body] : bench::with_ignored(size))
                    add("ignored/" + name + "/" + std::to_string(size), subject, {body});
            }
            add("random/text", subject, bench::RandomContent{}.strings());
            add("random/numbers", subject, bench::RandomContent{}.numbers());
            add("random/nested", subject, bench::RandomContent{}.nested());
        }
    }
}

void describe_build() {
    benchmark::AddCustomContext("compiler", MEWS_WEBHOOKS_BENCHMARK_COMPILER);
    benchmark::AddCustomContext("flags", MEWS_WEBHOOKS_BENCHMARK_FLAGS);
    benchmark::AddCustomContext("simdjson implementation",
                                std::string{simdjson::get_active_implementation()->name()});
    for (const Subject& subject : bench::subjects()) {
        if (!subject.version.empty()) {
            benchmark::AddCustomContext("version of " + subject.name, subject.version);
        }
        for (const auto& [ending, reason] : subject.differences)
            benchmark::AddCustomContext(subject.name + " differs on " + ending, reason);
    }
}

}  // namespace

int main(int argc, char** argv) {
    // In one order whatever the linker's.
    std::sort(bench::subjects().begin(), bench::subjects().end(),
              [](const Subject& left, const Subject& right) { return left.name < right.name; });
    if (!compare_answers()) return EXIT_FAILURE;
    describe_build();
    add_all();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return EXIT_FAILURE;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return EXIT_SUCCESS;
}
