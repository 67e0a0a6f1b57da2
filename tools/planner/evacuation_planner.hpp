// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "planner/anonymous_demand.hpp"
#include "planner/city_roads.hpp"
#include "planner/shelter_permission.hpp"
#include "registry/registry.hpp"

namespace planner {

struct PlanRequest {
  const registry::LocalPlan& local_plan;
  const MobilityRules& mobility;
  const AcceptanceRules& acceptance;
  registry::HazardKind hazard{};
  registry::Instant now;
  bool store = true;  ///< false = a dry run: compute and report only
};

struct ShelterUse {
  registry::ShelterId shelter;
  std::string name;
  std::uint32_t capacity = 0;
  bool capacity_assumed = false;  ///< none published; the local plan's figure was taken
  std::uint32_t used = 0;
  double price_s = 0;  ///< seconds one more seat would save over all people
};

/// What the main job did.
struct PlanReport {
  std::size_t registrants = 0;
  std::size_t planned = 0;
  std::map<std::string, std::size_t> unassigned;  ///< reason in words -> people
  std::size_t shelters = 0;
  std::size_t shelters_permitted = 0;  ///< open to direct arrival, suited to the hazard, on a road
  std::map<std::string, std::size_t> shelters_left_out;  ///< reason in words -> shelters
  std::vector<ShelterUse> use;
  std::vector<registry::EvacuationPlan> plans;  ///< one per registrant, in the registry's order
  registry::StoredPlans stored;
  double mean_duration_s = 0;
  double longest_duration_s = 0;
  std::uint64_t total_cost_s = 0;
  std::uint64_t lower_bound_s = 0;  ///< of the assignment; equal when it is optimal
};

using Progress = std::function<void(std::string_view step, double share)>;

/// The main job: for everybody on the register the best permitted destination under capacity, the
/// way there, and a stored revision of the plan. A person without destination gets a plan that
/// says why. The way is the fastest one before the danger has arrived (people start at
/// 高齢者等避難, level 3), on the roads that nobody has closed at that time; zones it touches stand
/// on the plan. Whom only a closed road keeps from a shelter is told so.
[[nodiscard]] PlanReport make_plans(registry::Session& session, const CityRoads& roads,
                                    const PlanRequest& request, const Progress& progress);

}  // namespace planner
