// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "route/metric.hpp"
#include "route/snapping.hpp"

namespace route {

/// A target and how long the way there takes.
struct NearTarget {
  std::size_t target = 0;  ///< index among the targets
  Weight duration = 0;

  friend bool operator==(const NearTarget&, const NearTarget&) = default;
};

/// Where to look from, and on what roads.
struct NearestRequest {
  const RoadGraph& graph;
  const Metric& metric;
  RoadPosition from;
};

/// The `count` targets that are reached first, in order of duration, then of index; those that
/// cannot be reached are left out. Equals sorting the row of `distance_table`. The search ends when
/// the last of them is certain, so near targets cost little even in a large graph.
[[nodiscard]] std::vector<NearTarget> nearest_targets(const NearestRequest& request,
                                                      std::span<const RoadPosition> targets,
                                                      std::size_t count);

}  // namespace route
