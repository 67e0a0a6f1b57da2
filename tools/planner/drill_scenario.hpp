// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planner/drill_rules.hpp"
#include "registry/area.hpp"
#include "registry/calendar.hpp"
#include "registry/shelter.hpp"

namespace planner {

/// 高齢者等避難 (3), 避難指示 (4), 緊急安全確保 (5), for some areas.
struct DrillOrder {
  int level = 3;
  std::int64_t at_s = 0;           ///< after the start of the scenario
  std::vector<std::size_t> areas;  ///< places in the list of the city's areas; empty = everywhere
};

/// Zones of danger from one file. Those without an arrival time of their own arrive at `at_s`,
/// the others so much later.
struct HazardStep {
  std::string file;
  std::int64_t at_s = 0;
};

/// When a shelter takes people; those not named take them as the registry says.
struct ShelterHours {
  registry::ShelterId shelter;
  std::int64_t opens_s = 0;
  std::optional<std::int64_t> closes_s;
  std::optional<std::uint32_t> seats;  ///< nothing = as published
};

/// What happens in a drill. Seconds count from the start.
struct DrillScenario {
  std::string name;
  registry::HazardKind hazard = registry::HazardKind::Flood;
  std::string start;  ///< `2026-11-21T09:00` in Asia/Tokyo
  std::int64_t horizon_s = 0;
  std::int64_t step_s = 0;  ///< of curves and the replay
  bool night = false;
  bool rain = false;
  bool city_hazards = true;        ///< the zones imported for the city hold
  std::vector<HazardStep> steps;   ///< in the order of their times
  double collapse_percent = 0;     ///< of the houses beside the roads; an earthquake only
  std::vector<DrillOrder> orders;  ///< in the order of their times; none = the event is the signal
  double at_home = 1;
  double supporters_available = 1;
  bool assume_shared = false;  ///< as if everybody had let supporters know the plan
  std::vector<ShelterHours> shelters;
  bool city_closures = true;  ///< the closures stored for the city hold
  std::string closures;       ///< GeoJSON file; empty = none beside those of the city
};

/// What a scenario may speak of, and what holds where it says nothing.
struct ScenarioWorld {
  std::span<const registry::Area> areas;
  std::span<const registry::Shelter> shelters;
  const DrillRules& rules;
  double collapse_percent = 0;
};

/// Reads a scenario (docs/file_formats.md). Throws `registry::InputError` saying what was found,
/// what was expected and what to do: unknown keys, areas and shelters, orders out of the order of
/// their times or levels, closing before opening, numbers out of range.
[[nodiscard]] DrillScenario parse_drill_scenario(std::string_view toml, std::string_view file,
                                                 const ScenarioWorld& world);

/// A commented scenario for the city, which `parse_drill_scenario` reads: every key with its
/// meaning, the areas and shelters there are.
[[nodiscard]] std::string scenario_text(registry::HazardKind hazard, const std::string& start,
                                        const ScenarioWorld& world);

}  // namespace planner
