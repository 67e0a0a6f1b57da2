// SPDX-License-Identifier: Apache-2.0
// Roads close here and there in the sample town: what is kept without being computed again is what
// the computation in full would have kept.
#include <gtest/gtest.h>

#include <random>

#include "planner/evacuation_planner.hpp"
#include "planner/helper_plan.hpp"
#include "support/city.hpp"

namespace {

using planner::HelperPlan;
using planner::PersonWay;
using registry::EvacuationPlan;

void silent(std::string_view /*step*/, double /*share*/) {}

class KeptPlans : public testing::Test {
 protected:
  KeptPlans()
      : city_(testing::UnitTest::GetInstance()->current_test_info()->name(),
              support::ReadyCity::SampleTown) {
    static_cast<void>(city_.plan());
    registry_.emplace(city_.open());
    session_.emplace(registry_->session({"test", "test"}));
    request_.emplace(planner::PlanRequest{.local_plan = local_plan_,
                                          .mobility = mobility_,
                                          .acceptance = acceptance_,
                                          .rules = rules_,
                                          .hazards = local_plan_.planning_hazards,
                                          .now = {1'800'000'000'000},
                                          .store = false,
                                          .second_ways = false,
                                          .only_affected = true});
  }

  [[nodiscard]] std::string rule_file(const char* name) const {
    return support::read_all(city_.dir() / "rules" / name);
  }

  [[nodiscard]] std::unique_ptr<planner::CityRoads> roads(
      std::vector<route::Closure> closures) const {
    return std::make_unique<planner::CityRoads>(
        route::RoadGraph::map(city_.dir() / "roads.graph"),
        route::import_hazards(city_.dir() / "hazards.geojson").map,
        route::parse_profiles(rule_file("profiles.toml")), std::move(closures));
  }

  /// A square of some metres around a place on somebody's way.
  [[nodiscard]] static route::Closure closure_on_a_way(const std::vector<EvacuationPlan>& plans,
                                                       std::mt19937& random) {
    for (;;) {
      const EvacuationPlan& plan = plans[random() % plans.size()];
      if (plan.courses.empty()) {
        continue;
      }
      const auto& legs = plan.courses[random() % plan.courses.size()].legs;
      if (legs.empty() || legs.front().route.empty()) {
        continue;
      }
      const registry::Position at = legs.front().route[random() % legs.front().route.size()];
      const double half = 0.00005 * (1 + random() % 12);
      route::Closure closure;
      route::Polyline ring;
      for (const auto& [north, east] : {std::pair{-1, -1}, {-1, 1}, {1, 1}, {1, -1}, {-1, -1}}) {
        ring.push_back(route::from_degrees(at.lat + north * half, at.lon + east * half));
      }
      closure.areas.push_back({{std::move(ring)}});
      return closure;
    }
  }

  support::City city_;
  registry::LocalPlan local_plan_ =
      registry::parse_local_plan(support::read_all(city_.dir() / "local_plan.toml"));
  planner::MobilityRules mobility_ = planner::parse_mobility_rules(rule_file("mobility.toml"));
  planner::AcceptanceRules acceptance_ =
      planner::parse_acceptance_rules(rule_file("acceptance.toml"));
  planner::PlanningRules rules_ = planner::parse_planning_rules(rule_file("planning.toml"));
  std::optional<registry::Registry> registry_;
  std::optional<registry::Session> session_;
  std::optional<planner::PlanRequest> request_;
};

/// What a plan of helpers means for people.
struct Served {
  std::size_t helped = 0;
  std::size_t late = 0;
  friend bool operator==(const Served&, const Served&) = default;
};

Served served(const planner::PlanWorld& world, const std::vector<PersonWay>& ways,
              const HelperPlan& helpers) {
  Served all{.helped = helpers.helped};
  for (std::size_t person = 0; person < ways.size(); ++person) {
    if (const auto door = helpers.at_door_s[person]) {
      const auto& profile = world.demands[person].profile;
      const std::int64_t safe_at =
          *door + world.request.rules.preparation_of(profile).p50_s + ways[person].travel_s;
      all.late += ways[person].limit_s && safe_at > *ways[person].limit_s ? 1U : 0U;
    }
  }
  return all;
}

TEST_F(KeptPlans, ChainsThatAreKeptServeAsManyAsASearchOfAllChains) {
  std::mt19937 random(20261122);
  const auto stored = session_->plans();
  std::size_t kept_people = 0;
  std::size_t other_helpers = 0;
  for (int round = 0; round < 25; ++round) {
    SCOPED_TRACE(round);
    std::vector<route::Closure> closures;
    for (std::size_t i = random() % 4; i > 0; --i) {
      closures.push_back(closure_on_a_way(stored, random));
    }
    const auto today = roads(closures);
    const planner::PlanWorld world = planner::plan_world(*session_, *today, *request_);
    for (const registry::HazardKind hazard : request_->hazards) {
      planner::CourseCase course = course_case(world, hazard, silent);
      const planner::KeptCourses kept = keep_what_holds(world, course);
      hold_seats(kept, course);
      const auto seats = seat_problem(world, course.shelters);
      const auto assignment = assign_shelters(seats.over(course.costs));
      const std::vector<PersonWay> ways = course_ways(world, course, assignment, kept);
      const HelperPlan quick = plan_helpers(world, course, assignment, ways);
      request_->only_affected = false;  // the world refers to it
      const HelperPlan full = plan_helpers(world, course, assignment, ways);
      request_->only_affected = true;
      EXPECT_EQ(quick.needing, full.needing);
      EXPECT_EQ(served(world, ways, quick), served(world, ways, full));
      EXPECT_EQ(quick.last_bound_s, full.last_bound_s);
      for (std::size_t person = 0; person < ways.size(); ++person) {
        if (closures.empty()) {
          EXPECT_EQ(quick.helpers[person], full.helpers[person]);
        }
        if (kept.course[person] != nullptr) {
          const bool moved = quick.helpers[person] != kept.course[person]->helpers;
          const bool moved_in_full = full.helpers[person] != kept.course[person]->helpers;
          ++kept_people;
          other_helpers += moved_in_full && !moved ? 1U : 0U;
          EXPECT_TRUE(!moved || moved_in_full) << "changed without need";
        }
      }
    }
  }
  std::cout << kept_people << " kept courses; " << other_helpers
            << " of them a search of all chains would have given other helpers or times\n";
}

TEST_F(KeptPlans, WhatIsNotHandedToTheStoreIsWhatItHoldsAlready) {
  std::mt19937 random(7);
  const auto stored = session_->plans();
  request_->store = true;
  std::size_t revised = 0;
  for (int round = 0; round < 4; ++round) {
    const auto today = roads({closure_on_a_way(stored, random), closure_on_a_way(stored, random)});
    const auto report = planner::make_plans(*session_, *today, *request_, silent);
    EXPECT_EQ(report.stored.revised + report.stored.unchanged + report.stored.kept,
              report.plans.size());
    revised += report.stored.revised;
    const auto again = session_->store_plans(report.plans);
    EXPECT_EQ(again.revised, 0U);
    EXPECT_EQ(again.added, 0U);
  }
  EXPECT_GT(revised, 0U);
}

}  // namespace
