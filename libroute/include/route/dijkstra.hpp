// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "route/metric.hpp"
#include "route/road_graph.hpp"

namespace route {

/// Where a search starts, and what has already been spent there.
struct Seed {
  NodeId node;
  Weight weight = 0;
};

enum class Direction : std::uint8_t { Forward, Backward };

/// Result of a search from all seeds at once.
struct SearchTree {
  IdVector<NodeId, Weight> distance;  ///< `kInfinity` where not reached
  IdVector<NodeId, ArcId> via;  ///< last arc on the way (first arc for Backward); invalid at seeds
};

/// Dijkstra's algorithm (1959) with a binary heap: short, obviously correct, the oracle for every
/// other search. O((n + m) log n). Backward gives distances *to* the seeds. Equal distances are
/// settled in node order, so that trees are reproducible.
[[nodiscard]] SearchTree dijkstra(const RoadGraph& graph, const Metric& metric,
                                  std::span<const Seed> seeds, Direction direction);

}  // namespace route
