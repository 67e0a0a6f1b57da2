// SPDX-License-Identifier: Apache-2.0
// The promise: where something cannot be planned, a plain reason stands in its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

using registry::Gap;
using registry::Mobility;

constexpr const char* kPlainStreet = R"(
    h--a---S )";

TEST(PlainReasons, NoShelterAtAll) {
  scenario::DrawnTown town(kPlainStreet);
  town.person("p", 'h', Mobility::Walks);
  EXPECT_EQ(town.course_of("p").cause, to_text(Gap::NoPermittedShelter));
}

TEST(PlainReasons, NoShelterThatIsOpenInTime) {
  scenario::DrawnTown town(kPlainStreet);
  town.shelter("学校", 'S').opens_after_min = 24 * 60;
  town.person("p", 'h', Mobility::Walks);
  EXPECT_EQ(town.course_of("p").gap, Gap::NoPermittedShelter);
  const planner::PlanReport report = town.plan();
  EXPECT_EQ(report.courses[0].shelters_left_out.at("開設が避難の期限に間に合わない"), 1U);
}

TEST(PlainReasons, AShelterWithoutSeats) {
  scenario::DrawnTown town(kPlainStreet);
  town.shelter("学校", 'S', 0);
  town.person("p", 'h', Mobility::Walks);
  EXPECT_EQ(town.course_of("p").gap, Gap::SheltersFull);
}

TEST(PlainReasons, APersonOnAnIsland) {
  scenario::DrawnTown town(R"(
    h--a---S






             i--k )");
  town.shelter("学校", 'S');
  town.person("p", 'i', Mobility::Walks);
  EXPECT_EQ(town.course_of("p").cause, to_text(Gap::OffTheRoads)) << "its roads lead nowhere";
}

TEST(PlainReasons, APersonWithoutAPlace) {
  scenario::DrawnTown town(kPlainStreet);
  town.shelter("学校", 'S');
  town.person("p", 'h', Mobility::Walks).registrant.person.position.reset();
  EXPECT_EQ(town.course_of("p").cause, to_text(Gap::NoPosition));
}

TEST(PlainReasons, ADeadlineThatIsPastAtTheSignal) {
  scenario::DrawnTown town(kPlainStreet);
  town.shelter("学校", 'S');
  town.person("p", 'h', Mobility::Walks);
  town.zone(route::HazardKind::Flood, 3, 'h', 0);
  const registry::PlanCourse course = town.course_of("p");
  EXPECT_EQ(course.verdict, registry::PlanVerdict::NotExecutable);
  EXPECT_LE(course.timing.limit_s.value(), course.timing.travel_s);
  EXPECT_THAT(course.cause, testing::HasSubstr("間に合わない"));
}

TEST(PlainReasons, AnEmptyTownHasNoPlansAndNoErrors) {
  scenario::DrawnTown town(kPlainStreet);
  const planner::PlanReport report = town.plan();
  EXPECT_EQ(report.registrants, 0U);
  EXPECT_EQ(report.courses.size(), 1U);
}

TEST(PlainReasons, ASpareBatteryCounts) {
  scenario::DrawnTown town(kPlainStreet);
  town.shelter("学校", 'S').equipment.at(static_cast<std::size_t>(registry::Equipment::Power)) =
      true;
  auto& person = town.person("p", 'h', Mobility::Walks);
  registry::Device device;
  device.power_w = 60;
  device.battery_minutes = 20;
  person.needs.devices = {device};
  EXPECT_THAT(town.course_of("p").cause, testing::HasSubstr("電池が避難先に着く前に切れる"));
  person.needs.devices[0].spare_battery = true;
  EXPECT_THAT(town.course_of("p").cause, testing::Not(testing::HasSubstr("着く前に切れる")));
}

}  // namespace
