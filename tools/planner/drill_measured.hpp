// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "planner/drill_calibration.hpp"
#include "planner/drill_report.hpp"
#include "planner/drill_residuals.hpp"

namespace planner {

/// What drills that were held say, as far as it may leave the house: groups of fewer people than
/// the rules' `least_group` are left out, and roads beyond its `most_in_report`.
struct MeasuredDrills {
  std::span<const CalibratedProfile> profiles;
  std::span<const route::MobilityProfile> moves;  ///< for their names
  std::span<const RoadResidual> roads;            ///< by the time lost
};

/// 実測との照合: by way of moving and, where there are tracks, by road. None without results.
[[nodiscard]] std::vector<DrillSection> measured_sections(const MeasuredDrills& measured,
                                                          const DrillRules& rules);

}  // namespace planner
