// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "planner/drill_world.hpp"
#include "route/drill_run.hpp"

namespace planner {

/// One run as GeoJSON for the map: a line per move with the second at which each point is passed
/// (`times`), and a point per shelter. Whose move it is, is a key. Coordinates have five decimals
/// (about a metre): enough for a map, not for a door. The run must have been traced.
[[nodiscard]] std::string drill_replay(const DrillWorld& world, const route::DrillRun& run);

}  // namespace planner
