// SPDX-License-Identifier: Apache-2.0
// The promise: where no way is better, staying upstairs is said, and only where it is dry there.
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

using registry::StayAdvice;

class CutOff : public testing::Test {
 protected:
  CutOff()
      : town_(R"(
    h--a---S )"),
        person_(town_.person("p", 'h', registry::Mobility::Walks)) {
    town_.shelter("学校", 'S');
    town_.close('a', 'S');
    town_.zone(route::HazardKind::Flood, 2, 'h');  // up to 3 m
    person_.needs.dwelling.home_floor = 1;
  }
  scenario::DrawnTown town_;
  registry::PlanSubject& person_;
};

TEST_F(CutOff, UpstairsInABuildingThatIsHigherThanTheWater) {
  person_.needs.dwelling.floors = 5;
  EXPECT_EQ(town_.course_of("p").stay, StayAdvice::Upstairs);
}

TEST_F(CutOff, NotInABungalow) {
  person_.needs.dwelling.floors = 1;
  const registry::PlanCourse course = town_.course_of("p");
  EXPECT_EQ(course.stay, StayAdvice::None);
  EXPECT_FALSE(course.stay_reason.empty());
}

TEST_F(CutOff, NotOnALandslideSlope) {
  person_.needs.dwelling.floors = 5;
  town_.zone(route::HazardKind::Landslide, 1, 'h');
  EXPECT_EQ(town_.course_of("p").stay, StayAdvice::None);
}

TEST_F(CutOff, NeverInAnEarthquake) {
  person_.needs.dwelling.floors = 5;
  town_.hazards = {registry::HazardKind::Earthquake};
  EXPECT_EQ(town_.course_of("p").stay, StayAdvice::None);
}

TEST(OpenWay, IsTakenInsteadOfStaying) {
  scenario::DrawnTown town(R"(
    h--a---S )");
  town.shelter("学校", 'S');
  town.zone(route::HazardKind::Flood, 2, 'h');
  auto& person = town.person("p", 'h', registry::Mobility::Walks);
  person.needs.dwelling.floors = 5;
  person.needs.dwelling.home_floor = 5;
  const registry::PlanCourse course = town.course_of("p");
  EXPECT_EQ(course.legs.size(), 1U);
  EXPECT_EQ(course.stay, StayAdvice::None);
}

}  // namespace
