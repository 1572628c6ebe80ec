/// @file
/// Reads every golden body a few times under callgrind, which counts the instructions. budget.py
/// runs it and holds what was counted against budget.json.
///
///     valgrind --tool=callgrind --collect-atstart=no mews-webhooks-instructions <implementation>
///
/// The implementation is simdjson's: which one it would choose depends on the machine, and under
/// valgrind on what valgrind emulates.

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <mews/webhooks.hpp>

#include "padded_copy.hpp"
#include "payloads.hpp"
#include "simdjson_walk.hpp"

namespace {

constexpr int repetitions = 100;

// How many instructions a search or a copy takes depends on where a body begins.
alignas(64) char at_one_place[4096];

template <class Read>
void count(const char* subject, const std::string& label, Read&& read) {
    read();
    read();
    CALLGRIND_TOGGLE_COLLECT;
    for (int i = 0; i != repetitions; ++i)
        read();
    CALLGRIND_TOGGLE_COLLECT;
    const std::string title = std::string{subject} + " " + label;
    CALLGRIND_DUMP_STATS_AT(title.c_str());
}

/// Whether the walk reads what we do. Where it does not, what it costs says nothing.
bool agrees(const mews::webhooks::EventView& walked, std::string_view body) {
    const auto ours = mews::webhooks::parse(body);
    return ours && to_owned(walked) == *ours;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s <simdjson implementation>\n", argv[0]);
        return EXIT_FAILURE;
    }
    const simdjson::implementation* const chosen =
        simdjson::get_available_implementations()[argv[1]];
    if (chosen == nullptr || !chosen->supported_by_runtime_system()) {
        std::fprintf(stderr, "this machine cannot run simdjson's %s\n", argv[1]);
        return EXIT_FAILURE;
    }
    simdjson::get_active_implementation() = chosen;

    mews::webhooks::Parser parser;
    bench::SimdjsonWalk walk;
    simdjson::ondemand::parser stage_one;
    bench::PaddedCopy copy;
    mews::webhooks::EventView event;
    for (const payloads::Payload& golden : payloads::golden()) {
        if (golden.body.size() > sizeof at_one_place) {
            std::fprintf(stderr, "%s is too long for this program\n", golden.label().c_str());
            return EXIT_FAILURE;
        }
        std::memcpy(at_one_place, golden.body.data(), golden.body.size());
        const std::string_view body{at_one_place, golden.body.size()};

        count("ours", golden.label(), [&] {
            auto result = parser.parse_view(body);
            benchmark::DoNotOptimize(result);
        });
        count("stage1", golden.label(), [&] {
            auto document = stage_one.iterate(copy.of(body));
            benchmark::DoNotOptimize(document);
        });
        if (!walk.read(body, event) || !agrees(event, body)) continue;
        count("walk", golden.label(), [&] {
            bool is_read = walk.read(body, event);
            benchmark::DoNotOptimize(is_read);
            benchmark::DoNotOptimize(event);
        });
    }
    std::printf("%d.%d.%d\n", simdjson::SIMDJSON_VERSION_MAJOR, simdjson::SIMDJSON_VERSION_MINOR,
                simdjson::SIMDJSON_VERSION_REVISION);
    return EXIT_SUCCESS;
}
