// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "planner/blockage_rules.hpp"
#include "planner/drill_alternatives.hpp"
#include "planner/drill_cast.hpp"
#include "planner/drill_scenario.hpp"
#include "planner/evacuation_planner.hpp"
#include "planner/holidays.hpp"
#include "registry/area.hpp"
#include "route/drill_scene.hpp"

namespace planner {

/// What a drill is joined from.
struct DrillRequest {
  const DrillScenario& scenario;
  const DrillRules& rules;
  const WeaknessRules& blockage;
  const Holidays& holidays;
  std::span<const registry::Area> areas;
  const route::HazardMap& hazards;              ///< of the scenario's files; arrivals set
  const std::vector<route::Closure>& closures;  ///< of the scenario's file
};

/// The roads as one way of moving sees them in the drill.
struct DrillRoads {
  const route::MobilityProfile* profile = nullptr;
  route::Metric metric;
  route::SnapMask mask;                     ///< without what is closed when the drill begins
  std::optional<route::SnapMask> later;     ///< with what reopens, where anything does
  route::ClosingTimes closes;               ///< for good
  std::vector<route::RoadClosing> reopens;  ///< closures that end
  std::optional<route::BlockageChances> blocked;
};

/// What the indices of the scene stand for. No name, no address.
struct DrillPersonFacts {
  std::string key;
  registry::PersonId registrant;  ///< empty for a stand-in
  std::string profile;
  std::size_t area = 0;        ///< into `DrillWorld::areas`
  std::int64_t planned_s = 0;  ///< the plan's own time from the order until safe; 0 = no way
  double way_m = 0;            ///< planned
  std::string gap;             ///< why the plan has no destination, in words
  DrillAlternative alternative = {};
};

struct DrillShelterFacts {
  registry::ShelterId id;
  std::string name;
  std::uint32_t seats = 0;
  bool second_stage = false;
  registry::Position position;
  double price_s = 0;  ///< what one more seat would save everybody planned for this drill
};

/// The scene of a drill with everything it refers to.
struct DrillWorld {
  route::DrillScene scene;
  std::vector<std::unique_ptr<DrillRoads>> roads;  ///< by mode
  std::vector<DrillPersonFacts> people;            ///< by person of the scene
  std::vector<std::string> supporters;             ///< keys
  std::vector<DrillShelterFacts> shelters;
  std::vector<std::string> areas;  ///< names; the last one "その他"
  std::size_t real = 0;
  std::size_t stand_ins = 0;
  std::size_t adjusted = 0;
  std::size_t left_out = 0;       ///< protected, without place, or too few to be shuffled
  std::size_t without_place = 0;  ///< players whose home no road of theirs reaches
  std::size_t recomputed = 0;     ///< real players whose stored plan does not hold any more
};

/// Joins plans and people into an anonymous scene: plans in force as they are stored, those of
/// stand-ins computed into the seats that are left.
[[nodiscard]] DrillWorld drill_world(const DrillCast& cast, const DrillRequest& request,
                                     const Progress& progress);

/// A duration of which half the people need at most the median and nine in ten the 90th percentile.
[[nodiscard]] route::DrillDelay delay_of(Spread spread);

}  // namespace planner
