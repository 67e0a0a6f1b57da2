// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <functional>
#include <set>

#include "sample_town.hpp"

namespace documents {
namespace {

using documents_test::Sample;
using documents_test::sample_plan;
using registry::EvacuationPlan;

TEST(PlanQr, NamesPlanRevisionAndEightHexDigits) {
  EXPECT_THAT(plan_qr_text(sample_plan()),
              testing::MatchesRegex("TOMONI:PLAN:01BX5ZZKBKACTAV9WEVGEMMVRZ:3:[0-9a-f]{8}"));
}

TEST(PlanQr, EveryChangeOfThePlanChangesTheDigest) {
  const std::vector<std::function<void(EvacuationPlan&)>> changes{
      [](EvacuationPlan&) {},
      [](EvacuationPlan& plan) { plan.subject.value = "01ARZ3NDEKTSV4RRFFQ69G5FAW"; },
      [](EvacuationPlan& plan) { plan.status = registry::PlanStatus::Active; },
      [](EvacuationPlan& plan) { plan.courses[0].hazard = registry::HazardKind::Landslide; },
      [](EvacuationPlan& plan) { plan.courses[0].home_hazard.clear(); },
      [](EvacuationPlan& plan) { plan.courses[0].gap = registry::Gap::SheltersFull; },
      [](EvacuationPlan& plan) { plan.courses[0].legs.push_back(plan.courses[0].legs.front()); },
      [](EvacuationPlan& plan) { plan.courses[0].legs[0].shelter_name = "ともに第三小学校"; },
      // The same letters, divided differently.
      [](EvacuationPlan& plan) {
        plan.courses[0].legs[0].shelter_address.insert(0, plan.courses[0].legs[0].shelter_name);
        plan.courses[0].legs[0].shelter_name.clear();
      },
      [](EvacuationPlan& plan) { plan.courses[0].legs[0].duration_s += 1; },
      [](EvacuationPlan& plan) { plan.courses[0].legs[0].steps_met = 1; },
      [](EvacuationPlan& plan) { plan.courses[0].legs[0].hazards_met.pop_back(); },
      [](EvacuationPlan& plan) { plan.courses[0].legs[0].route[2].lat += 2e-7; }};
  std::set<std::string> texts;
  for (const auto& change : changes) {
    EvacuationPlan plan = sample_plan();
    change(plan);
    texts.insert(plan_qr_text(plan));
  }
  EXPECT_EQ(texts.size(), changes.size());
}

TEST(PlanQr, NothingAboutThePersonMovesIt) {
  Sample sample;
  const std::string before = plan_qr_text(sample.plan);
  sample.person().name = "別人 次郎";
  sample.person().phone = "03-0000-0000";
  EXPECT_EQ(plan_qr_text(sample.plan), before);
  for (const std::string& secret : {std::string("架空"), std::string("042"), std::string("1938"),
                                    sample.person().resident_no, sample.person().id.value}) {
    EXPECT_THAT(before, Not(testing::HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace documents
