// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "route/road_graph.hpp"

namespace route {

/// Collects nodes and edges, then makes an immutable `RoadGraph`. The result depends only on what
/// was added and in which order.
class GraphBuilder {
 public:
  GraphBuilder();
  GraphBuilder(const GraphBuilder&) = delete;
  GraphBuilder& operator=(const GraphBuilder&) = delete;
  GraphBuilder(GraphBuilder&&) noexcept;
  GraphBuilder& operator=(GraphBuilder&&) noexcept;
  ~GraphBuilder();

  NodeId add_node(LatLon position, std::int64_t source_id = 0);
  /// Adds an edge along `shape`, whose ends must be the positions of `from` and `to`. A zero
  /// `road.length_mm` is filled in from the shape. Loops and parallel edges are fine.
  EdgeId add_edge(NodeId from, NodeId to, Road road, const Polyline& shape,
                  std::string_view name = {});
  /// Edge along the straight line between its nodes.
  EdgeId add_edge(NodeId from, NodeId to, Road road, std::string_view name = {});

  /// Leaves the builder empty. Throws `InputError` when there are more than 2^31 arcs.
  [[nodiscard]] RoadGraph build();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// The same graph with the slope of every edge set, in edge order, in forward direction.
/// Requires `slopes_permille.size() == graph.edge_count()`.
[[nodiscard]] RoadGraph with_slopes(const RoadGraph& graph,
                                    std::span<const std::int16_t> slopes_permille);

}  // namespace route
