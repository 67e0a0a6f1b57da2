// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "route/dijkstra.hpp"

namespace route {

/// The one loop behind `dijkstra` and `find_path`. `on_settled(node, distance)` is called once per
/// node in order of distance, then of node id; the search ends early when it answers false.
template <class OnSettled>
SearchTree search(const RoadGraph& graph, const Metric& metric, std::span<const Seed> seeds,
                  Direction direction, OnSettled on_settled) {
  using Entry = std::pair<Weight, NodeId>;
  SearchTree tree{IdVector<NodeId, Weight>(graph.node_count(), kInfinity),
                  IdVector<NodeId, ArcId>(graph.node_count())};
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  const auto reach = [&tree, &queue](NodeId node, Weight distance, ArcId via) {
    if (distance < tree.distance[node]) {
      tree.distance[node] = distance;
      tree.via[node] = via;
      queue.emplace(distance, node);
    }
  };
  for (const Seed& seed : seeds) {
    reach(seed.node, seed.weight, ArcId{});
  }
  while (!queue.empty()) {
    const auto [distance, node] = queue.top();
    queue.pop();
    if (distance > tree.distance[node]) {
      continue;  // an older, longer entry of a node settled before
    }
    if (!on_settled(node, distance)) {
      break;
    }
    if (direction == Direction::Forward) {
      for (const ArcId arc : graph.arcs_out(node)) {
        reach(graph.head(arc), add(distance, metric.weights[arc]), arc);
      }
    } else {
      for (const ArcId arc : graph.arcs_in(node)) {
        reach(graph.tail(arc), add(distance, metric.weights[arc]), arc);
      }
    }
  }
  return tree;
}

}  // namespace route
