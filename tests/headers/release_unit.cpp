// Compiled as for production.

#include "exercise.hpp"

UnitReport report_of_release_unit() {
    return exercise();
}
