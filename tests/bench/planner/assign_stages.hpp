// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "planner/generated_town.hpp"
#include "report.hpp"

namespace bench {

/// Where the figures of shelter assignment go, and how much of it is wanted.
struct AssignBench {
  Report& report;
  Rounds rounds = {3, 60};
  std::uint32_t divisor = 1;  ///< towns and edits smaller by this
};

/// Objective, bounds, gap and what was counted again; checks that they agree.
[[nodiscard]] nlohmann::ordered_json outcome(Report& report, const AssignmentInstance& instance,
                                             const route::Assignment& assignment);

/// One seat each: against LEMON, equal optimum, both times.
void measure_units(const AssignBench& bench, const std::string& name, const TownSize& size,
                   std::uint32_t seed);
/// Indivisible households: the gap.
void measure_households(const AssignBench& bench, const std::string& name, const TownSize& size,
                        std::uint32_t seed);
void measure_worst_first(const AssignBench& bench, const std::string& name, const TownSize& size,
                         std::uint32_t seed);
/// Single edits, each compared with the full solution.
void measure_edits(const AssignBench& bench, const TownSize& size, std::uint32_t seed);

}  // namespace bench
