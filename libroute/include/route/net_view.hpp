// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "route/geo.hpp"
#include "route/ids.hpp"

namespace route {

/// The bare topology of a directed graph, borrowed: a forward star with positions. Loops and
/// parallel arcs are fine.
struct NetView {
  std::span<const std::uint32_t> first_out;  ///< by node, and the end
  std::span<const NodeId> heads;             ///< by arc
  std::span<const LatLon> positions;         ///< by node

  [[nodiscard]] std::size_t node_count() const { return positions.size(); }
  [[nodiscard]] std::size_t arc_count() const { return heads.size(); }
};

}  // namespace route
