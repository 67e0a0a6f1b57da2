// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "net.hpp"

namespace bench {

/// The part of a net that journeys use, small: only the marked nodes; no loops, of parallel arcs
/// the quickest; and no node that merely lies between two others: what leads through it becomes
/// one arc with the weights added. Distances between the nodes that stay do not change.
/// Nodes keep their order; the arcs of a node are sorted by head.
[[nodiscard]] Net collapse_chains(const route::NetView& net, std::span<const route::Weight> weights,
                                  std::span<const std::uint8_t> marked);

}  // namespace bench
