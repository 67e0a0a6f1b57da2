// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "label_search.hpp"

namespace route {

/// The search behind `dijkstra` and `find_path`. `on_settled(node, distance)` is called once per
/// node in order of distance, then of node id; the search ends early when it answers false.
template <class OnSettled>
SearchTree search(const RoadGraph& graph, const Metric& metric, std::span<const Seed> seeds,
                  Direction direction, OnSettled on_settled) {
  std::vector<QueueEntry<Weight>> starts;
  for (const Seed& seed : seeds) {
    starts.push_back({seed.node, seed.weight});
  }
  const auto further = [&metric](Weight distance, ArcId arc) {
    return add(distance, metric.weights[arc]);
  };
  auto tree = label_search<Weight>({graph, direction, kInfinity}, starts, further, on_settled);
  return {std::move(tree.label), std::move(tree.via)};
}

}  // namespace route
