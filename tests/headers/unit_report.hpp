/// @file
/// What a translation unit makes of some bodies: the same, however it was compiled.

#pragma once

#include <string>

struct UnitReport {
    std::string results;
    std::string expected;
};

// One for each unit that is linked into the program.
UnitReport report_of_development_unit();
UnitReport report_of_optimized_unit();
UnitReport report_of_release_unit();
UnitReport report_of_hostile_unit();
