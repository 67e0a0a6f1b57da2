// SPDX-License-Identifier: Apache-2.0
#include "route/hazard.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "edge_hazards.hpp"
#include "geojson_text.hpp"
#include "hazard_columns.hpp"
#include "polygon.hpp"
#include "route/error.hpp"

namespace route {
namespace {

/// Whether zone `a` matters more than `b`: higher rank, then earlier arrival.
bool worse(const HazardZone& a, const HazardZone& b) {
  return a.rank != b.rank ? a.rank > b.rank : a.arrival_s.value_or(0) < b.arrival_s.value_or(0);
}

void append_zone(std::string& text, const HazardZone& zone) {
  text += R"({"type":"Feature","properties":{"kind":")";
  text += hazard_name(zone.kind);
  text += R"(","rank":)" + std::to_string(zone.rank);
  if (zone.depth_cm != 0) {
    text += R"(,"depth_cm":)" + std::to_string(zone.depth_cm);
  }
  if (zone.arrival_s.has_value()) {
    text += R"(,"arrival_min":)";
    append_minutes(text, *zone.arrival_s);
  }
  text += R"(},"geometry":{"type":"Polygon","coordinates":[)";
  for (std::size_t i = 0; i < zone.rings.size(); ++i) {
    text += i == 0 ? "" : ",";
    append_line(text, zone.rings[i]);
  }
  text += "]}}";
}

/// How bad an entry is for those who meet it; comparable within a kind.
int severity(const EdgeHazard& hazard) {
  return is_water(hazard.kind) ? water_depth_cm(hazard) : hazard.rank;
}

/// Whether `a` is of the kind of `b`, as bad and not later.
bool covers(const EdgeHazard& a, const EdgeHazard& b) {
  return a.kind == b.kind && severity(a) >= severity(b) &&
         a.arrival_s.value_or(0) <= b.arrival_s.value_or(0);
}

}  // namespace

bool is_water(HazardKind kind) {
  switch (kind) {
    case HazardKind::Flood:
    case HazardKind::InlandFlood:
    case HazardKind::StormSurge:
    case HazardKind::Tsunami:
      return true;
    case HazardKind::Landslide:
    case HazardKind::Fire:
    case HazardKind::Blockage:
      break;
  }
  return false;
}

std::uint16_t depth_bound_cm(std::uint8_t rank) {
  constexpr std::array<std::uint16_t, 6> kBounds{50, 300, 500, 1000, 2000, 65535};
  TOMONI_EXPECT(rank >= 1);
  return kBounds.at(std::min<std::size_t>(rank, kBounds.size()) - 1);
}

std::uint16_t water_depth_cm(const EdgeHazard& hazard) {
  TOMONI_EXPECT(is_water(hazard.kind));
  return hazard.depth_cm != 0 ? hazard.depth_cm : depth_bound_cm(hazard.rank);
}

const HazardZone* HazardMap::at(LatLon place, HazardKind kind) const {
  const HazardZone* worst = nullptr;
  for (const HazardZone& zone : zones) {
    if (zone.kind == kind && (worst == nullptr || worse(zone, *worst)) &&
        zone.box.contains(place) && inside(zone.rings, place)) {
      worst = &zone;
    }
  }
  return worst;
}

std::string hazards_geojson(const HazardMap& map) {
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t i = 0; i < map.zones.size(); ++i) {
    text += i == 0 ? "\n" : ",\n";
    append_zone(text, map.zones[i]);
  }
  text += "\n]}\n";
  return text;
}

void merge_hazard(std::vector<EdgeHazard>& hazards, const EdgeHazard& met) {
  const auto place = std::find_if(hazards.begin(), hazards.end(), [&met](const EdgeHazard& hazard) {
    return hazard.kind >= met.kind;
  });
  if (place == hazards.end() || place->kind != met.kind) {
    hazards.insert(place, met);
    return;
  }
  if (is_water(met.kind)) {
    const EdgeHazard& deeper = water_depth_cm(met) > water_depth_cm(*place) ? met : *place;
    place->depth_cm = deeper.depth_cm;
  }
  place->rank = std::max(place->rank, met.rank);
  if (!met.arrival_s.has_value()) {
    place->arrival_s.reset();  // dangerous from the start
  } else if (place->arrival_s.has_value()) {
    place->arrival_s = std::min(*place->arrival_s, *met.arrival_s);
  }
}

void add_hazard(std::vector<EdgeHazard>& hazards, const EdgeHazard& met) {
  if (std::any_of(hazards.begin(), hazards.end(),
                  [&met](const EdgeHazard& hazard) { return covers(hazard, met); })) {
    return;
  }
  std::erase_if(hazards, [&met](const EdgeHazard& hazard) { return covers(met, hazard); });
  const auto key = [](const EdgeHazard& hazard) {
    return std::pair(hazard.kind, hazard.arrival_s.value_or(0));
  };
  const auto place = std::find_if(hazards.begin(), hazards.end(),
                                  [&](const EdgeHazard& hazard) { return key(hazard) > key(met); });
  hazards.insert(place, met);
}

}  // namespace route
