// SPDX-License-Identifier: Apache-2.0
#include "planner/stay_advice.hpp"

#include <algorithm>

#include "planner/shelter_permission.hpp"

namespace planner {
namespace {

using registry::StayAdvice;

/// Deepest water at the home from anything that comes with wind and rain, in centimetres.
std::uint16_t depth_at(const route::HazardMap& hazards, route::LatLon home) {
  std::uint16_t depth = 0;
  for (const route::HazardKind kind :
       {route::HazardKind::Flood, route::HazardKind::InlandFlood, route::HazardKind::StormSurge}) {
    if (const route::HazardZone* zone = hazards.at(home, kind)) {
      depth = std::max(depth, route::water_depth_cm({.kind = kind,
                                                     .rank = zone->rank,
                                                     .arrival_s = zone->arrival_s,
                                                     .depth_cm = zone->depth_cm}));
    }
  }
  return depth;
}

int height_cm(int floor, const PlanningRules& rules) {
  return rules.ground_floor_cm + (floor - 1) * rules.storey_cm;
}

}  // namespace

StayDecision stay_advice(registry::HazardKind hazard, const route::HazardMap& hazards,
                         const AnonymousDemand& demand, const registry::Dwelling& dwelling,
                         const PlanningRules& rules) {
  if (registry::family_of(hazard) != registry::HazardFamily::WindAndFlood) {
    return {StayAdvice::None, "屋内にとどまれるのは浸水に対してだけです"};
  }
  if (!demand.home) {
    return {StayAdvice::None, "自宅の位置が分からないため、屋内にとどまれるか判定できません"};
  }
  if (hazards.at(*demand.home, route::HazardKind::Landslide) != nullptr) {
    return {StayAdvice::None, "自宅が土砂災害の警戒区域にあるため、とどまれません"};
  }
  if (demand.requires_equipment.at(static_cast<std::size_t>(registry::Equipment::Power))) {
    return {StayAdvice::None, "停電すると命にかかわるため、とどまれません"};
  }
  const int depth = depth_at(hazards, *demand.home);
  if (depth == 0) {
    return {StayAdvice::Indoors, "自宅は浸水の想定区域の外にあります"};
  }
  if (!dwelling.home_floor) {
    return {StayAdvice::None, "居室の階が分からないため、屋内にとどまれるか判定できません"};
  }
  if (height_cm(*dwelling.home_floor, rules) > depth) {
    return {StayAdvice::Indoors,
            std::to_string(*dwelling.home_floor) + "階の居室は想定される浸水より高い所にあります"};
  }
  if (dwelling.floors && height_cm(*dwelling.floors, rules) > depth) {
    return {StayAdvice::Upstairs, "同じ建物の" + std::to_string(*dwelling.floors) +
                                      "階は想定される浸水より高い所にあります"};
  }
  return {StayAdvice::None, "建物の一番上の階も浸水するおそれがあります"};
}

}  // namespace planner
