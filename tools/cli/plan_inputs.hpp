// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "planner/plan_world.hpp"

namespace cli {

/// What every computation of plans reads from the folder of a city.
struct PlanInputs {
  /// Without names of hazards those of the local plan; a name that is none is wrong use.
  PlanInputs(const CityFolder& city, const std::vector<std::string>& hazard_names);

  registry::LocalPlan local_plan;
  planner::MobilityRules mobility;
  planner::AcceptanceRules acceptance;
  planner::PlanningRules rules;
  std::vector<registry::HazardKind> hazards;

  /// Borrows these inputs.
  [[nodiscard]] planner::PlanRequest request() const;
};

/// The kind of hazard of this name in a `--hazard`; a name that is none is wrong use.
[[nodiscard]] registry::HazardKind hazard_named(const std::string& name);

/// Adds `--dir` and `--hazard`.
void add_plan_inputs(CLI::App& command, std::string& dir, std::vector<std::string>& hazards);

}  // namespace cli
