// SPDX-License-Identifier: Apache-2.0
#include "planner/weak_plans.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace planner {
namespace {

using registry::PlanCourse;
using registry::PlanVerdict;
using testing::ElementsAre;
using testing::IsEmpty;

const WeaknessScore kScore{
    .not_executable = 40, .at_risk = 15, .way_cut = 20, .no_way = 60, .likely_percent = 20};

std::vector<Fix> kinds(const WeaknessFacts& facts) {
  std::vector<Fix> found;
  for (const FixProposal& proposal : fixes_for(facts, kScore)) {
    found.push_back(proposal.fix);
  }
  return found;
}

PlanCourse course(PlanVerdict verdict) {
  PlanCourse made;
  made.verdict = verdict;
  made.legs.emplace_back();
  return made;
}

TEST(WeakPlans, PointsAddUpFromVerdictPriorityAndExposure) {
  const PlanCourse bad = course(PlanVerdict::NotExecutable);
  const auto points =
      weakness_of({.course = bad, .priority = 55, .exposure = Exposure{0.5, 0.1}}, kScore);
  ASSERT_TRUE(points.has_value());
  EXPECT_EQ(points->verdict, 40);
  EXPECT_EQ(points->priority, 55);
  EXPECT_EQ(points->way_cut, 10);
  EXPECT_EQ(points->no_way, 6);
  EXPECT_EQ(points->total(), 111);
}

TEST(WeakPlans, PriorityAloneIsNoWeakness) {
  const PlanCourse good = course(PlanVerdict::Executable);
  EXPECT_FALSE(weakness_of({.course = good, .priority = 90}, kScore).has_value());
  EXPECT_FALSE(weakness_of({.course = good, .exposure = Exposure{0.19, 0}}, kScore).has_value());
  EXPECT_TRUE(weakness_of({.course = good, .exposure = Exposure{0.2, 0}}, kScore).has_value());
}

TEST(WeakPlans, WhoHasNoDestinationIsToldWhatIsMissing) {
  PlanCourse none = course(PlanVerdict::NotExecutable);
  for (const auto& [gap, fix] :
       {std::pair(registry::Gap::NoPosition, Fix::LocateHome),
        std::pair(registry::Gap::OffTheRoads, Fix::OpenRoad),
        std::pair(registry::Gap::RoadsClosed, Fix::OpenRoad),
        std::pair(registry::Gap::SheltersFull, Fix::MoreSeats),
        std::pair(registry::Gap::NoPermittedShelter, Fix::DesignateShelter)}) {
    none.gap = gap;
    EXPECT_THAT(kinds({.course = none, .hands = 2}), ElementsAre(fix));
  }
}

TEST(WeakPlans, HelpersAreCountedWithoutThoseWhoStandIn) {
  PlanCourse helped = course(PlanVerdict::AtRisk);
  helped.helpers.resize(2);
  helped.helpers[1].backup = true;
  EXPECT_THAT(kinds({.course = helped, .hands = 2, .supporters = 2}),
              ElementsAre(Fix::FindSupporter));
  EXPECT_THAT(kinds({.course = helped, .hands = 1, .supporters = 1}),
              ElementsAre(Fix::SecondSupporter));
  EXPECT_THAT(kinds({.course = helped, .hands = 1, .supporters = 2}),
              ElementsAre(Fix::SecondSupporter))
      << "enough of them, in time: what is left are hours at which nobody can";
  helped.verdict = PlanVerdict::Executable;
  EXPECT_THAT(kinds({.course = helped, .hands = 1, .supporters = 2}), IsEmpty());
}

TEST(WeakPlans, WhoIsLateIsShownTheNearerShelterWhereThereIsOne) {
  PlanCourse late = course(PlanVerdict::NotExecutable);
  late.timing.limit_s = 1000;
  late.timing.total_p90_s = 1200;
  EXPECT_THAT(kinds({.course = late}), ElementsAre(Fix::SaveTime));
  const auto fixes = fixes_for({.course = late, .nearer = NearerShelter{"北小学校", 300}}, kScore);
  ASSERT_EQ(fixes.size(), 1U);
  EXPECT_EQ(fixes[0].fix, Fix::NearerShelter);
  EXPECT_EQ(fixes[0].shelter, "北小学校");
  EXPECT_EQ(fixes[0].saves_s, 300);
  EXPECT_THAT(kinds({.course = late, .battery_s = 1100}),
              ElementsAre(Fix::SaveTime, Fix::SparePower));
}

TEST(WeakPlans, LikelyBlockedWaysWantAnotherOne) {
  PlanCourse far = course(PlanVerdict::Executable);
  EXPECT_THAT(kinds({.course = far, .exposure = Exposure{0.1, 0.1}}), IsEmpty());
  EXPECT_THAT(kinds({.course = far, .exposure = Exposure{0.3, 0.1}}), ElementsAre(Fix::SecondWay));
  far.second.route.resize(2);
  EXPECT_THAT(kinds({.course = far, .exposure = Exposure{0.3, 0.25}}),
              ElementsAre(Fix::SecondShelter, Fix::PractiseSecondWay));
}

TEST(WeakPlans, EveryFixHasItsOwnWords) {
  std::set<std::string_view> words;
  constexpr int kFixes = static_cast<int>(Fix::PractiseSecondWay) + 1;
  for (int i = 0; i < kFixes; ++i) {
    words.insert(to_text(static_cast<Fix>(i)));
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(kFixes));
  EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace planner
