// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "route/track_matching.hpp"

namespace route {

/// The same line without ways there and back of at most `spur_m` (one way); their time stays with
/// the pieces beside them. Neighbouring pieces of one arc must have been joined.
[[nodiscard]] std::vector<WalkedPiece> without_spurs(const RoadGraph& graph,
                                                     std::vector<WalkedPiece> pieces,
                                                     double spur_m);

}  // namespace route
