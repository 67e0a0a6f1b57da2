// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "route/net_view.hpp"

namespace route {

/// Every node once, the least important first: an order in which a contraction hierarchy stays
/// small. Nested dissection by minimum vertex separators. Depends on the net only.
///
/// Chains and trees are contracted first; then every piece is cut in two where the separator is
/// smallest for the side it cuts off. Separators come from flows between opposite ends of the piece
/// in several directions (Schild and Sommer 2015, inertial flow), grown step by step towards
/// balance (Hamann and Strasser 2018, FlowCutter; Gottesbüren et al. 2019). Small pieces are
/// ordered by minimum degree.
[[nodiscard]] std::vector<NodeId> nested_dissection(const NetView& net);

}  // namespace route
