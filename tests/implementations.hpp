/// @file
/// simdjson chooses one of its CPU implementations when a program runs. What is tested must not
/// depend on that choice, so that tests make it themselves.

#pragma once

#include <string>

#include <simdjson.h>

/// Calls `visit(name)` once with each of simdjson's implementations that this machine can run.
/// Parsers take the one that is active when they meet their first body, and keep it.
template <class Visitor>
void with_each_implementation(Visitor&& visit) {
    auto& active = simdjson::get_active_implementation();
    const simdjson::implementation* const before = active;
    for (const simdjson::implementation* candidate : simdjson::get_available_implementations()) {
        if (!candidate->supported_by_runtime_system()) continue;
        active = candidate;
        visit(std::string{candidate->name()});
    }
    active = before;
}
