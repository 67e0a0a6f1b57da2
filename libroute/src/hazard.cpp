// SPDX-License-Identifier: Apache-2.0
#include "route/hazard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "edge_hazards.hpp"
#include "hazard_columns.hpp"
#include "polygon.hpp"
#include "route/error.hpp"

namespace route {
namespace {

/// Whether zone `a` matters more than `b`: higher rank, then earlier arrival.
bool worse(const HazardZone& a, const HazardZone& b) {
  return a.rank != b.rank ? a.rank > b.rank : a.arrival_s.value_or(0) < b.arrival_s.value_or(0);
}

void append_degrees(std::string& text, std::int32_t degrees_e7) {
  constexpr std::size_t kDecimals = 7;
  std::string digits = std::to_string(std::abs(static_cast<std::int64_t>(degrees_e7)));
  if (digits.size() <= kDecimals) {
    digits.insert(0, kDecimals + 1 - digits.size(), '0');
  }
  digits.insert(digits.size() - kDecimals, ".");
  text += degrees_e7 < 0 ? "-" : "";
  text += digits;
}

void append_ring(std::string& text, const Polyline& ring) {
  text += '[';
  for (const LatLon point : ring) {
    text += text.back() == '[' ? "[" : ",[";
    append_degrees(text, point.lon_e7);
    text += ',';
    append_degrees(text, point.lat_e7);
    text += ']';
  }
  text += ']';
}

void append_minutes(std::string& text, std::uint32_t seconds) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), seconds / 60.0);
  text.append(buffer.data(), end.ptr);
}

void append_zone(std::string& text, const HazardZone& zone) {
  text += R"({"type":"Feature","properties":{"kind":")";
  text += hazard_name(zone.kind);
  text += R"(","rank":)" + std::to_string(zone.rank);
  if (zone.arrival_s.has_value()) {
    text += R"(,"arrival_min":)";
    append_minutes(text, *zone.arrival_s);
  }
  text += R"(},"geometry":{"type":"Polygon","coordinates":[)";
  for (std::size_t i = 0; i < zone.rings.size(); ++i) {
    text += i == 0 ? "" : ",";
    append_ring(text, zone.rings[i]);
  }
  text += "]}}";
}

}  // namespace

std::uint16_t depth_bound_cm(std::uint8_t rank) {
  constexpr std::array<std::uint16_t, 6> kBounds{50, 300, 500, 1000, 2000, 65535};
  TOMONI_EXPECT(rank >= 1);
  return kBounds.at(std::min<std::size_t>(rank, kBounds.size()) - 1);
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
  place->rank = std::max(place->rank, met.rank);
  if (!met.arrival_s.has_value()) {
    place->arrival_s.reset();  // dangerous from the start
  } else if (place->arrival_s.has_value()) {
    place->arrival_s = std::min(*place->arrival_s, *met.arrival_s);
  }
}

}  // namespace route
