// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "route/road_graph.hpp"

namespace route {

/// Marks the nodes of the largest strongly connected part under the arcs that are open; among
/// equally large ones that with the lowest node. All zero only for a graph without nodes.
[[nodiscard]] IdVector<NodeId, std::uint8_t> largest_strong_part(
    const RoadGraph& graph, const IdVector<ArcId, Weight>& weights);

}  // namespace route
