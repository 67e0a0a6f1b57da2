// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "planner/drill_report.hpp"
#include "route/drill_run.hpp"

namespace planner {

struct DrillWorld;

/// Runs in which a district is cut off (孤立): somebody of it went or wanted to go, and none of
/// those had an open way to any shelter, or a helper with an open way to the door, because of
/// rubble or closings.
using CutOffRuns = std::vector<std::uint32_t>;  // by `DrillWorld::areas`

/// Adds a run. Pure in what it counts; the order of runs has no bearing.
void count_cut_off(const DrillWorld& world, const route::DrillRun& run, CutOffRuns& counts);

/// The table `district`: area, people, cut_off_runs.
[[nodiscard]] registry::ResultTable district_table(const DrillWorld& world,
                                                   const CutOffRuns& counts);

/// 孤立する地区, those of at least five people only. None without the table.
[[nodiscard]] std::vector<DrillSection> isolation_sections(const registry::ResultFile& results);

}  // namespace planner
