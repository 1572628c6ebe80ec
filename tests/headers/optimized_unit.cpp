// Compiled for newer processors, and for a newer standard.

#include "exercise.hpp"

UnitReport report_of_optimized_unit() {
    return exercise();
}
