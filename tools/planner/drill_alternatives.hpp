// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "planner/drill_report.hpp"
#include "registry/evacuation_plan.hpp"

namespace planner {

struct DrillWorld;

/// What a person has for the day the first way or the first shelter fails (代替経路).
struct DrillAlternative {
  bool way_known = false;  ///< known whether there is a second way
  bool has_way = false;
  std::int64_t way_extra_s = 0;      ///< the second way takes so much longer
  double way_shared = 0;             ///< share of the first way's length that is on the second too
  std::int64_t shelter_extra_s = 0;  ///< to the second shelter of the person, from home
};

/// From the course played and, where the person has one, the plan in force, whose second way counts
/// only if the course played goes the way of that plan. `looked_for`: the course itself says.
[[nodiscard]] DrillAlternative alternative_of(const registry::PlanCourse& played,
                                              const registry::EvacuationPlan* stored,
                                              bool looked_for);

/// The table `alternative`, row by row as `person`.
[[nodiscard]] registry::ResultTable alternative_table(const DrillWorld& world);

/// Counts by district, and the persons with the least to fall back on. None without the table.
[[nodiscard]] std::vector<DrillSection> alternative_sections(const registry::ResultFile& results);

}  // namespace planner
