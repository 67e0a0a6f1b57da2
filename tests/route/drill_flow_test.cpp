// SPDX-License-Identifier: Apache-2.0
// Known answers: free ways, queues, diversions, supporters, transfers, causes.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "drill_fixture.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::DrillCause;
using route::DrillOutcome;
using route::DrillRun;
using route::EdgeId;
using route::kInfinity;
using route::RoadPosition;
using route::Weight;
using support::always;
using support::Draw;
using support::DrillStage;
using support::MapSketch;

/// 100 m of road from a to b, 50 m on to the shelters S and T.
struct Street {
  Street()
      : town(R"(
          a----------b-----S
                     |
                     T   )",
             10),
        metric(support::metric_at(town.graph(), 1)),
        stage(town.graph(), metric) {}

  [[nodiscard]] RoadPosition at(char name) const {
    for (const EdgeId edge : town.graph().edges()) {
      const auto arc = town.graph().forward_arc(edge);
      if (town.graph().tail(arc) == town.node(name)) {
        return {edge, 0, {}};
      }
      if (town.graph().head(arc) == town.node(name)) {
        return {edge, 1, {}};
      }
    }
    return {};
  }
  [[nodiscard]] Weight way(char from, char to) const {
    return route::find_path({town.graph(), metric, profile}, at(from), at(to))->duration;
  }
  /// The arc from one node to another.
  [[nodiscard]] route::ArcId arc(char from, char to) const {
    const EdgeId edge = town.edge(from, to);
    const auto ahead = town.graph().forward_arc(edge);
    return town.graph().tail(ahead) == town.node(from) ? ahead : town.graph().backward_arc(edge);
  }

  MapSketch town;
  route::Metric metric;
  route::MobilityProfile profile;
  DrillStage stage;
};

TEST(DrillFlow, WhoIsHeldUpByNothingArrivesAfterExactlyTheWay) {
  std::size_t arrived = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 20, 45);
    const auto metric = support::random_metric(graph, seed);
    DrillStage stage(graph, metric);
    Draw random(seed);
    stage.shelter(support::random_place(graph, random), 100);
    for (int i = 0; i < 10; ++i) {
      stage.person(support::random_place(graph, random));
    }
    stage.scene.orders[0].at = 1000;
    const DrillRun run = stage.run();
    for (std::size_t i = 0; i < run.people.size(); ++i) {
      const auto way = support::open_way(stage.scene, 0, stage.scene.people[i].home,
                                         stage.scene.shelters[0].place);
      if (!way) {
        EXPECT_EQ(run.people[i].outcome, DrillOutcome::LeftBehind);
        EXPECT_EQ(run.people[i].cause, DrillCause::Blocked);
        continue;
      }
      ++arrived;
      EXPECT_EQ(run.people[i].left, 1000U);
      EXPECT_EQ(run.people[i].safe, 1000 + way->duration);
      EXPECT_EQ(run.people[i].outcome, DrillOutcome::Safe);
    }
  }
  EXPECT_GT(arrived, 1000U);
}

TEST(DrillFlow, WalkingTimesAreThoseOfTheTsunamiGuideline) {
  // 宮城県津波対策ガイドライン: starting takes 15 minutes, the limit on foot is 500 m; 1.0 m/s on
  // foot, 0.5 m/s for those who need support, 3.0 m/s by car.
  struct Row {
    double speed_mps;
    Weight arrival;
  };
  constexpr std::array kRows{Row{1.0, 1'400'000}, Row{0.5, 1'900'000}, Row{3.0, 1'066'667}};
  const MapSketch town("a-----S", 500.0 / 6);
  for (const Row& row : kRows) {
    const auto metric = support::metric_at(town.graph(), row.speed_mps);
    DrillStage stage(town.graph(), metric);
    stage.shelter({EdgeId{0}, 1, {}}, 1);
    stage.person({EdgeId{0}, 0, {}});
    stage.scene.behaviours[0].preparation = always(15 * 60'000);
    EXPECT_NEAR(stage.run().people[0].safe, row.arrival, 1);
  }
}

TEST(DrillFlow, WhoGathersFirstPassesThere) {
  Street street;
  street.stage.shelter(street.at('S'), 1);
  const std::uint32_t gathering = street.stage.place(street.at('T'));
  street.stage.person(street.at('a')).via = gathering;
  EXPECT_EQ(street.stage.run().people[0].safe, street.way('a', 'T') + street.way('T', 'S'));
}

TEST(DrillFlow, ABottleneckLetsThroughExactlyItsRate) {
  Street street;
  street.stage.shelter(street.at('S'), 100);
  constexpr std::uint32_t kPeople = 50;
  for (std::uint32_t i = 0; i < kPeople; ++i) {
    street.stage.person(street.at('a'));
  }
  street.stage.scene.narrow.push_back({street.arc('b', 'S'), 7});  // 60/7 s each: not whole ms
  const DrillRun run = street.stage.run();
  std::uint64_t queue_ms = 0;
  for (std::uint32_t i = 0; i < kPeople; ++i) {
    const Weight waits = (i * 60'000 + 6) / 7;  // the first ms after the i-th place is free
    queue_ms += waits;
    EXPECT_EQ(run.people[i].safe, street.way('a', 'S') + waits) << i;
    EXPECT_EQ(run.people[i].queued, waits);
  }
  ASSERT_EQ(run.arcs.size(), 1U);
  EXPECT_EQ(run.arcs[0].delayed, kPeople - 1);
  EXPECT_EQ(run.arcs[0].queue_ms, queue_ms);
}

TEST(DrillFlow, ASlowStreamPassesABottleneckUnhindered) {
  Street street;
  street.stage.shelter(street.at('S'), 100);
  for (std::uint32_t i = 0; i < 10; ++i) {
    street.stage.person(street.at('a')).order = i;
    street.stage.scene.orders.push_back({.at = (i + 1) * 10'000});
  }
  street.stage.scene.narrow.push_back({street.arc('b', 'S'), 6});
  for (const route::PersonRun& person : street.stage.run().people) {
    EXPECT_EQ(person.queued, 0U);
  }
}

TEST(DrillFlow, ADoorOpensLateAndLetsInOneAfterTheOther) {
  Street street;
  auto& shelter = street.stage.shelter(street.at('S'), 100);
  shelter.opens = 600'000;
  shelter.people_per_minute = 20;
  for (int i = 0; i < 5; ++i) {
    street.stage.person(street.at('a')).seats = 2;
  }
  const DrillRun run = street.stage.run();
  for (std::uint32_t i = 0; i < 5; ++i) {
    EXPECT_EQ(run.people[i].safe, 600'000 + (i + 1) * 2 * 3'000);
  }
  EXPECT_EQ(run.shelters[0].longest_queue, 10U);
  EXPECT_EQ(run.shelters[0].entered[10], 10U);
}

TEST(DrillFlow, AFullShelterSendsPeopleToTheNearestThatHasRoom) {
  Street street;
  street.stage.shelter(street.at('S'), 3);
  street.stage.shelter(street.at('T'), 1);
  for (int i = 0; i < 5; ++i) {
    street.stage.person(street.at('a'));
  }
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[2].shelter, 0U);
  EXPECT_EQ(run.people[3].shelter, 1U);
  EXPECT_EQ(run.people[3].safe, street.way('a', 'S') + street.way('S', 'T'));
  EXPECT_EQ(run.people[3].diversions, 1U);
  EXPECT_EQ(run.people[4].outcome, DrillOutcome::AtDoor);
  EXPECT_EQ(run.people[4].cause, DrillCause::NoSeat);
  EXPECT_EQ(run.shelters[0].turned_away, 2U);
}

TEST(DrillFlow, APlaceForANeedIsTakenBesideTheSeatAndCompanionsTakeNone) {
  Street street;
  street.stage.shelter(street.at('S'), 20).seats = {20, 1, route::kNoLimit};
  street.stage.shelter(street.at('T'), 20);  // no limit of its own for any need
  for (const std::uint32_t need : {1U, 1U, 2U, 2U, 0U}) {
    auto& person = street.stage.person(street.at('a'));
    person.need = need;
    person.seats = 3;
  }
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[1].diversions, 1U) << "seats are free, the place is not";
  EXPECT_EQ(run.people[1].shelter, 1U);
  EXPECT_EQ(run.shelters[0].taken, (std::vector<std::uint32_t>{12, 1, 2}));
  EXPECT_EQ(run.shelters[0].missed, (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(run.shelters[1].taken, (std::vector<std::uint32_t>{3}));
  const auto minutes = run.shelters[0].entered.size() / 3;
  const auto minute = street.way('a', 'S') / 60'000;
  EXPECT_EQ(run.shelters[0].entered[minute], 12U);
  EXPECT_EQ(run.shelters[0].entered[minutes + minute], 1U);
  EXPECT_EQ(run.shelters[0].entered[2 * minutes + minute], 2U);
  route::DrillTotals totals;
  totals.add(street.stage.scene, run);
  EXPECT_EQ(totals.shelters[0].most[2 * minutes + minute], 2U);
  EXPECT_EQ(totals.shelters[0].most[minutes - 1], 12U);
  EXPECT_EQ(totals.shelters[0].missed_runs[1], 1U);
}

TEST(DrillFlow, OneSupporterFetchesTwoPeopleOneAfterTheOther) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a')).hands = 1;
  street.stage.person(street.at('T')).hands = 1;
  street.stage.scene.behaviours.push_back({.channels = {{1, {}}}, .loading = always(5'000)});
  for (auto& person : street.stage.scene.people) {
    person.behaviour = 1;
  }
  street.stage.supporter(street.at('b'), {0, 1});
  const DrillRun run = street.stage.run();
  const Weight first = street.way('b', 'a') + 5'000 + street.way('a', 'S');
  EXPECT_EQ(run.people[0].safe, first);
  EXPECT_EQ(run.people[1].safe, first + street.way('S', 'T') + 5'000 + street.way('T', 'S'));
  EXPECT_EQ(run.supporters[0].trips, 2U);
  EXPECT_EQ(run.supporters[0].last_return, run.people[1].safe);
}

TEST(DrillFlow, AnEmptyHomeCostsTheHelperTheWayAndTheNextPersonIsFetchedFromThere) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a')).hands = 1;
  street.stage.person(street.at('T')).hands = 1;
  street.stage.person(street.at('a'));
  street.stage.scene.behaviours.push_back({.channels = {{1, {}}}, .at_home = 0});
  street.stage.scene.people[0].behaviour = 1;
  street.stage.scene.people[2].behaviour = 1;
  street.stage.supporter(street.at('b'), {0, 1});
  const DrillRun run = street.stage.run();
  for (const std::size_t away : {0U, 2U}) {
    EXPECT_EQ(run.people[away].outcome, DrillOutcome::Away);
    EXPECT_EQ(run.people[away].cause, DrillCause::None);
    EXPECT_EQ(run.people[away].told, kInfinity);
  }
  EXPECT_EQ(run.people[1].safe, street.way('b', 'a') + street.way('a', 'T') + street.way('T', 'S'));
  EXPECT_EQ(run.supporters[0].vain, 1U);
  EXPECT_EQ(run.supporters[0].trips, 1U);
}

TEST(DrillFlow, TwoHandsLeaveWhenTheSecondHasCome) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('b')).hands = 2;
  street.stage.supporter(street.at('b'), {0});
  street.stage.supporter(street.at('a'), {0});
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].left, street.way('a', 'b'));
  EXPECT_EQ(run.trips.size(), 2U);
}

TEST(DrillFlow, WhoNeedsNoHandsLeavesOnceThoughAHelperComesSoonerThanTheNews) {
  Street street;
  street.stage.scene.behaviours.push_back(street.stage.scene.behaviours[0]);
  street.stage.scene.behaviours[0].channels = {{1, always(600'000)}};
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a'));
  street.stage.supporter(street.at('b'), {0}).behaviour = 1;
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].left, street.way('b', 'a'));
  EXPECT_EQ(run.people[0].safe, street.way('b', 'a') + street.way('a', 'S'));
  EXPECT_EQ(run.shelters[0].taken[0], 1U);
  EXPECT_EQ(run.trips.size(), 1U);
}

TEST(DrillFlow, ABackUpIsAskedWhenASupporterCannotCome) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('b')).hands = 1;
  street.stage.scene.behaviours.push_back({.channels = {{1, {}}}, .available = 0});
  street.stage.supporter(street.at('b'), {0}).behaviour = 1;
  street.stage.supporter(street.at('a'), {});
  street.stage.scene.people[0].supporters.push_back(1);
  street.stage.scene.recourse = 30'000;
  DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].left, 30'000 + street.way('a', 'b'));
  street.stage.scene.supporters[1].behaviour = 1;
  run = street.stage.run();
  EXPECT_EQ(run.people[0].outcome, DrillOutcome::LeftBehind);
  EXPECT_EQ(run.people[0].cause, DrillCause::SupporterAbsent);
}

TEST(DrillFlow, ABackUpTakesOverFromWhoIsStranded) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a')).hands = 1;
  street.stage.person(street.at('S')).hands = 1;
  street.stage.supporter(street.at('a'), {0, 1});
  street.stage.supporter(street.at('S'), {});
  street.stage.scene.people[1].supporters.push_back(1);
  route::ClosingTimes closes(street.town.graph().arc_count(), route::kNeverCloses);
  closes[street.arc('b', 'S')] = 0;
  street.stage.scene.modes[0].closes = &closes;
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].outcome, DrillOutcome::Stranded);
  EXPECT_EQ(run.people[0].cause, DrillCause::ClosedByWater);
  EXPECT_EQ(run.people[1].safe, street.way('a', 'b'));
  EXPECT_EQ(run.trips[0].back, kInfinity);
}

TEST(DrillFlow, ATripThatCannotEndBeforeTheRetreatIsNotBegun) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a')).hands = 1;
  const Weight trip = street.way('b', 'a') + street.way('a', 'S');
  street.stage.supporter(street.at('b'), {0}).retreat = trip;
  EXPECT_EQ(street.stage.run().people[0].outcome, DrillOutcome::Safe);
  street.stage.scene.supporters[0].retreat = trip - 1;
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].cause, DrillCause::SupporterRetreated);
  EXPECT_EQ(run.supporters[0].declined, 1U);
  EXPECT_EQ(run.supporters[0].busy, 0U);
}

TEST(DrillFlow, AHelperDoesNotWaitAtADoorPastTheRetreat) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a')).hands = 1;
  street.stage.scene.behaviours.push_back(
      {.channels = {{1, {}}}, .preparation = always(3'600'000)});
  street.stage.scene.people[0].behaviour = 1;
  street.stage.supporter(street.at('b'), {0}).retreat = 1'800'000;
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].cause, DrillCause::SupporterRetreated);
  EXPECT_EQ(run.supporters[0].vain, 1U);
}

TEST(DrillFlow, EveryReasonToStayHasItsCause) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  auto& scene = street.stage.scene;
  scene.horizon = 3'600'000;
  scene.behaviours.push_back({.channels = {{1, {}}}, .refuses = 1});
  scene.behaviours.push_back({.channels = {{0, {}}}});
  scene.behaviours.push_back(
      {.channels = {{1, {}}}, .starts_late = 1, .late_by = always(4'000'000)});
  scene.behaviours.push_back({.channels = {{1, {}}}, .preparation = always(4'000'000)});
  const std::array expected{DrillCause::Refused,    DrillCause::NotReached, DrillCause::LateStart,
                            DrillCause::OutOfTime,  DrillCause::NotShared,  DrillCause::NoSupporter,
                            DrillCause::NotEligible};
  for (std::uint32_t i = 0; i < expected.size(); ++i) {
    auto& person = street.stage.person(street.at('a'));
    person.behaviour = i < 4 ? i + 1 : 0;
    person.shared = i != 4;
    person.hands = i == 4 || i == 5 ? 1 : 0;
    if (i == 6) {
      person.shelters.clear();
    }
  }
  const DrillRun run = street.stage.run();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(run.people[i].outcome, DrillOutcome::LeftBehind) << i;
    EXPECT_EQ(run.people[i].cause, expected[i]) << i;
  }
}

/// A road from b on that is closed for a time, in both directions.
struct ClosedStreet : Street {
  void close(char to, Weight from, Weight until) {
    closings = {{arc('b', to), from, until}, {arc(to, 'b'), from, until}};
    std::ranges::sort(closings, {}, &route::RoadClosing::arc);
    stage.scene.modes[0].reopens = &closings;
  }
  std::vector<route::RoadClosing> closings;
};

TEST(DrillFlow, WhoStandsBeforeARoadThatReopensWaitsThere) {
  ClosedStreet street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a'));
  const Weight at_b = street.way('a', 'b');
  street.close('S', at_b + 1'000, at_b + 90'000);  // not through in time
  const route::DrillSimulator simulator(street.stage.scene);
  const DrillRun run = simulator.run(1, 0, route::DrillSimulator::Trace::Yes);
  EXPECT_EQ(run.people[0].safe, at_b + 90'000 + street.way('b', 'S'));
  EXPECT_EQ(run.people[0].queued, 90'000U);
  EXPECT_EQ(run.people[0].detours, 0U) << "the way is as before";
  ASSERT_EQ(run.arcs.size(), 1U);
  EXPECT_EQ(run.arcs[0].queue_ms, 90'000U);
  EXPECT_EQ(run.arcs[0].blocked, 0U);
  ASSERT_EQ(run.moves.size(), 2U);
  EXPECT_EQ(run.moves[0].end, at_b);
  EXPECT_EQ(run.moves[1].begin, at_b + 90'000);
}

TEST(DrillFlow, AnotherShelterIsBetterThanALongerWait) {
  ClosedStreet street;
  street.stage.shelter(street.at('T'), 9);
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a'));
  const Weight farther = street.way('b', 'S') - street.way('b', 'T');
  const Weight at_b = street.way('a', 'b');
  street.close('T', 1, at_b + farther + 1);
  DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].shelter, 1U);
  EXPECT_EQ(run.people[0].safe, street.way('a', 'S'));
  EXPECT_EQ(run.people[0].detours, 1U);
  street.close('T', 1, at_b + farther);
  run = street.stage.run();
  EXPECT_EQ(run.people[0].shelter, 0U) << "as quick: the planned one";
  EXPECT_EQ(run.people[0].safe, street.way('a', 'S'));
}

TEST(DrillFlow, WhatIsClosedAtTheStartIsKnownAndAQueueOutlastsAClosing) {
  ClosedStreet street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a'));
  street.stage.person(street.at('a'));
  street.stage.scene.narrow.push_back({street.arc('b', 'S'), 1});
  const Weight at_b = street.way('a', 'b');
  const Weight through = street.way('b', 'S');
  street.close('S', at_b + through, at_b + 600'000);  // the first is just through
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].safe, at_b + through);
  EXPECT_EQ(run.people[1].safe, at_b + 600'000 + through) << "not stranded";
  ClosedStreet shut;
  shut.stage.shelter(shut.at('S'), 9);
  shut.stage.person(shut.at('a'));
  shut.close('S', 0, 3'600'000);
  EXPECT_EQ(shut.stage.run().people[0].safe, 3'600'000 + through) << "the only way is still a way";
}

TEST(DrillFlow, WhoIsInsideAfterTheDeadlineIsLate) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a')).deadline = street.way('a', 'S');
  EXPECT_EQ(street.stage.run().people[0].outcome, DrillOutcome::Safe);
  --street.stage.scene.people[0].deadline;
  const DrillRun run = street.stage.run();
  EXPECT_EQ(run.people[0].outcome, DrillOutcome::Late);
  EXPECT_EQ(run.people[0].cause, DrillCause::OutOfTime);
}

TEST(DrillFlow, VehiclesCarryThoseWhoWaitToTheWelfareShelter) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  auto& welfare = street.stage.shelter(street.at('T'), 3);
  welfare.second_stage = true;
  welfare.opens = 1'000'000;
  for (int i = 0; i < 4; ++i) {
    street.stage.person(street.at('a')).second_stage = {1};
  }
  street.stage.scene.vehicles.push_back({.home = 0, .seats = 2, .boarding = 10'000});
  street.stage.scene.vehicles[0].home = street.stage.place(street.at('b'));
  const DrillRun run = street.stage.run();
  const Weight first = 1'000'000 + street.way('b', 'S') + 10'000 + street.way('S', 'T');
  EXPECT_EQ(run.people[0].transferred, first);
  EXPECT_EQ(run.people[1].transferred, first);
  EXPECT_EQ(run.people[2].transferred, first + 2 * street.way('S', 'T') + 10'000);
  EXPECT_EQ(run.people[3].transferred, kInfinity);  // three places
  EXPECT_EQ(run.shelters[0].taken[0], 1U);
  EXPECT_EQ(run.shelters[1].taken[0], 3U);
}

TEST(DrillFlow, ATraceLeadsFromHomeToTheShelterWithoutAGap) {
  Street street;
  street.stage.shelter(street.at('S'), 9);
  street.stage.person(street.at('a'));
  street.stage.person(street.at('a'));
  street.stage.scene.narrow.push_back({street.arc('b', 'S'), 1});
  const route::DrillSimulator simulator(street.stage.scene);
  const DrillRun run = simulator.run(1, 0, route::DrillSimulator::Trace::Yes);
  ASSERT_EQ(run.moves.size(), 3U);
  EXPECT_EQ(street.town.names(run.moves[0].arcs), "abS");
  EXPECT_EQ(street.town.names(run.moves[1].arcs), "ab");
  EXPECT_EQ(street.town.names(run.moves[2].arcs), "bS");
  EXPECT_EQ(run.moves[1].end, street.way('a', 'b'));
  EXPECT_EQ(run.moves[2].begin, run.moves[1].end + 60'000 - run.people[0].queued);
  EXPECT_EQ(run.moves[2].end, run.people[1].safe);
}

}  // namespace
