// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "route/contraction_hierarchy.hpp"
#include "route/metric.hpp"
#include "route/node_order.hpp"
#include "route/road_graph.hpp"

namespace support {

/// Everything above a graph, in objects that stay where they are.
struct Hierarchy {
  explicit Hierarchy(const route::RoadGraph& graph)
      : topology(graph.net(), route::nested_dissection(graph.net())) {}

  route::CchTopology topology;
};

/// The weights of some metrics as a hierarchy wants them; the metrics must outlive the result.
inline std::vector<std::span<const route::Weight>> weights_of(
    std::span<const route::Metric> metrics) {
  std::vector<std::span<const route::Weight>> weights;
  for (const route::Metric& metric : metrics) {
    weights.emplace_back(metric.weights.raw());
  }
  return weights;
}

}  // namespace support
