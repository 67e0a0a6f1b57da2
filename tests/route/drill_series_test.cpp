// SPDX-License-Identifier: Apache-2.0
// Many runs: the same numbers however they are spread; scenes with nobody; bad input.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "drill_turmoil.hpp"
#include "route/counted_random.hpp"
#include "route/error.hpp"

namespace {

using route::DrillOutcome;
using route::DrillRun;
using route::DrillScene;
using route::DrillSimulator;
using route::DrillTotals;
using route::kInfinity;
using support::DrillStage;
using support::Turmoil;

TEST(DrillSeries, GivesTheSameBytesForAnyThreadsAndRanges) {
  const Turmoil turmoil(3);
  const DrillSimulator simulator(turmoil.stage.scene);
  const auto series = [&](std::uint32_t first, std::uint32_t runs, unsigned threads) {
    return route::simulate_drills(simulator, {7, first, runs, threads});
  };
  const DrillTotals whole = series(0, 60, 1);
  EXPECT_EQ(whole.words(), series(0, 60, 2).words());
  EXPECT_EQ(whole.words(), series(0, 60, 5).words());
  DrillTotals parts = DrillTotals::from_words(series(23, 37, 2).words());
  parts.merge(series(0, 23, 1));
  EXPECT_EQ(whole.words(), parts.words());
  EXPECT_EQ(DrillTotals::from_words(whole.words()), whole);
  EXPECT_NE(whole.words(), route::simulate_drills(simulator, {8, 0, 60, 1}).words());
}

TEST(DrillSeries, HandsOverEveryRunInOrderAsASingleRunGivesIt) {
  const Turmoil turmoil(4);
  const DrillSimulator simulator(turmoil.stage.scene);
  std::vector<DrillRun> runs;
  const DrillTotals totals = route::simulate_drills(
      simulator, {5, 10, 20, 3}, [&runs](const DrillRun& run) { runs.push_back(run); });
  ASSERT_EQ(runs.size(), 20U);
  DrillTotals sum;
  for (std::uint32_t i = 0; i < 20; ++i) {
    EXPECT_EQ(runs[i], simulator.run(5, 10 + i));
    sum.add(simulator.scene(), runs[i]);
  }
  EXPECT_EQ(sum, totals);
  EXPECT_EQ(totals.runs, 20U);
}

TEST(DrillSeries, CountsEveryPersonOncePerRun) {
  const Turmoil turmoil(5);
  const DrillTotals totals =
      route::simulate_drills(DrillSimulator(turmoil.stage.scene), {1, 0, 30, 1});
  for (const route::PersonTotals& person : totals.people) {
    std::uint32_t outcomes = 0;
    for (const std::uint32_t runs : person.outcomes) {
      outcomes += runs;
    }
    EXPECT_EQ(outcomes, 30U);
  }
  std::uint64_t inside = 0;
  for (const auto& run : totals.each) {
    inside += run.inside_by_minute.back();
  }
  EXPECT_EQ(inside, totals.inside_by_minute[0].back());
}

TEST(DrillSeries, PeopleBehaveAlikeInScenesThatAreCompared) {
  const Turmoil turmoil(6);
  DrillScene fewer = turmoil.stage.scene;
  fewer.people.pop_back();
  for (auto& supporter : fewer.supporters) {
    std::erase(supporter.people, fewer.people.size());
  }
  const DrillRun before = route::simulate_drill(turmoil.stage.scene, 9, 4);
  const DrillRun after = route::simulate_drill(fewer, 9, 4);
  for (std::size_t i = 0; i < after.people.size(); ++i) {
    if (fewer.people[i].hands == 0) {
      EXPECT_EQ(before.people[i].ready, after.people[i].ready);
    }
  }
}

/// Who is away in one run.
std::vector<std::uint32_t> away_in(const DrillRun& run) {
  std::vector<std::uint32_t> away;
  for (std::uint32_t i = 0; i < run.people.size(); ++i) {
    if (run.people[i].outcome == DrillOutcome::Away) {
      away.push_back(i);
    }
  }
  return away;
}

TEST(DrillSeries, TheSamePeopleAreAwayWhateverElseTheSceneHolds) {
  const Turmoil turmoil(7);
  DrillScene other = turmoil.stage.scene;
  other.modes[0].closes = nullptr;
  other.modes[0].blocked = nullptr;
  other.narrow.clear();
  other.supporters.clear();
  for (auto& person : other.people) {
    person.supporters.clear();
    person.shelters = {1};
    person.hands = 0;
  }
  other.behaviours[0] = {.channels = {}, .at_home = other.behaviours[0].at_home};
  DrillScene fewer_at_home = turmoil.stage.scene;
  fewer_at_home.behaviours[0].at_home = 0.5;
  std::size_t count = 0;
  for (std::uint32_t run = 0; run < 50; ++run) {
    const auto away = away_in(route::simulate_drill(turmoil.stage.scene, 9, run));
    count += away.size();
    EXPECT_EQ(away, away_in(route::simulate_drill(other, 9, run)));
    const auto more = away_in(route::simulate_drill(fewer_at_home, 9, run));
    EXPECT_TRUE(std::ranges::includes(more, away)) << "a smaller share adds to those away";
  }
  EXPECT_GT(count, 100U);
}

TEST(DrillSeries, TheShareAtHomeIsThatOfTheBehaviourOverManyRuns) {
  const auto graph = support::random_roads(1, 4, 6);
  const auto metric = support::metric_at(graph, 1);
  DrillStage stage(graph, metric);
  stage.shelter({route::EdgeId{0}, 0.5, {}}, 10'000);
  for (int i = 0; i < 100; ++i) {
    stage.person({route::EdgeId{0}, 0.25, {}});
  }
  stage.scene.behaviours[0].at_home = 0.85;
  const DrillTotals totals = route::simulate_drills(DrillSimulator(stage.scene), {3, 0, 400, 1});
  std::uint64_t away = 0;
  std::uint32_t never_away = 0;
  for (const route::PersonTotals& person : totals.people) {
    away += 400 - person.at_home(400);
    never_away += person.at_home(400) == 400 ? 1U : 0U;
    EXPECT_EQ(person.inside, person.at_home(400)) << "everybody at home gets inside here";
  }
  const double sigma = std::sqrt(40'000 * 0.85 * 0.15);
  EXPECT_NEAR(static_cast<double>(away), 6'000, 3 * sigma);
  EXPECT_EQ(never_away, 0U) << "everybody's plan is tested, everybody is away sometimes";
}

TEST(DrillSeries, DrawsFollowTheirQuantileFunction) {
  const auto graph = support::random_roads(1, 4, 6);
  const auto metric = support::metric_at(graph, 1);
  DrillStage stage(graph, metric);
  stage.shelter({route::EdgeId{0}, 0.5, {}}, 10'000);
  for (int i = 0; i < 5'000; ++i) {
    stage.person({route::EdgeId{0}, 0.5, {}});
  }
  stage.scene.behaviours[0] = {.channels = {{0.8, {{0.25, 1'000}, {0.75, 3'000}}}}};
  int told = 0;
  int early = 0;
  int middle = 0;
  for (const auto& person : stage.run().people) {
    told += person.told < kInfinity ? 1 : 0;
    early += person.told == 1'000 ? 1 : 0;
    middle += person.told > 1'000 && person.told < 2'000 ? 1 : 0;
  }
  EXPECT_NEAR(told, 4'000, 120);  // four standard deviations
  EXPECT_NEAR(early, 1'000, 120);
  EXPECT_NEAR(middle, 1'000, 120);
}

TEST(DrillScenes, WithNobodyNothingHappens) {
  const auto graph = support::random_roads(1, 4, 6);
  const auto metric = support::metric_at(graph, 1);
  DrillStage stage(graph, metric);
  EXPECT_TRUE(stage.run().people.empty());
  stage.person({route::EdgeId{0}, 0.5, {}});
  EXPECT_EQ(stage.run().people[0].cause, route::DrillCause::NotEligible);
  stage.scene.people.clear();
  stage.shelter({route::EdgeId{0}, 0.5, {}}, 1);
  EXPECT_EQ(stage.run().shelters[0].taken[0], 0U);
  stage.person({route::EdgeId{0}, 0.25, {}});
  stage.scene.horizon = 0;
  EXPECT_EQ(stage.run().people[0].outcome, DrillOutcome::UnderWay);
  stage.scene.orders[0].at = 1;
  EXPECT_EQ(stage.run().people[0].outcome, DrillOutcome::LeftBehind);
}

TEST(DrillScenes, WithFiguresThatMakeNoSenseAreRefused) {
  const Turmoil turmoil(8);
  const auto refused = [&](auto change) {
    DrillScene scene = turmoil.stage.scene;
    change(scene);
    EXPECT_THROW(route::check_scene(scene), route::InputError);
  };
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NO_THROW(route::check_scene(turmoil.stage.scene));
  refused([](DrillScene& scene) { scene.behaviours[0].refuses = kNaN; });
  refused([](DrillScene& scene) { scene.behaviours[0].available = -0.1; });
  refused([](DrillScene& scene) { scene.behaviours[0].at_home = 1.5; });
  refused([](DrillScene& scene) { scene.behaviours[0].channels[0].reach = 1.1; });
  refused([](DrillScene& scene) { scene.behaviours[0].preparation = {{0.5, 10}, {0.4, 20}}; });
  refused([](DrillScene& scene) { scene.behaviours[0].loading = {{0.1, 10}, {0.4, 9}}; });
  refused([](DrillScene& scene) { scene.narrow[0].people_per_minute = 0; });
  refused([](DrillScene& scene) { scene.narrow[0].people_per_minute = kNaN; });
  refused([](DrillScene& scene) { scene.shelters[0].people_per_minute = -1; });
  refused([](DrillScene& scene) {
    scene.shelters[0].closes = 0;
    scene.shelters[0].opens = 1;
  });
  refused([](DrillScene& scene) { scene.modes[0].room = -1; });
  using Closings = std::vector<route::RoadClosing>;
  const route::ArcId arc{3};
  for (const Closings& wrong :
       {Closings{{arc, 5, 5}}, Closings{{arc, 5, kInfinity}}, Closings{{arc, 5, 9}, {arc, 9, 12}},
        Closings{{route::ArcId{4}, 5, 9}, {arc, 5, 9}}, Closings{{route::ArcId{99'999}, 5, 9}}}) {
    refused([&wrong](DrillScene& scene) { scene.modes[0].reopens = &wrong; });
  }
  refused([](DrillScene& scene) { scene.places[0].at[0]->fraction = kNaN; });
  refused([](DrillScene& scene) { scene.places[0].at.clear(); });
  refused([](DrillScene& scene) { scene.people[0].number = scene.people[1].number; });
  refused([](DrillScene& scene) { scene.people[0].shelters = {4}; });  // of the second stage
  refused([](DrillScene& scene) { scene.people[0].shelters = {99}; });
  refused([](DrillScene& scene) { scene.people[0].mode = 2; });
  refused([](DrillScene& scene) { scene.supporters[0].people = {0, 0}; });
  refused([](DrillScene& scene) { scene.supporters[0].order = 17; });
  refused([](DrillScene& scene) { scene.horizon = kInfinity; });
  std::vector<std::uint64_t> words(17, 3);
  EXPECT_THROW(static_cast<void>(DrillTotals::from_words(words)), route::InputError);
}

}  // namespace
