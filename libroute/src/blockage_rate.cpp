// SPDX-License-Identifier: Apache-2.0
#include "route/blockage_rate.hpp"

#include <algorithm>

#include "tag_values.hpp"

namespace route {

double blockage_percent(const BlockageRules& rules, std::uint32_t width_cm, double collapse) {
  if (!(collapse > 0)) {
    return 0;
  }
  for (const BlockageClass& row : rules.classes) {
    if (width_cm < row.below_cm) {
      return std::clamp(row.slope * collapse + row.intercept, 0.0, 100.0);
    }
  }
  return 0;
}

double blockage_percent(const BlockageRules& rules, const Road& road, std::uint16_t needed_cm,
                        double collapse) {
  if (!(collapse > 0)) {
    return 0;
  }
  if (road.bridge != 0 || road.tunnel != 0) {
    return rules.no_houses_percent;
  }
  const std::uint32_t width =
      road.width_cm != 0 ? road.width_cm
                         : rules.unknown_width_cm.at(static_cast<std::size_t>(road.road_class));
  const std::uint32_t wider = width + rules.passable_cm;
  return blockage_percent(rules, wider - std::min<std::uint32_t>(needed_cm, wider), collapse);
}

std::optional<RoadClass> road_class_named(std::string_view highway) {
  return road_class_of(highway);
}

}  // namespace route
