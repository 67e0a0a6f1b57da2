// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "planner/drill_rules.hpp"
#include "planner/paired_difference.hpp"
#include "registry/drill_desk.hpp"
#include "route/mobility_profile.hpp"

namespace planner {

/// What a real drill says of the figures of one mobility profile. Ratios are measured / planned;
/// the median is taken, so that a single stopwatch left running does not decide.
struct CalibratedProfile {
  std::string profile;
  std::size_t results = 0;
  std::size_t people = 0;  ///< different ones
  std::size_t tracks = 0;  ///< of them, with a track instead of a stopwatch for the way
  bool enough = false;     ///< at least as many results as the rules ask for
  Estimate travel;         ///< ratio of the moving times; above 1 = slower than planned
  Estimate preparation_s;  ///< seconds
  std::int64_t preparation_p90_s = 0;
  double planned_speed_mps = 0;   ///< level speed of the profile
  double proposed_speed_mps = 0;  ///< divided by the ratio
  Spread planned_preparation = {};
};

/// Pure. Plans are judged with medians, so the median of the sheets is their estimate.
[[nodiscard]] std::vector<CalibratedProfile> calibrate(
    std::span<const registry::DrillResult> results,
    std::span<const route::MobilityProfile> profiles, const PlanningRules& planning,
    const DrillRules& rules);

/// The changed figures as comments and lines to be copied by hand into `profiles.toml` and
/// `planning.toml`: nothing changes by itself. Only where the interval excludes the present figure.
[[nodiscard]] std::string proposal_text(std::span<const CalibratedProfile> profiles,
                                        const DrillRules& rules);

}  // namespace planner
