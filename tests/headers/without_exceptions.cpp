// A program without exceptions and run-time type information.

#include <cstdio>

#include "exercise.hpp"

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "exceptions or run-time type information are on"
#endif

int main() {
    const UnitReport report = exercise();
    if (report.results == report.expected && !report.results.empty()) return 0;
    std::fputs(report.results.c_str(), stderr);
    return 1;
}
