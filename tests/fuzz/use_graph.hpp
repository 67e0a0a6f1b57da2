// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "route/road_graph.hpp"

namespace fuzz {

/// Puts an accepted graph to work: places, weights, ways by both searches, which must agree.
void use_graph(const route::RoadGraph& graph);

}  // namespace fuzz
