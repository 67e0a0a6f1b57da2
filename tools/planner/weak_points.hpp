// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/evacuation_planner.hpp"
#include "planner/weak_plans.hpp"
#include "route/blockage_study.hpp"
#include "route/road_criticality.hpp"

namespace planner {

struct WeaknessRequest {
  const WeaknessRules& rules;
  const std::map<registry::PersonId, int>& priority;  ///< points of the order of plan making
  double collapse_percent = 0;                        ///< of the houses beside the roads
  std::uint64_t seed = 0;
  std::uint32_t scenarios = 0;
  unsigned threads = 1;    ///< has no bearing on the result
  std::size_t roads = 20;  ///< how many to name
  std::size_t plans = 20;
};

/// A road many people depend on.
struct WeakRoad {
  route::CriticalRoad loss;
  std::int64_t way_id = 0;
  std::string name;          ///< empty = has none
  registry::Position point;  ///< on the road
};

/// What roads blocked at random did to all ways.
struct BlockageFigures {
  route::CountSpread cut;     ///< people whose planned way is blocked
  route::CountSpread no_way;  ///< people to whose shelter no way is open
};

struct CourseWeakness {
  registry::HazardKind hazard{};
  std::size_t with_way = 0;  ///< people
  std::size_t late = 0;      ///< of them not in time before any loss: not counted at the roads
  std::size_t protected_left_out = 0;  ///< of them: roads are places, so they are not counted there
  std::vector<WeakRoad> roads;         ///< lost as a whole
  std::vector<WeakRoad> through_roads;  ///< lost to those who pass, not to those who live on them
  std::optional<BlockageFigures> blockage;  ///< nothing = no hazard that brings houses down
};

/// A plan to look at, in its weakest course. Whose it is, is an id only.
struct WeakPlan {
  registry::PersonId person;
  registry::HazardKind hazard{};
  registry::PlanVerdict verdict{};
  std::string cause;
  WeaknessPoints points;
  std::optional<Exposure> exposure;
  std::vector<FixProposal> fixes;
};

struct WeakPoints {
  std::size_t registrants = 0;
  std::vector<CourseWeakness> courses;
  std::size_t weak = 0;  ///< people with a weak course
  std::vector<WeakPlan>
      plans;  ///< those most worth fixing, first; equal points in order of the ids
};

/// Where today's plans would break: computed anew, nothing is stored. The same world, rules and
/// seed always give the same answer.
[[nodiscard]] WeakPoints weak_points(const PlanWorld& world, const WeaknessRequest& request,
                                     const Progress& progress);

}  // namespace planner
