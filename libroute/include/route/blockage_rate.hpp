// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "route/road.hpp"

namespace route {

/// One row of the table of rates: for roads narrower than `below_cm` and not in a row before.
struct BlockageClass {
  std::uint16_t below_cm = 0;
  double slope = 0;      ///< percent of roads blocked per percent of houses collapsed
  double intercept = 0;  ///< percent
};

/// How often rubble blocks a road, from the share of houses that collapse. All figures are data
/// (`data/rules/blockage.toml`, where each has its source).
struct BlockageRules {
  std::vector<BlockageClass>
      classes;                      ///< rising; roads as wide as the last bound are never blocked
  std::uint16_t passable_cm = 300;  ///< the table calls a road blocked when less remains
  /// By road class: what to take for the width where the map does not tell it.
  std::array<std::uint16_t, 19> unknown_width_cm{};
  double no_houses_percent = 0;  ///< on bridges and in tunnels, where no house stands beside
};

/// Percent of roads of a width that are blocked when `collapse` percent of the houses beside them
/// have collapsed (collapsed + half of the half collapsed). Clamped to 0-100; 0 without collapse,
/// as the table's intercepts hold only where houses do fall.
[[nodiscard]] double blockage_percent(const BlockageRules& rules, std::uint32_t width_cm,
                                      double collapse);

/// The same for a road, and for somebody who needs `needed_cm` of it. The rubble is as wide
/// whoever comes: who needs a metre less than the table's vehicle sees the road as if it were a
/// metre wider.
[[nodiscard]] double blockage_percent(const BlockageRules& rules, const Road& road,
                                      std::uint16_t needed_cm, double collapse);

/// The class of an OSM `highway` value, as the import of roads understands it.
[[nodiscard]] std::optional<RoadClass> road_class_named(std::string_view highway);

}  // namespace route
