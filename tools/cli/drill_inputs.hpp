// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/plan_inputs.hpp"
#include "planner/drill_world.hpp"

namespace cli {

/// What a drill is run from. Reading the people is the only thing that needs the registry.
class DrillSetting {
 public:
  /// Reads city and scenario (TOML, or JSON by its ending .json).
  DrillSetting(const std::string& dir, const std::filesystem::path& scenario);
  DrillSetting(const DrillSetting&) = delete;
  DrillSetting& operator=(const DrillSetting&) = delete;
  DrillSetting(DrillSetting&&) = delete;  // the requests point into it
  DrillSetting& operator=(DrillSetting&&) = delete;
  ~DrillSetting() = default;

  [[nodiscard]] const planner::DrillScenario& scenario() const { return scenario_; }
  [[nodiscard]] const planner::DrillRules& rules() const { return rules_; }
  [[nodiscard]] const planner::PlanningRules& planning() const { return inputs_.rules; }
  [[nodiscard]] const std::string& scenario_text() const { return text_; }
  [[nodiscard]] const planner::DrillWorld& world() const { return world_; }
  /// Over the scenario and the files it names.
  [[nodiscard]] std::string scenario_hash() const;
  /// Over the plans and roads that are played, without keys.
  [[nodiscard]] std::string data_hash() const;
  [[nodiscard]] std::string rules_hash() const;

  /// Reads people and plans and joins them; the stored world of people goes with the call.
  /// `second_ways`: those of stored plans are known, others must be looked for, which takes time.
  enum class SecondWays : std::uint8_t { AsStored, ForAll };
  void join(const planner::Progress& progress, SecondWays second_ways = SecondWays::AsStored);

 private:
  CityFolder city_;
  PlanInputs inputs_;
  planner::DrillRules rules_;
  planner::WeaknessRules blockage_;
  planner::Holidays holidays_;
  std::vector<registry::Area> areas_;
  std::vector<registry::Shelter> shelters_;
  std::string text_;
  std::vector<std::filesystem::path> drawn_;  ///< the files the scenario names
  planner::DrillScenario scenario_;
  route::HazardMap hazards_;
  std::vector<route::Closure> closures_;
  std::unique_ptr<planner::CityRoads> roads_;
  planner::DrillWorld world_;
};

/// Areas and shelters of a city with the rules of drills, for reading or writing scenarios.
struct ScenarioBasis {
  explicit ScenarioBasis(const CityFolder& city);
  planner::DrillRules rules;
  planner::WeaknessRules blockage;
  std::vector<registry::Area> areas;
  std::vector<registry::Shelter> shelters;
  [[nodiscard]] planner::ScenarioWorld world() const {
    return {areas, shelters, rules, blockage.collapse_percent};
  }
};

/// A scenario as TOML text; a .json file is rewritten. Throws `registry::InputError`.
[[nodiscard]] std::string read_scenario(const std::filesystem::path& file);

/// Hash of a text, in hexadecimal digits.
[[nodiscard]] std::string hash_of(const std::string& text);

}  // namespace cli
