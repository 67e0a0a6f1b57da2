// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "route/road_graph.hpp"

namespace bench {

/// Streets of a town nobody lives in, to measure sizes no file at hand has: a bent grid of about
/// `crossings` crossings with gaps, and barriers (rivers, railways) with fewer ways across the
/// wider they are, which is what makes real towns easy to cut. The same on every machine.
[[nodiscard]] route::RoadGraph generated_roads(std::uint32_t crossings, std::uint32_t seed);

}  // namespace bench
