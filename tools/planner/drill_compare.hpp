// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "planner/paired_difference.hpp"
#include "registry/result_file.hpp"

namespace planner {

/// Somebody who fares differently in the second set of runs.
struct ChangedFate {
  std::string key;
  double before = 0;  ///< share of the runs in which the person was safe in time
  double after = 0;
};

/// Two sets of runs, before and after a change, played with the same random numbers.
struct DrillComparison {
  std::size_t runs = 0;
  double confidence = 0.95;
  double mean_before = 0;  ///< people safe in time per run
  double mean_after = 0;
  Estimate safe;       ///< after - before
  Estimate last_safe;  ///< minutes until nine in ten of those inside in the end are inside
  std::vector<ChangedFate> better;  ///< largest change first
  std::vector<ChangedFate> worse;
  std::size_t unchanged = 0;
  std::vector<std::string> only_before;  ///< keys
  std::vector<std::string> only_after;
  std::vector<std::string> notes;  ///< what else differs: roads, rules, scenario
};

/// Throws `registry::InputError` when the runs are not pairs: another seed or number of runs.
[[nodiscard]] DrillComparison compare_drills(const registry::ResultFile& before,
                                             const registry::ResultFile& after, double confidence);

}  // namespace planner
