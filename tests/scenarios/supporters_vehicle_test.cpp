// SPDX-License-Identifier: Apache-2.0
// The promise: a plan with a vehicle names whose it is, or says that there is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

using registry::PlanVerdict;
using registry::Transport;

class Vehicle : public testing::Test {
 protected:
  Vehicle()
      : town_(R"(
    x--h------------------S )"),
        person_(town_.person("p", 'h', registry::Mobility::WheelchairPushed)) {
    town_.shelter("学校", 'S');
  }
  scenario::DrawnTown town_;
  registry::PlanSubject& person_;
};

TEST_F(Vehicle, OfASupporterTakesThePersonThere) {
  person_.needs.transport = {Transport::WelfareVehicle};
  town_.supporter(person_, "車のある人", 'x').has_vehicle = true;
  const registry::PlanCourse course = town_.course_of("p");
  ASSERT_EQ(course.legs.size(), 1U);
  EXPECT_EQ(course.legs[0].profile, "vehicle");
  EXPECT_NE(course.verdict, PlanVerdict::NotExecutable) << course.cause;
}

TEST_F(Vehicle, WithoutASupporterWhoHasOneThePlanSaysSo) {
  person_.needs.transport = {Transport::WelfareVehicle};
  town_.supporter(person_, "歩く人", 'x');
  const registry::PlanCourse course = town_.course_of("p");
  EXPECT_EQ(course.verdict, PlanVerdict::NotExecutable);
  EXPECT_THAT(course.cause, testing::HasSubstr("車両のある支援者がいない"));
}

TEST_F(Vehicle, OfThePersonNeedsNoneOfASupporter) {
  person_.needs.transport = {Transport::OwnCar};
  town_.supporter(person_, "歩く人", 'x');
  const registry::PlanCourse course = town_.course_of("p");
  EXPECT_EQ(course.legs.at(0).profile, "vehicle");
  EXPECT_NE(course.verdict, PlanVerdict::NotExecutable) << course.cause;
}

TEST_F(Vehicle, ByAgreementIsToldAsSomethingToArrange) {
  person_.needs.transport = {Transport::TaxiAgreement};
  town_.supporter(person_, "歩く人", 'x');
  EXPECT_THAT(town_.course_of("p").risks, testing::Contains(testing::HasSubstr("協定の車両")));
}

TEST_F(Vehicle, IsNotPlannedForWhoGoesOnFootToo) {
  person_.needs.transport = {Transport::OnFoot, Transport::OwnCar};
  town_.supporter(person_, "歩く人", 'x');
  EXPECT_EQ(town_.course_of("p").legs.at(0).profile, "wheelchair");
}

TEST_F(Vehicle, TheWheelchairStillCountsAtTheShelter) {
  person_.needs.transport = {Transport::OwnCar};
  town_.shelters.at(0).equipment.at(static_cast<std::size_t>(registry::Equipment::StepFree)) =
      false;
  EXPECT_EQ(town_.course_of("p").gap, registry::Gap::NoPermittedShelter);
}

}  // namespace
