// SPDX-License-Identifier: Apache-2.0
// The promise: nobody is sent first to a shelter that opens later, however near it is.
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

using registry::LegKind;

TEST(SecondaryShelter, IsReachedOverTheSchoolEvenFromNextDoor) {
  scenario::DrawnTown town(R"(
    h--W--------S )");
  town.shelter("学校", 'S');
  registry::Shelter& welfare = town.shelter("福祉避難所", 'W');
  welfare.arrival = registry::ArrivalPolicy::Secondary;
  welfare.kinds.agreement_welfare = true;
  auto& person = town.person("p", 'h', registry::Mobility::WheelchairPushed);
  town.supporter(person, "隣の人", 'h');
  const registry::PlanCourse course = town.course_of("p");
  ASSERT_EQ(course.legs.size(), 2U);
  EXPECT_EQ(course.legs[0].shelter_name, "学校");
  EXPECT_EQ(course.legs[1].shelter_name, "福祉避難所");
  EXPECT_EQ(course.legs[1].kind, LegKind::Transfer);
}

TEST(SecondaryShelter, AloneItIsNoDestinationAndThePlanSaysWhy) {
  scenario::DrawnTown town(R"(
    h--W )");
  town.shelter("福祉避難所", 'W').arrival = registry::ArrivalPolicy::Secondary;
  town.person("p", 'h', registry::Mobility::Walks);
  const registry::PlanCourse course = town.course_of("p");
  EXPECT_TRUE(course.legs.empty());
  EXPECT_EQ(course.gap, registry::Gap::NoPermittedShelter);
}

}  // namespace
