// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <sstream>

#include "drill/drill_stages.hpp"
#include "support/map_sketch.hpp"

namespace {

TEST(DrillBench, MeasuresASmallTownAndFindsEverythingRight) {
  const support::MapSketch town(R"(
      a----b----c----d----e
      |    |    |    |    |
      f----g----h----i----j
      |    |    |    |    |
      k----l----m----n----o)",
                                50);
  std::ostringstream people;
  bench::Report report{.people = people};
  const bench::DrillStagesRequest request{
      .graph = town.graph(),
      .size = {.people = 60, .supporters = 40, .shelters = 6, .vehicles = 2, .narrow = 3},
      .single_runs = 2,
      .runs = 4,
      .short_runs = 4};
  measure_drill(request, bench::DrillHazard::Water, report);
  measure_drill(request, bench::DrillHazard::Rubble, report);
  EXPECT_TRUE(report.checks.all_right());
  ASSERT_EQ(report.document.at("drills").size(), 2U);
  for (const auto& drill : report.document.at("drills")) {
    EXPECT_GT(drill.at("safe"), 0);
    EXPECT_GT(drill.at("events"), 0);
  }
}

}  // namespace
