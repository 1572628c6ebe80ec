// Translation units that were compiled differently, in one program.

#include "../catch2.hpp"
#include "unit_report.hpp"

TEST_CASE("units that were compiled differently get on in one program") {
    // Twice, in different orders: what one has left behind, another must not take for its own.
    for (const auto report_of :
         {report_of_development_unit, report_of_release_unit, report_of_optimized_unit,
          report_of_hostile_unit, report_of_optimized_unit, report_of_release_unit,
          report_of_hostile_unit, report_of_development_unit}) {
        const UnitReport report = report_of();
        CHECK_FALSE(report.expected.empty());
        CHECK(report.results == report.expected);
    }
}
