// Compiled as in development: not optimized, with assertions and simdjson's own checks.

#include "exercise.hpp"

UnitReport report_of_development_unit() {
    return exercise();
}
