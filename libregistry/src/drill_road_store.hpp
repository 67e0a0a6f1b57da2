// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <vector>

#include "registry/drill_tracks.hpp"

namespace registry {

/// Of one drill or (empty) of all, by drill, person and order.
[[nodiscard]] std::vector<WalkedRoad> stored_roads(soci::session& sql, const DrillId& drill);

}  // namespace registry
