// Translation units that were compiled differently, in one program.

#include <sstream>
#include <string>
#include <string_view>

#include "../catch2.hpp"
#include "unit_report.hpp"

namespace {

struct Unit {
    std::string_view name;
    UnitReport (*report)();
};

// Twice: what one has left behind, another must not take for its own.
constexpr Unit units_in_two_orders[] = {
    {"development", report_of_development_unit}, {"release", report_of_release_unit},
    {"optimized", report_of_optimized_unit},     {"hostile_macros", report_of_hostile_unit},
    {"optimized", report_of_optimized_unit},     {"release", report_of_release_unit},
    {"hostile_macros", report_of_hostile_unit},  {"development", report_of_development_unit},
};

/// The first line that is not as expected, beside what is; empty if all are.
std::string first_difference(const UnitReport& report) {
    std::istringstream results{report.results};
    std::istringstream expected{report.expected};
    std::string line;
    std::string expected_line;
    for (int number = 1;; ++number) {
        const bool more = static_cast<bool>(std::getline(results, line));
        const bool more_expected = static_cast<bool>(std::getline(expected, expected_line));
        if (!more && !more_expected) return {};
        if (more && more_expected && line == expected_line) continue;
        return "line " + std::to_string(number) + ": " + (more ? line : "none") +
               "\ninstead of: " + (more_expected ? expected_line : "none");
    }
}

}  // namespace

TEST_CASE("units that were compiled differently get on in one program") {
    for (const auto& [unit, report_of] : units_in_two_orders) {
        const UnitReport report = report_of();
        INFO(unit << "_unit.cpp; what it must give stands in tests/headers/exercise.hpp");
        REQUIRE_FALSE(report.expected.empty());
        // The first difference ends it: the others are mostly the same one again.
        REQUIRE(first_difference(report) == "");
    }
}
