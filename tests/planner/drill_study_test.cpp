// SPDX-License-Identifier: Apache-2.0
// Actions and failures tried one by one on small drawn towns, against answers worked out by hand.
#include "planner/drill_study.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "../route/drill_fixture.hpp"
#include "support/map_sketch.hpp"

namespace planner {
namespace {

using route::RoadPosition;
using support::MapSketch;

constexpr route::Weight kSecond = 1000;

/// a -50 m- b -50 m- S, everybody at 1 m/s; a second way of moving at 10 m/s. Every road is one of
/// the map's own.
class Studies : public testing::Test {
 protected:
  Studies()
      : town_("a----b----S", 10,
              [](char from, char, route::Road& road) { road.way_id = from == 'a' ? 7 : 8; }),
        walk_(support::metric_at(town_.graph(), 1)),
        drive_(support::metric_at(town_.graph(), 10)),
        stage_(town_.graph(), walk_) {
    stage_.scene.modes.push_back({.metric = &drive_});
    stage_.scene.behaviours.push_back({.channels = {{1, {}}}});  // of supporters
    means_.helper_behaviour = 1;
    means_.rules = {.runs = 3,
                    .most = 5,
                    .earlier_s = 3600,
                    .more_seats = 1,
                    .reception_factor = 2,
                    .door_wait_s = 60,
                    .vehicle_people = 2};
    stage_.shelter(end_, 100);
  }

  /// Somebody at the far end.
  route::DrillPerson& person() { return stage_.person(home_); }

  [[nodiscard]] DrillWorld world() const {
    DrillWorld world;
    world.scene = stage_.scene;
    for (std::size_t i = 0; i < world.scene.people.size(); ++i) {
      world.people.push_back({.key = "P" + std::to_string(i), .registrant = {}, .profile = {}});
    }
    for (std::size_t i = 0; i < world.scene.supporters.size(); ++i) {
      world.supporters.push_back("S" + std::to_string(i));
    }
    for (std::size_t i = 0; i < world.scene.shelters.size(); ++i) {
      world.shelters.push_back({.id = {}, .name = "学校" + std::to_string(i)});
    }
    world.areas = {"北"};
    return world;
  }
  [[nodiscard]] DrillStudy study(unsigned threads = 1) const {
    return study_drill(world(), means_, {.seed = 1, .runs = 3, .threads = threads},
                       [](std::string_view, double) {});
  }
  [[nodiscard]] static const RankedAction* find(const DrillStudy& study, ActionKind kind) {
    const auto found = std::ranges::find_if(
        study.actions, [kind](const RankedAction& each) { return each.action.kind == kind; });
    return found == study.actions.end() ? nullptr : &*found;
  }
  static void expect_saves(const DrillStudy& study, ActionKind kind, double people) {
    const RankedAction* found = find(study, kind);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->effect.saved.value, people) << found->action.what;
    EXPECT_EQ(found->effect.saved.low, people) << "every run alike";
    EXPECT_EQ(found->helps(), people > 0);
    EXPECT_EQ(found->effect.better, static_cast<std::size_t>(people));
    EXPECT_EQ(found->effect.worse, 0U);
  }

  MapSketch town_;
  route::Metric walk_;
  route::Metric drive_;
  support::DrillStage stage_;
  ActionMeans means_;
  RoadPosition home_{town_.edge('a', 'b'), 0, {}};
  RoadPosition end_{town_.edge('b', 'S'), 1, {}};
};

TEST_F(Studies, OneSupporterMoreSavesExactlyWhoHasNone) {
  person();
  person().hands = 1;
  const DrillStudy found = study();
  EXPECT_EQ(found.base.each.front().outcomes[0], 1U);
  ASSERT_EQ(found.actions.size(), 1U);
  EXPECT_EQ(found.actions[0].action.people, std::vector<std::uint32_t>{1});
  expect_saves(found, ActionKind::AddSupporter, 1);
}

TEST_F(Studies, WhoNeedsTwoAndHasNobodyGetsTwo) {
  person().hands = 2;
  const DrillStudy found = study();
  ASSERT_EQ(found.actions.size(), 1U);
  EXPECT_EQ(found.actions[0].action.helpers, 2U);
  expect_saves(found, ActionKind::AddSupporter, 1);
}

TEST_F(Studies, ASupporterBesideAnotherBeginsWithTheLastPerson) {
  for (int i = 0; i < 2; ++i) {
    person().hands = 1;
    stage_.scene.people.back().deadline = 250 * kSecond;
  }
  stage_.supporter(home_, {0, 1});  // back with the first at 100 s, with the second at 300 s
  stage_.scene.supporters[0].behaviour = 1;
  stage_.scene.supporters[0].retreat = 250 * kSecond;
  expect_saves(study(), ActionKind::AddSupporter, 1);
}

TEST_F(Studies, WhoHasNobodyMissingGetsNobody) {
  person();
  EXPECT_TRUE(study().actions.empty());
}

TEST_F(Studies, ASchoolOpenedEarlierSavesWhoWaitedBeforeIt) {
  person().deadline = 200 * kSecond;
  stage_.scene.shelters[0].opens = 3600 * kSecond;
  expect_saves(study(), ActionKind::OpenEarlier, 1);
}

TEST_F(Studies, OneSeatMoreSavesOneOfTwoTurnedAway) {
  for (int i = 0; i < 3; ++i) {
    person();
  }
  stage_.scene.shelters[0].seats = {1};
  expect_saves(study(), ActionKind::MoreSeats, 1);
}

TEST_F(Studies, ASecondReceptionSavesWhoWasStillInTheQueue) {
  for (int i = 0; i < 4; ++i) {
    person().deadline = (100 + 250) * kSecond;
  }
  stage_.scene.shelters[0].people_per_minute = 0.5;     // inside at 220, 340, 460, 580 s
  expect_saves(study(), ActionKind::MoreReception, 2);  // at 160, 220, 280, 340 s
}

TEST_F(Studies, AVehicleSavesWhoIsTooSlowOnFootAndNoMoreThanItFetches) {
  for (int i = 0; i < 3; ++i) {
    person().deadline = 60 * kSecond;  // on foot 100 s; a vehicle goes 10 s each way
  }
  EXPECT_EQ(study().actions.size(), 0U) << "no vehicle to try";
  means_.vehicle_mode = 1;
  expect_saves(study(), ActionKind::Vehicle, 2);
}

TEST_F(Studies, ARoadKeptOpenSavesWhoStoodBeforeIt) {
  person();
  route::ClosingTimes closes(town_.graph().arc_count(), route::kNeverCloses);
  closes[town_.graph().forward_arc(town_.edge('b', 'S'))] = 60 * kSecond;
  closes[town_.graph().backward_arc(town_.edge('b', 'S'))] = 60 * kSecond;
  stage_.scene.modes[0].closes = &closes;
  const DrillStudy found = study();
  expect_saves(found, ActionKind::ClearRoad, 1);
  EXPECT_EQ(find(found, ActionKind::ClearRoad)->action.road,
            std::vector<route::EdgeId>{town_.edge('b', 'S')});
}

TEST_F(Studies, AnEarlierOrderSavesADistrictButNoneOfFewerThanFive) {
  stage_.scene.orders[0].at = 3600 * kSecond;
  for (int i = 0; i < 4; ++i) {
    person().deadline = 3600 * kSecond;
  }
  EXPECT_EQ(find(study(), ActionKind::EarlierOrder), nullptr);
  person().deadline = 3600 * kSecond;
  expect_saves(study(), ActionKind::EarlierOrder, 5);
}

TEST_F(Studies, WhatFailsAloneCostsExactlyThoseWhoNeedIt) {
  person();
  person().hands = 1;
  stage_.supporter(home_, {1}).behaviour = 1;
  const DrillStudy found = study();
  ASSERT_EQ(found.points.size(), 4U) << "a supporter, a shelter and two roads";
  for (const RankedPoint& each : found.points) {
    const bool alone = each.point.kind == PointKind::Supporter;
    EXPECT_EQ(each.effect.saved.value, alone ? -1 : -2) << each.point.what;
    EXPECT_TRUE(each.costs());
  }
  EXPECT_EQ(found.points.back().point.kind, PointKind::Supporter) << "the least loss comes last";
}

TEST_F(Studies, ASecondShelterTakesThePlaceOfTheOneThatFails) {
  stage_.shelter({town_.edge('a', 'b'), 1, {}}, 100);
  person();
  person();
  for (const RankedPoint& each : study().points) {
    if (each.point.kind == PointKind::Shelter) {
      EXPECT_EQ(each.effect.saved.value, 0);
      EXPECT_FALSE(each.costs());
    }
  }
}

TEST_F(Studies, TwoThreadsFindWhatOneFinds) {
  person().hands = 1;
  person().deadline = 60 * kSecond;
  means_.vehicle_mode = 1;
  const auto one = study_tables(study(1));
  const auto two = study_tables(study(2));
  ASSERT_EQ(one.size(), two.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(registry::to_table(one[i]).rows, registry::to_table(two[i]).rows);
  }
}

TEST(EffectOf, IsWiderWhereMoreIsLookedAtTogether) {
  const auto totals = [](std::vector<std::uint32_t> safe) {
    route::DrillTotals all;
    for (std::uint32_t run = 0; run < safe.size(); ++run) {
      all.each.push_back({.run = run});
      all.each.back().outcomes[0] = safe[run];
    }
    return all;
  };
  const auto before = totals({5, 5, 5, 5});
  const auto after = totals({6, 7, 6, 7});
  const ChangeEffect one = effect_of(before, after, 0.95, 1);
  const ChangeEffect twenty = effect_of(before, after, 0.95, 20);
  EXPECT_EQ(one.saved.value, 1.5);
  EXPECT_GT(one.saved.low, 0);
  EXPECT_LT(twenty.saved.low, 0) << "one in twenty such would be above 0 by chance";
}

}  // namespace
}  // namespace planner
