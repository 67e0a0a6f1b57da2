// SPDX-License-Identifier: Apache-2.0
#include "planner/city_summary.hpp"

#include <gmock/gmock.h>

namespace planner {
namespace {

using registry::EvacuationPlan;
using registry::LegKind;
using registry::PlanStatus;
using registry::PlanVerdict;

registry::Area square(const std::string& name, double west) {
  registry::Area area;
  area.code = name;
  area.name = name;
  area.level = registry::AreaLevel::Town;
  area.rings = {{{35, west}, {35, west + 1}, {36, west + 1}, {36, west}, {35, west}}};
  return area;
}

registry::PlanSubject somebody(const std::string& id, std::optional<registry::Position> home) {
  registry::PlanSubject subject;
  subject.registrant.person.id.value = id;
  subject.registrant.person.position = home;
  return subject;
}

EvacuationPlan plan_of(const std::string& id, PlanVerdict verdict, const std::string& shelter,
                       PlanStatus status = PlanStatus::Draft) {
  EvacuationPlan plan;
  plan.subject.value = id;
  plan.status = status;
  registry::PlanCourse course;
  course.verdict = verdict;
  if (shelter.empty()) {
    course.gap = registry::Gap::NoPermittedShelter;
  } else {
    registry::PlanLeg leg;
    leg.shelter.value = shelter;
    course.legs = {leg};
    leg.kind = LegKind::Transfer;
    leg.shelter.value = "福祉";
    course.legs.push_back(leg);
  }
  plan.courses = {course};
  return plan;
}

TEST(CitySummary, CountsPlansByAreaVerdictAndShelter) {
  const std::vector<registry::Area> areas = {square("東町", 139), square("西町", 138)};
  const registry::Position east{35.5, 139.5};
  const registry::Position west{35.5, 138.5};
  const std::vector<registry::PlanSubject> people = {
      somebody("1", east), somebody("2", east), somebody("3", west), somebody("4", std::nullopt)};
  const std::vector<EvacuationPlan> plans = {
      plan_of("1", PlanVerdict::Executable, "学校", PlanStatus::Active),
      plan_of("2", PlanVerdict::NotExecutable, ""),
      plan_of("3", PlanVerdict::Executable, "学校", PlanStatus::Withdrawn),
      plan_of("99", PlanVerdict::Executable, "学校")};  // no longer on the register
  registry::Shelter school;
  school.id.value = "学校";
  school.name = "見本小学校";
  school.capacity = 200;
  registry::Shelter welfare;
  welfare.id.value = "福祉";
  welfare.name = "見本園";
  const std::vector<registry::Shelter> shelters = {school, welfare};
  const CitySummary summary =
      city_summary({.subjects = people, .plans = plans, .shelters = shelters, .areas = areas});
  EXPECT_EQ(summary.city.people, 4U);
  EXPECT_EQ(summary.city.planned, 2U);
  EXPECT_EQ(summary.city.settled, 1U);
  EXPECT_EQ(summary.city.executable, 1U);
  EXPECT_EQ(summary.city.not_executable, 1U);
  ASSERT_EQ(summary.areas.size(), 3U);
  EXPECT_EQ(summary.areas[0].name, "東町");
  EXPECT_EQ(summary.areas[0].people, 2U);
  EXPECT_EQ(summary.areas[1].planned, 0U);  // withdrawn
  EXPECT_EQ(summary.areas[2].name, "区域の分からない人");
  ASSERT_EQ(summary.courses.size(), 1U);
  EXPECT_EQ(summary.courses[0].nowhere_to_go, 1U);
  EXPECT_EQ(summary.shelters[1].name, "見本小学校");
  EXPECT_EQ(summary.shelters[1].assigned, 1U);
  EXPECT_EQ(summary.shelters[1].capacity, 200U);
  EXPECT_EQ(summary.shelters[0].assigned, 0U);  // a transfer comes later
}

TEST(CitySummary, TheSumOfTheAreasIsTheCity) {
  std::vector<registry::PlanSubject> people;
  std::vector<EvacuationPlan> plans;
  const std::vector<registry::Area> areas = {square("東町", 139), square("西町", 138)};
  for (int i = 0; i < 60; ++i) {
    const std::string id = std::to_string(i);
    people.push_back(somebody(id, registry::Position{35.5, 137.7 + i * 0.05}));
    if (i % 3 != 0) {
      plans.push_back(plan_of(id, static_cast<PlanVerdict>(i % 4), "学校"));
    }
  }
  const CitySummary summary =
      city_summary({.subjects = people, .plans = plans, .shelters = {}, .areas = areas});
  PlanShare sum;
  for (const PlanShare& area : summary.areas) {
    sum.people += area.people;
    sum.planned += area.planned;
    sum.executable += area.executable;
    sum.at_risk += area.at_risk;
    sum.not_judged += area.not_judged;
  }
  EXPECT_EQ(sum.people, summary.city.people);
  EXPECT_EQ(sum.planned, summary.city.planned);
  EXPECT_EQ(sum.executable, summary.city.executable);
  EXPECT_EQ(sum.at_risk, summary.city.at_risk);
  EXPECT_EQ(sum.executable + sum.at_risk + sum.not_judged + summary.city.not_executable,
            summary.city.planned);
}

}  // namespace
}  // namespace planner
