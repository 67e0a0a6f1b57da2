// SPDX-License-Identifier: Apache-2.0
// The promise: a plan people have settled is never changed by the computation, but told broken when
// it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

using registry::PlanStatus;
using registry::StaleReason;

class Settled : public testing::Test {
 protected:
  Settled()
      : town_(R"(
    h----n----S----T
    |         |
    f---------g )") {
    town_.shelter("学校", 'S');
    town_.shelter("会館", 'T');
    town_.person("p", 'h', registry::Mobility::Walks);
    registry::EvacuationPlan plan = town_.plan().plans.at(0);
    plan.id = {"plan"};
    plan.status = PlanStatus::Active;
    town_.stored.emplace(plan.subject, plan);
  }
  /// The reasons, when the plan would be flagged.
  std::vector<StaleReason> reasons() {
    std::vector<StaleReason> reasons;
    for (const registry::Invalidation& each : town_.plan().broken) {
      EXPECT_EQ(each.plan.value, "plan");
      reasons.push_back(each.reason);
    }
    return reasons;
  }
  scenario::DrawnTown town_;
};

TEST_F(Settled, HoldsWhileTheWorldAgrees) {
  EXPECT_THAT(reasons(), testing::IsEmpty());
}

TEST_F(Settled, IsBrokenWhenItsShelterIsGone) {
  std::erase_if(town_.shelters, [](const auto& each) { return each.name == "学校"; });
  EXPECT_THAT(reasons(), testing::ElementsAre(StaleReason::ShelterRevoked));
}

TEST_F(Settled, IsBrokenWhenItsShelterMayNotBeGoneToDirectly) {
  town_.shelters[0].arrival = registry::ArrivalPolicy::Secondary;
  EXPECT_THAT(reasons(), testing::ElementsAre(StaleReason::ShelterChanged));
}

TEST_F(Settled, IsBrokenWhenItsShelterHasNoSeats) {
  town_.shelters[0].capacity = 0;
  EXPECT_THAT(reasons(), testing::ElementsAre(StaleReason::ShelterChanged));
}

TEST_F(Settled, IsBrokenWhenItsRoadIsClosedThoughThereIsAnother) {
  town_.close('h', 'n');
  EXPECT_THAT(reasons(), testing::ElementsAre(StaleReason::RoadChanged));
}

TEST_F(Settled, IsNotBrokenByARoadItDoesNotUse) {
  town_.close('f', 'g');
  EXPECT_THAT(reasons(), testing::IsEmpty());
}

TEST_F(Settled, IsBrokenWhenTheWaterAtTheHomeIsNews) {
  town_.zone(route::HazardKind::Flood, 3, 'h');
  EXPECT_THAT(reasons(), testing::ElementsAre(StaleReason::HazardUpdated));
}

TEST_F(Settled, OnlyPlansInForceAreFlagged) {
  town_.stored.begin()->second.status = PlanStatus::MeetingDone;
  town_.shelters[0].capacity = 0;
  EXPECT_THAT(reasons(), testing::IsEmpty());
}

}  // namespace
