// SPDX-License-Identifier: Apache-2.0
#include "route/distance_table.hpp"

#include <algorithm>

#include "route/dijkstra.hpp"
#include "route/path.hpp"

// The pieces of edges at both ends are weighed by the functions `find_path` uses, so that the
// entries are equal to its durations to the last millisecond.

namespace route {

DistanceTable distance_table(const RoadGraph& graph, const Metric& metric,
                             std::span<const RoadPosition> sources,
                             std::span<const RoadPosition> targets) {
  DistanceTable table(sources.size(), targets.size());
  std::vector<std::vector<Seed>> starts;
  starts.reserve(sources.size());
  for (const RoadPosition& source : sources) {
    starts.push_back(seeds_at(graph, metric, source, Direction::Forward));
  }
  for (std::size_t target = 0; target < targets.size(); ++target) {
    const auto ends = seeds_at(graph, metric, targets[target], Direction::Backward);
    const SearchTree tree = dijkstra(graph, metric, ends, Direction::Backward);
    for (std::size_t source = 0; source < sources.size(); ++source) {
      Weight best = along_one_edge(graph, metric, sources[source], targets[target]);
      for (const Seed& start : starts[source]) {
        best = std::min(best, add(start.weight, tree.distance[start.node]));
      }
      table.at(source, target) = best;
    }
  }
  return table;
}

}  // namespace route
