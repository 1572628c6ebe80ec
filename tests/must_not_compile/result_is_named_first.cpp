// A pointer into a temporary Result would dangle.
//
// 1: name the Result first
// 2: name the Result first
// 3: name the Result first

#include <utility>

#include <mews/webhooks/entities.hpp>
#include <mews/webhooks/result.hpp>

using mews::webhooks::Integration;
using mews::webhooks::Result;

Result<Integration> integration();

const char* name() {
    static const Result<Integration> named = integration();
#if MUST_NOT_COMPILE == 1
    return integration()->name.c_str();
#elif MUST_NOT_COMPILE == 2
    return std::move(named)->name.c_str();
#elif MUST_NOT_COMPILE == 3
    auto temporary = integration();
    return std::move(temporary)->name.c_str();
#else
    const auto& last = *integration();  // a value of its own
    return last.name.empty() ? nullptr : named->name.c_str();
#endif
}
