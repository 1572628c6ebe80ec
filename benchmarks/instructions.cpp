/// @file
/// Reads bodies a few times under callgrind, which counts the instructions. budget.py runs it and
/// holds what was counted against budget.json.
///
///     valgrind --tool=callgrind --collect-atstart=no mews-webhooks-instructions <implementation>
///
/// in the project's directory.
///
/// The implementation is simdjson's: which one it would choose depends on the machine, and under
/// valgrind on what valgrind emulates.

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <simdjson.h>

#include <mews/webhooks.hpp>

#include "bodies.hpp"
#include "payloads.hpp"
#include "subjects/subject.hpp"

namespace {

constexpr int repetitions = 100;

// How many instructions a search or a copy takes depends on where a body begins.
alignas(64) char at_one_place[1 << 18];

void count(const std::string& title, bench::Reader& reader, std::string_view body) {
    reader.read(body);
    reader.read(body);
    CALLGRIND_TOGGLE_COLLECT;
    for (int i = 0; i != repetitions; ++i)
        reader.read(body);
    CALLGRIND_TOGGLE_COLLECT;
    CALLGRIND_DUMP_STATS_AT(title.c_str());
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

    std::vector<bench::NamedBody> bodies = bench::general_bodies();
    for (const payloads::Payload& golden : payloads::golden())
        bodies.push_back({golden.label(), golden.body});
    for (const auto& [name, text] : bodies) {
        if (text.size() > sizeof at_one_place) {
            std::fprintf(stderr, "%s is too long for this program\n", name.c_str());
            return EXIT_FAILURE;
        }
        std::memcpy(at_one_place, text.data(), text.size());
        const std::string_view body{at_one_place, text.size()};
        const auto expected = mews::webhooks::parse_webhook(body);
        if (!expected) {
            std::fprintf(stderr, "%s is refused\n", name.c_str());
            return EXIT_FAILURE;
        }
        const auto family = std::holds_alternative<mews::webhooks::GeneralWebhook>(*expected)
                                ? bench::Family::general
                                : bench::Family::integration;
        for (const bench::Subject& subject : bench::subjects()) {
            const std::unique_ptr<bench::Reader> reader = subject.reader(family);
            // What something else costs that reads something else says nothing.
            if (subject.has_answer && reader->answer(body) != std::optional{*expected}) continue;
            count(subject.name + "\t" + name, *reader, body);
        }
    }
    std::printf("%d.%d.%d\n", simdjson::SIMDJSON_VERSION_MAJOR, simdjson::SIMDJSON_VERSION_MINOR,
                simdjson::SIMDJSON_VERSION_REVISION);
    return EXIT_SUCCESS;
}
