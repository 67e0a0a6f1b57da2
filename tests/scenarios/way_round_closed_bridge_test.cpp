// SPDX-License-Identifier: Apache-2.0
// The promise: when the near bridge cannot be passed, the way goes round over the other one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

constexpr const char* kRiver = R"(
    h----n----S
    |         |
    f---------g )";

double length_of(scenario::DrawnTown& town) {
  const registry::PlanCourse course = town.course_of("p");
  return course.legs.empty() ? 0 : course.legs.front().length_m;
}

TEST(ClosedBridge, TheWayGoesRound) {
  scenario::DrawnTown town(kRiver);
  town.shelter("学校", 'S');
  town.person("p", 'h', registry::Mobility::Walks);
  EXPECT_NEAR(length_of(town), 500, 1);
  town.close('h', 'n');
  EXPECT_NEAR(length_of(town), 700, 1);
}

TEST(ClosedBridge, WithoutAnotherThePlanSaysThatTheRoadIsClosed) {
  scenario::DrawnTown town(kRiver);
  town.shelter("学校", 'S');
  town.person("p", 'h', registry::Mobility::Walks);
  town.close('h', 'n');
  town.close('f', 'g');
  const registry::PlanCourse course = town.course_of("p");
  EXPECT_EQ(course.gap, registry::Gap::RoadsClosed);
  EXPECT_EQ(course.verdict, registry::PlanVerdict::NotExecutable);
  EXPECT_THAT(course.cause, testing::HasSubstr("通行止め"));
}

/// The flood reaches the bridge before a slow person does: not a closure, but a limit.
TEST(ClosedBridge, WaterThatComesLaterSetsTheTimeByWhichToStart) {
  scenario::DrawnTown town(kRiver);
  town.shelter("学校", 'S');
  town.person("p", 'h', registry::Mobility::Walks);
  town.zone(route::HazardKind::Flood, 3, 'n', 60);
  const registry::PlanCourse course = town.course_of("p");
  EXPECT_EQ(course.verdict, registry::PlanVerdict::NotExecutable);
  EXPECT_EQ(course.timing.limit_cause, "経路の道が通れなくなる");
  EXPECT_THAT(course.risks, testing::Contains(testing::HasSubstr("経路が危険区域を通る")));
}

}  // namespace
