// The main function of every suite. MEWS_WEBHOOKS_TEST_IMPLEMENTATION names the implementation of
// simdjson (fallback, westmere, haswell, ...) that the suite is to run with; without it, simdjson
// chooses the best one for the machine.

#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

namespace {

constexpr int skipped = 77;  // CTest reports it as such

bool choose_implementation(std::string_view name) {
    for (const simdjson::implementation* implementation :
         simdjson::get_available_implementations()) {
        if (implementation->name() == name && implementation->supported_by_runtime_system()) {
            simdjson::get_active_implementation() = implementation;
            return true;
        }
    }
    return false;
}

}  // namespace

int main(int argc, char* argv[]) {
    if (const char* name = std::getenv("MEWS_WEBHOOKS_TEST_IMPLEMENTATION");
        name != nullptr && *name != '\0') {
        if (!choose_implementation(name)) {
            std::printf("skipped: simdjson %s can't run its implementation '%s' here\n",
                        SIMDJSON_STRINGIFY(SIMDJSON_VERSION), name);
            return skipped;
        }
    }
    return Catch::Session().run(argc, argv);
}
