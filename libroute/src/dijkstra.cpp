// SPDX-License-Identifier: Apache-2.0
#include "route/dijkstra.hpp"

#include "route/error.hpp"
#include "search.hpp"

namespace route {

SearchTree dijkstra(const RoadGraph& graph, const Metric& metric, std::span<const Seed> seeds,
                    Direction direction) {
  TOMONI_EXPECT(metric.weights.size() == graph.arc_count());
  return search(graph, metric, seeds, direction, [](NodeId, Weight) { return true; });
}

}  // namespace route
