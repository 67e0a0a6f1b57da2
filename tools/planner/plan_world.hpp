// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "planner/anonymous_demand.hpp"
#include "planner/city_roads.hpp"
#include "planner/planning_rules.hpp"
#include "planner/shelter_permission.hpp"
#include "registry/registry.hpp"

namespace planner {

struct PlanRequest {
  const registry::LocalPlan& local_plan;
  const MobilityRules& mobility;
  const AcceptanceRules& acceptance;
  const PlanningRules& rules;
  std::vector<registry::HazardKind> hazards;  ///< one course each, the main one first
  registry::Instant now;
  bool store = true;        ///< false = a dry run: compute and report only
  bool second_ways = true;  ///< also look for another way to each shelter
  /// true = what the stored plans say is kept where it still holds, with its seats; only the rest
  /// is computed.
  bool only_affected = false;
};

/// Everything a plan run starts from, read once: people, what is known of their way of moving,
/// shelters, and the plans people have settled.
struct PlanWorld {
  const CityRoads& roads;
  const PlanRequest& request;
  std::vector<registry::PlanSubject> subjects;
  std::vector<AnonymousDemand> demands;  ///< parallel to subjects
  std::vector<registry::Shelter> shelters;
  std::map<registry::PersonId, registry::EvacuationPlan> stored;  ///< newest revisions
  /// Supporters in the register whom a person has refused, or who are the person; they do not stand
  /// in `subjects` any more.
  std::map<registry::PersonId, std::set<registry::SupporterId>> unwanted = {};
};

[[nodiscard]] PlanWorld plan_world(registry::Session& session, const CityRoads& roads,
                                   const PlanRequest& request);

/// Told what a long run is doing, and how much of that step is done.
using Progress = std::function<void(std::string_view step, double share)>;

}  // namespace planner
