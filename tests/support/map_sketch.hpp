// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "route/road_graph.hpp"

namespace support {

/// A small town drawn in characters, as the roads of a test:
///
///     const MapSketch town(R"(
///         a----b====S
///         |         "
///         +----c----+)", 50);
///
/// Letters and digits are nodes and must be different. `-` and `|` are roads, `=` and `"` (upright)
/// are stairs. A `+` where two lines of one kind meet is a bend; any other `+` is a node without a
/// name. Every cell is a square of `metres_per_cell`; the length of an edge is exactly the number
/// of cells times that. Further down is further south. Roads are residential, paved, 3 m wide and
/// open to everybody, so that nothing about them is unknown; `change` may alter each edge.
/// A drawing that cannot be understood throws `std::invalid_argument` with row and column.
class MapSketch {
 public:
  /// Gets the names of both ends ('+' for none), the end the shape starts at first.
  using Change = std::function<void(char from, char to, route::Road& road)>;

  explicit MapSketch(std::string_view drawing, double metres_per_cell = 10,
                     const Change& change = {});

  [[nodiscard]] const route::RoadGraph& graph() const { return graph_; }
  [[nodiscard]] route::NodeId node(char name) const;
  [[nodiscard]] route::LatLon position(char name) const { return graph_.position(node(name)); }
  /// The one edge between two nodes; throws `std::invalid_argument` if there is none or more.
  [[nodiscard]] route::EdgeId edge(char a, char b) const;
  /// Names of the nodes along connected arcs: "acS"; '+' for a node without a name.
  [[nodiscard]] std::string names(std::span<const route::ArcId> arcs) const;

 private:
  std::map<char, route::NodeId> nodes_;
  route::RoadGraph graph_;
};

}  // namespace support
