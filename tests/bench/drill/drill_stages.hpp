// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "drill/invented_drill.hpp"
#include "report.hpp"

namespace bench {

struct DrillStagesRequest {
  const route::RoadGraph& graph;
  InventedDrillSize size = {};
  std::uint32_t seed = 1;
  std::uint32_t single_runs = 20;  ///< whose median is the time of one run
  std::uint32_t runs = 1'000;      ///< of the series
  std::uint32_t short_runs = 100;  ///< of the series that is repeated with one thread
  unsigned threads = 2;
};

/// Making ready, one run, a series, speed-up, memory, and planning anew after a closure; adds an
/// entry under `drills` and checks that threads and ranges leave no trace.
void measure_drill(const DrillStagesRequest& request, DrillHazard hazard, Report& report);

}  // namespace bench
