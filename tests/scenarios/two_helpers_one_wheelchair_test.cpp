// SPDX-License-Identifier: Apache-2.0
// The promise: a wheelchair that takes two on the slope is not planned with one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

using registry::PlanVerdict;

class Slope : public testing::Test {
 protected:
  Slope()
      : town_(R"(
    x----h--------S
    |
    y )",
              [](char /*from*/, char to, route::Road& road) {
                road.slope_permille = to == 'S' ? 60 : 0;
              }),
        person_(town_.person("p", 'h', registry::Mobility::WheelchairPushed)) {
    town_.shelter("丘の学校", 'S');
    person_.needs.hands = 2;
  }
  scenario::DrawnTown town_;
  registry::PlanSubject& person_;
};

TEST_F(Slope, WithOneHelperThePlanCannotBeCarriedOutAndSaysSo) {
  town_.supporter(person_, "一人目", 'x');
  const registry::PlanCourse course = town_.course_of("p");
  EXPECT_EQ(course.verdict, PlanVerdict::NotExecutable);
  EXPECT_THAT(course.cause, testing::HasSubstr("人数が足りない"));
}

TEST_F(Slope, WithTwoBothAreAtTheDoorBeforeTheyStart) {
  town_.supporter(person_, "一人目", 'x');
  town_.supporter(person_, "二人目", 'y');
  const registry::PlanCourse course = town_.course_of("p");
  EXPECT_NE(course.verdict, PlanVerdict::NotExecutable) << course.cause;
  ASSERT_EQ(course.helpers.size(), 2U);
  for (const registry::PlannedHelper& helper : course.helpers) {
    EXPECT_FALSE(helper.backup);
    EXPECT_LE(helper.arrives_s, course.timing.notify_s + course.timing.supporter_s);
  }
}

TEST_F(Slope, AThirdStandsIn) {
  town_.supporter(person_, "一人目", 'x');
  town_.supporter(person_, "二人目", 'y');
  town_.supporter(person_, "三人目", 'y');
  const registry::PlanCourse course = town_.course_of("p");
  EXPECT_EQ(std::ranges::count(course.helpers, true, &registry::PlannedHelper::backup), 1);
}

}  // namespace
