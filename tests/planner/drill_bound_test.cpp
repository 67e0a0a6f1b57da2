// SPDX-License-Identifier: Apache-2.0
// The lower bound never lies: no run of wild random scenes beats it.
#include "planner/drill_bound.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "../route/drill_turmoil.hpp"
#include "planner/drill_isolation.hpp"
#include "planner/drill_world.hpp"
#include "support/map_sketch.hpp"

namespace planner {
namespace {

using route::kInfinity;
using route::Weight;

TEST(CompletionBound, NoRunIsEarlierForAnyPersonOrAnyNumberOfPeople) {
  std::size_t inside = 0;
  std::size_t tight = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const support::Turmoil turmoil(seed);
    const CompletionBound bound(turmoil.stage.scene);
    const route::DrillSimulator simulator(turmoil.stage.scene);
    for (std::uint32_t number = 0; number < 20; ++number) {
      std::vector<Weight> times;
      const route::DrillRun run = simulator.run(seed, number);
      for (std::size_t i = 0; i < run.people.size(); ++i) {
        if (run.people[i].safe < kInfinity) {
          ASSERT_GE(run.people[i].safe, bound.earliest()[i]) << "person " << i;
          tight += run.people[i].safe <= bound.earliest()[i] + 1 ? 1U : 0U;
          times.push_back(run.people[i].safe);
        }
      }
      std::ranges::sort(times);
      inside += times.size();
      for (std::size_t count = 1; count <= times.size(); ++count) {
        ASSERT_GE(times[count - 1], bound.earliest_for(count)) << count << " people";
        ASSERT_GE(bound.most_inside(times[count - 1]), count);
      }
    }
  }
  EXPECT_GT(inside, 5'000U) << "the scenes are no desert";
  EXPECT_GT(tight, 50U) << "and the bound is met";
}

class Bounds : public testing::Test {
 protected:
  Bounds()
      : town_("a----S", 10),
        walk_(support::metric_at(town_.graph(), 1)),
        stage_(town_.graph(), walk_) {
    stage_.shelter({town_.edge('a', 'S'), 1, {}}, 100);
  }
  support::MapSketch town_;
  route::Metric walk_;
  support::DrillStage stage_;
};

TEST_F(Bounds, IsTheWayThenTheDoor) {
  for (int i = 0; i < 4; ++i) {
    stage_.person({town_.edge('a', 'S'), 0, {}});  // 50 s
  }
  EXPECT_EQ(CompletionBound(stage_.scene).earliest_for(4), 50'000U);
  stage_.scene.shelters[0].people_per_minute = 1;
  const CompletionBound bound(stage_.scene);
  EXPECT_NEAR(bound.earliest_for(1), 110'000, 1);
  EXPECT_NEAR(bound.earliest_for(4), 290'000, 1);
  stage_.scene.shelters[0].opens = 600'000;
  EXPECT_NEAR(CompletionBound(stage_.scene).earliest_for(4), 840'000, 1);
  EXPECT_EQ(CompletionBound(stage_.scene).earliest_for(5), kInfinity);
}

TEST_F(Bounds, HoldsForWaysThatAreRoundedAnewAtAShelterThatIsFull) {
  for (const route::ArcId arc : town_.graph().arcs()) {
    walk_.weights[arc] = 7;
  }
  stage_.scene.shelters.clear();
  stage_.shelter({town_.edge('a', 'S'), 0.27, {}}, 0).opens = 600'000;
  stage_.shelter({town_.edge('a', 'S'), 0.34, {}}, 9);
  stage_.person({town_.edge('a', 'S'), 0.2, {}});  // 0.49 ms twice, 0.98 ms at once
  const Weight safe = stage_.run().people[0].safe;
  EXPECT_EQ(safe, 0U);
  EXPECT_LE(CompletionBound(stage_.scene).earliest()[0], safe);
}

TEST_F(Bounds, HoldsForWhoNeedsNoHandsAndIsFetchedBeforeTheNewsComes) {
  stage_.scene.behaviours.push_back(stage_.scene.behaviours[0]);
  stage_.scene.behaviours[0].channels = {{1, support::always(600'000)}};
  stage_.person({town_.edge('a', 'S'), 0, {}});
  stage_.supporter({town_.edge('a', 'S'), 0, {}}, {0}).behaviour = 1;
  const Weight safe = stage_.run().people[0].safe;
  EXPECT_EQ(safe, 50'000U);
  EXPECT_LE(CompletionBound(stage_.scene).earliest()[0], safe);
}

TEST_F(Bounds, ADistrictIsCutOffWhenNobodyWhoTriesHasAWay) {
  DrillWorld world;
  world.areas = {"北", "南", "その他"};
  for (const std::size_t area : {0U, 0U, 1U, 1U}) {
    world.people.emplace_back().area = area;
  }
  using route::DrillCause;
  using route::DrillOutcome;
  route::DrillRun run;
  for (const auto& [outcome, cause] :
       {std::pair(DrillOutcome::Stranded, DrillCause::Blocked),
        std::pair(DrillOutcome::LeftBehind, DrillCause::Refused),
        std::pair(DrillOutcome::LeftBehind, DrillCause::ClosedByWater),
        std::pair(DrillOutcome::Late, DrillCause::ClosedByWater)}) {
    route::PersonRun& person = run.people.emplace_back();
    person.outcome = outcome;
    person.cause = cause;
  }
  run.people.back().left = 60'000;
  CutOffRuns counts;
  count_cut_off(world, run, counts);
  EXPECT_EQ(counts, (CutOffRuns{1, 0, 0})) << "who refuses does not try; one of the south got in";
  count_cut_off(world, run, counts);
  EXPECT_EQ(counts, (CutOffRuns{2, 0, 0}));
}

}  // namespace
}  // namespace planner
