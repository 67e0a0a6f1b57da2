// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "elimination.hpp"

namespace route {

/// A place in the plane, for telling one end of a piece from the other.
struct PlanePoint {
  float x = 0;
  float y = 0;
};

enum class Part : std::uint8_t { First, Second, Separator };

/// Cuts a connected graph of at least three nodes into two parts that no edge joins, and the nodes
/// between. Among the cuts found, that with the fewest separating nodes for each node of the
/// smaller part. Both parts may turn out empty where every node is next to every other: then all
/// nodes are in the separator.
[[nodiscard]] std::vector<Part> find_separator(const UndirectedGraph& graph,
                                               std::span<const PlanePoint> places);

}  // namespace route
