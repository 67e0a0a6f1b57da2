// SPDX-License-Identifier: Apache-2.0
#include "cli/plan_inputs.hpp"

#include <algorithm>
#include <iterator>

namespace cli {
namespace {

std::vector<registry::HazardKind> hazards_of(const std::vector<std::string>& names,
                                             const registry::LocalPlan& plan) {
  std::vector<registry::HazardKind> hazards;
  std::ranges::transform(names, std::back_inserter(hazards), hazard_named);
  return hazards.empty() ? plan.planning_hazards : hazards;
}

}  // namespace

PlanInputs::PlanInputs(const CityFolder& city, const std::vector<std::string>& hazard_names)
    : local_plan(city.local_plan()),
      mobility(planner::parse_mobility_rules(city.rules("mobility.toml"))),
      acceptance(planner::parse_acceptance_rules(city.rules("acceptance.toml"))),
      rules(planner::parse_planning_rules(city.rules("planning.toml"))),
      hazards(hazards_of(hazard_names, local_plan)) {}

planner::PlanRequest PlanInputs::request() const {
  return {.local_plan = local_plan,
          .mobility = mobility,
          .acceptance = acceptance,
          .rules = rules,
          .hazards = hazards,
          .now = now()};
}

registry::HazardKind hazard_named(const std::string& name) {
  const auto kind = registry::parse_hazard_kind(name);
  if (!kind) {
    throw CLI::ValidationError("--hazard", "災害種別の名前ではありません。例: 洪水, 地震");
  }
  return *kind;
}

void add_plan_inputs(CLI::App& command, std::string& dir, std::vector<std::string>& hazards) {
  command.add_option("--dir", dir, "市のフォルダ (city folder)");
  command.add_option("--hazard", hazards,
                     "災害種別。繰り返せる。既定は地域防災計画の設定 (hazard, default from the "
                     "local plan)");
}

}  // namespace cli
