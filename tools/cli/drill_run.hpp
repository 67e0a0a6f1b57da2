// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/drill_inputs.hpp"
#include "planner/drill_isolation.hpp"
#include "registry/result_file.hpp"
#include "route/drill_simulation.hpp"

namespace cli {

/// Which runs to play.
struct DrillRuns {
  std::uint32_t runs = 100;
  std::uint64_t seed = 1;
  unsigned threads = 0;  ///< 0 = as many as there are
};

/// The result of the runs; what decides it stands in it, nothing else.
[[nodiscard]] registry::ResultFile results_of(const DrillSetting& setting, const DrillRuns& runs,
                                              const route::DrillTotals& totals,
                                              const planner::CutOffRuns& cut_off);

/// What a run tells its user.
[[nodiscard]] nlohmann::ordered_json summary_of(const registry::ResultFile& results);

}  // namespace cli
