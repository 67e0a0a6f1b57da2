// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <vector>

#include "registry/area.hpp"

namespace registry {

/// All areas, from large to small, with their polygons.
[[nodiscard]] std::vector<Area> stored_area_list(soci::session& sql);

}  // namespace registry
