// SPDX-License-Identifier: Apache-2.0
// What must hold in every drill, checked on random scenes without looking at how it is computed.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "drill_turmoil.hpp"

namespace {

using route::DrillCause;
using route::DrillMove;
using route::DrillMover;
using route::DrillOutcome;
using route::DrillRun;
using route::DrillScene;
using route::DrillSimulator;
using route::kInfinity;
using route::Weight;
using support::Turmoil;

constexpr std::uint32_t kScenes = 150;

template <class Check>
void in_all_scenes(const Check& check) {
  for (std::uint32_t seed = 1; seed <= kScenes; ++seed) {
    SCOPED_TRACE(seed);
    const Turmoil turmoil(seed);
    const DrillSimulator simulator(turmoil.stage.scene);
    check(turmoil.stage.scene, simulator.run(seed, seed % 3, DrillSimulator::Trace::Yes));
  }
}

TEST(DrillRules, EverybodyHasOneOutcomeAndWhoIsNotSafeOneCause) {
  std::map<DrillOutcome, std::size_t> outcomes;
  std::map<DrillCause, std::size_t> causes;
  in_all_scenes([&](const DrillScene& scene, const DrillRun& run) {
    ASSERT_EQ(run.people.size(), scene.people.size());
    for (std::size_t i = 0; i < run.people.size(); ++i) {
      const route::PersonRun& person = run.people[i];
      ++outcomes[person.outcome];
      ++causes[person.cause];
      const bool safe = person.outcome == DrillOutcome::Safe;
      const bool away = person.outcome == DrillOutcome::Away;
      EXPECT_EQ(safe || away, person.cause == DrillCause::None);
      if (away) {
        route::PersonRun nothing;
        nothing.outcome = DrillOutcome::Away;
        EXPECT_EQ(person, nothing);
      }
      EXPECT_EQ(safe, person.safe <= scene.people[i].deadline && person.safe < kInfinity);
      if (person.safe < kInfinity) {
        EXPECT_LE(person.told, person.ready);
        EXPECT_LE(person.ready, person.left);
        EXPECT_LE(person.left, person.arrived);
        EXPECT_LE(person.arrived, person.safe);
        EXPECT_LE(person.safe, scene.horizon);
      }
    }
  });
  EXPECT_EQ(outcomes.size(), route::kDrillOutcomes);  // the scenes are wild enough
  EXPECT_EQ(causes.size(), route::kDrillCauses);
}

TEST(DrillRules, NoShelterHoldsMoreThanItsSeats) {
  in_all_scenes([](const DrillScene& scene, const DrillRun& run) {
    for (std::uint32_t shelter = 0; shelter < scene.shelters.size(); ++shelter) {
      const auto& seats = scene.shelters[shelter].seats;
      // Changes by time: who gets in, and who is carried on (somewhat before the arrival there).
      std::vector<std::uint32_t> inside(seats.size());
      for (std::size_t i = 0; i < run.people.size(); ++i) {
        const route::PersonRun& person = run.people[i];
        const route::DrillPerson& plan = scene.people[i];
        const bool first = person.safe < kInfinity && person.shelter == shelter;
        const bool second = person.transferred < kInfinity && person.second_shelter == shelter;
        if (first) {
          EXPECT_GE(person.safe, scene.shelters[shelter].opens);
          EXPECT_LE(person.safe, scene.shelters[shelter].closes);
          EXPECT_FALSE(scene.shelters[shelter].second_stage);
        }
        if ((first && person.transferred >= kInfinity) || second) {
          inside[0] += plan.seats;
          inside[1] += plan.need == 1 ? 1 : 0;
        }
      }
      for (std::size_t i = 0; i < seats.size(); ++i) {
        EXPECT_LE(run.shelters[shelter].taken[i], seats[i]);
        EXPECT_LE(inside[i], seats[i] + (scene.vehicles.empty() ? 0 : scene.vehicles[0].seats));
      }
    }
  });
}

TEST(DrillRules, SupportersAreAtOnePlaceAndBackBeforeTheRetreat) {
  std::size_t trips = 0;
  in_all_scenes([&trips](const DrillScene& scene, const DrillRun& run) {
    std::map<std::uint32_t, std::uint32_t> helpers;
    std::map<std::uint32_t, Weight> busy_until;
    for (const route::DrillTrip& trip : run.trips) {
      ++trips;
      ++helpers[trip.person];
      EXPECT_LE(trip.began, trip.left);
      auto& until = busy_until[trip.supporter];
      EXPECT_GE(trip.began, until);
      until = std::max(trip.left, trip.back);
      // What was known at the start and at the door: open roads lead there in time.
      const route::DrillSupporter& supporter = scene.supporters[trip.supporter];
      const route::DrillPerson& person = scene.people[trip.person];
      const auto planned = std::ranges::find_if(person.shelters, [&](std::uint32_t shelter) {
        return support::open_way(scene, person.mode, person.home, scene.shelters[shelter].place)
            .has_value();
      });
      ASSERT_NE(planned, person.shelters.end());
      const auto way =
          support::open_way(scene, person.mode, person.home, scene.shelters[*planned].place);
      EXPECT_TRUE(supporter.retreat >= kInfinity || trip.left + way->duration <= supporter.retreat);
    }
    for (const auto& [person, count] : helpers) {
      EXPECT_EQ(count, scene.people[person].hands);
    }
    for (std::size_t i = 0; i < run.people.size(); ++i) {
      if (scene.people[i].hands > 0 && run.people[i].left < kInfinity) {
        EXPECT_TRUE(scene.people[i].shared);
        EXPECT_TRUE(helpers.contains(static_cast<std::uint32_t>(i)));
      }
    }
    for (const route::SupporterRun& supporter : run.supporters) {
      EXPECT_EQ(supporter.violations, 0U);
    }
  });
  EXPECT_GT(trips, 500U);
}

TEST(DrillRules, WhoMovesNeverJumpsNorEntersAClosedRoad) {
  in_all_scenes([](const DrillScene& scene, const DrillRun& run) {
    const route::RoadGraph& graph = *scene.graph;
    std::map<std::pair<DrillMover, std::uint32_t>, Weight> until;
    for (const DrillMove& move : run.moves) {
      auto& last = until[{move.kind, move.who}];
      EXPECT_GE(move.begin, last);
      last = move.end;
      const route::DrillMode& mode = scene.modes[move.mode];
      Weight now = move.begin;
      for (std::size_t i = 0; i < move.arcs.size(); ++i) {
        const route::ArcId arc = move.arcs[i];
        const double tail = graph.is_forward(arc) ? 0 : 1;
        const double begin = i == 0 ? move.first : tail;
        const double end = i + 1 == move.arcs.size() ? move.last : 1 - tail;
        if (i > 0) {
          EXPECT_EQ(graph.head(move.arcs[i - 1]), graph.tail(arc));
        }
        const Weight entered = now;
        now += route::partial_weight(mode.metric->weights[arc], begin, end);
        EXPECT_TRUE(mode.closes == nullptr || now <= (*mode.closes)[arc]);
        for (const route::RoadClosing& closing : *mode.reopens) {
          EXPECT_TRUE(closing.arc != arc || now <= closing.from || entered >= closing.until);
        }
      }
      EXPECT_EQ(now, move.end);
    }
  });
}

TEST(DrillRules, ANarrowRoadIsEnteredNoFasterThanItsRate) {
  in_all_scenes([](const DrillScene& scene, const DrillRun& run) {
    for (const route::NarrowArc& narrow : scene.narrow) {
      std::vector<Weight> entered;
      for (const DrillMove& move : run.moves) {
        Weight now = move.begin;
        for (std::size_t i = 0; i < move.arcs.size(); ++i) {
          const route::ArcId arc = move.arcs[i];
          const double tail = scene.graph->is_forward(arc) ? 0 : 1;
          const double begin = i == 0 ? move.first : tail;
          if (arc == narrow.arc && begin == tail) {
            entered.push_back(now);
          }
          const double end = i + 1 == move.arcs.size() ? move.last : 1 - tail;
          now += route::partial_weight(scene.modes[move.mode].metric->weights[arc], begin, end);
        }
      }
      std::ranges::sort(entered);
      const auto gap = static_cast<Weight>(60'000 / narrow.people_per_minute);
      for (std::size_t i = 1; i < entered.size(); ++i) {
        EXPECT_GE(entered[i] + 1, entered[i - 1] + gap);
      }
    }
  });
}

}  // namespace
