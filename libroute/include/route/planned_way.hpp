// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "route/snapping.hpp"
#include "route/units.hpp"

namespace route {

/// The way somebody means to take, on the roads of one metric. Nothing in it says who.
struct PlannedWay {
  std::vector<ArcId> arcs;  ///< open ones, in order; the first and the last may be partial
  RoadPosition start;
  RoadPosition target;
  Weight duration = 0;
  Weight limit = kInfinity;  ///< longest way that is still in time; `kInfinity` = none
};

}  // namespace route
