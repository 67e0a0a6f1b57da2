// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "route/boost_graph.hpp"
#include "route/path.hpp"

// After the adaptor, so that the algorithm finds it.
#include <boost/graph/dijkstra_shortest_paths.hpp>

namespace support {

/// Duration between two road positions by Boost.Graph's Dijkstra: the oracle that shares no search
/// code with libroute.
inline route::Weight reference_duration(const route::RoadGraph& graph, const route::Metric& metric,
                                        const route::RoadPosition& from,
                                        const route::RoadPosition& to) {
  route::Weight best = along_one_edge(graph, metric, from, to);
  for (const route::Seed& start : seeds_at(graph, metric, from, route::Direction::Forward)) {
    std::vector<route::Weight> distance(graph.node_count(), route::kInfinity);
    boost::dijkstra_shortest_paths(graph, start.node.value,
                                   boost::weight_map(route::ArcWeights(metric.weights))
                                       .distance_map(boost::make_iterator_property_map(
                                           distance.begin(), get(boost::vertex_index, graph)))
                                       .distance_combine(&route::add)
                                       .distance_inf(route::kInfinity));
    for (const route::Seed& goal : seeds_at(graph, metric, to, route::Direction::Backward)) {
      best = std::min(best,
                      route::add(route::add(start.weight, distance[goal.node.value]), goal.weight));
    }
  }
  return best;
}

}  // namespace support
