// SPDX-License-Identifier: Apache-2.0
#include "osm_tags.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <osmium/osm/tag.hpp>
#include <utility>

#include "tag_values.hpp"

namespace route {
namespace {

std::string_view value_of(const osmium::TagList& tags, const char* key) {
  return tags.get_value_by_key(key, "");
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::ranges::find(values, value) != values.end();
}

bool has_pavement(const osmium::TagList& tags) {
  constexpr std::array kKeys{"sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"};
  return std::ranges::any_of(kKeys, [&tags](const char* key) {
    return is_one_of(value_of(tags, key), {"both", "left", "right", "yes", "separate"});
  });
}

bool made_for_walking(RoadClass road_class) {
  switch (road_class) {
    case RoadClass::Pedestrian:
    case RoadClass::Footway:
    case RoadClass::Path:
    case RoadClass::Corridor:
    case RoadClass::Steps:
    case RoadClass::Elevator:
      return true;
    case RoadClass::Motorway:
    case RoadClass::Trunk:
    case RoadClass::Primary:
    case RoadClass::Secondary:
    case RoadClass::Tertiary:
    case RoadClass::Unclassified:
    case RoadClass::Residential:
    case RoadClass::LivingStreet:
    case RoadClass::Service:
    case RoadClass::Track:
    case RoadClass::Cycleway:
    case RoadClass::Bridleway:
    case RoadClass::Unknown:
      break;
  }
  return false;
}

Tri foot_by_class(RoadClass road_class, bool pavement) {
  if (road_class == RoadClass::Motorway) {
    return Tri::No;
  }
  const bool street = road_class >= RoadClass::Tertiary && road_class <= RoadClass::Track;
  return pavement || street || made_for_walking(road_class) ? Tri::Yes : Tri::Unknown;
}

Tri foot_of(const osmium::TagList& tags, RoadClass road_class) {
  if (const auto foot = value_of(tags, "foot"); !foot.empty()) {
    return access_of(foot);
  }
  const Tri by_class = foot_by_class(road_class, has_pavement(tags));
  const bool motorroad = value_of(tags, "motorroad") == "yes";
  const Tri access = access_of(value_of(tags, "access"));
  if (access == Tri::No || motorroad || by_class == Tri::No) {
    return Tri::No;
  }
  return access == Tri::Yes ? Tri::Yes : by_class;
}

Tri vehicle_by_class(RoadClass road_class) {
  if (road_class <= RoadClass::Service) {
    return Tri::Yes;
  }
  return road_class == RoadClass::Track || road_class == RoadClass::Unknown ? Tri::Unknown
                                                                            : Tri::No;
}

Tri vehicle_of(const osmium::TagList& tags, RoadClass road_class) {
  if (is_one_of(value_of(tags, "oneway"), {"reversible"})) {
    return Tri::No;  // open one way or the other by the hour: a plan cannot rely on it
  }
  if (is_one_of(value_of(tags, "highway"), {"steps", "corridor", "elevator"})) {
    return Tri::No;
  }
  for (const char* key : {"motorcar", "motor_vehicle"}) {
    if (const auto value = value_of(tags, key); !value.empty()) {
      return access_of(value);
    }
  }
  // General permission to a footpath is not meant for cars, general prohibition is.
  const Tri by_class = vehicle_by_class(road_class);
  for (const char* key : {"vehicle", "access"}) {
    if (const auto value = value_of(tags, key); !value.empty()) {
      return by_class == Tri::No ? Tri::No : access_of(value);
    }
  }
  return by_class;
}

// 1 forward only, 2 backward only.
std::uint8_t direction_of(std::string_view oneway) {
  if (is_one_of(oneway, {"yes", "true", "1"})) {
    return 1;
  }
  return is_one_of(oneway, {"-1", "reverse"}) ? 2 : 0;
}

std::uint8_t vehicle_direction(const osmium::TagList& tags) {
  for (const char* key : {"oneway:motorcar", "oneway:motor_vehicle", "oneway"}) {
    if (const auto value = value_of(tags, key); !value.empty()) {
      return direction_of(value);
    }
  }
  const bool implied = is_one_of(value_of(tags, "junction"), {"roundabout", "circular"}) ||
                       value_of(tags, "highway") == "motorway";
  return implied ? 1 : 0;
}

// A moving stairway or walkway carries people one way as surely as a sign.
std::uint8_t foot_direction(const osmium::TagList& tags) {
  if (const auto value = value_of(tags, "oneway:foot"); !value.empty()) {
    return direction_of(value);
  }
  const auto conveying = value_of(tags, "conveying");
  if (conveying == "backward") {
    return 2;
  }
  return conveying == "forward" ? 1 : 0;
}

std::uint16_t surveyed_width(const osmium::TagList& tags) {
  for (const char* key : {"width", "est_width"}) {
    if (const auto width = width_cm_of(value_of(tags, key)); width != 0) {
      return width;
    }
  }
  return yh_width_cm_of(value_of(tags, "yh:WIDTH"));
}

/// A way is never wider than its narrowest place.
std::uint16_t width_of(const osmium::TagList& tags) {
  const std::uint16_t width = surveyed_width(tags);
  const std::uint16_t gap = width_cm_of(value_of(tags, "maxwidth:physical"));
  return width == 0 || gap == 0 ? std::max(width, gap) : std::min(width, gap);
}

bool is_tunnel(std::string_view tunnel) {
  return is_set(tunnel) && !is_one_of(tunnel, {"building_passage", "culvert"});
}

bool is_crossing(const osmium::TagList& tags) {
  for (const char* key : {"footway", "path", "cycleway"}) {
    if (value_of(tags, key) == "crossing") {
      return true;
    }
  }
  return is_set(value_of(tags, "crossing"));
}

constexpr auto kBarriers = std::to_array<std::pair<std::string_view, Barrier>>({
    {"entrance", Barrier::None},
    {"toll_booth", Barrier::None},
    {"border_control", Barrier::None},
    {"height_restrictor", Barrier::None},
    {"bollard", Barrier::Bollard},
    {"block", Barrier::Bollard},
    {"planter", Barrier::Bollard},
    {"bus_trap", Barrier::Bollard},
    {"gate", Barrier::Gate},
    {"lift_gate", Barrier::Gate},
    {"swing_gate", Barrier::Gate},
    {"sliding_gate", Barrier::Gate},
    {"wicket_gate", Barrier::Gate},
    {"hampshire_gate", Barrier::Gate},
    {"sally_port", Barrier::Gate},
    {"stile", Barrier::Stile},
    {"step", Barrier::Stile},
    {"log", Barrier::Stile},
    {"kissing_gate", Barrier::Stile},
    {"turnstile", Barrier::Stile},
    {"full-height_turnstile", Barrier::Stile},
    {"horse_stile", Barrier::Stile},
    {"wall", Barrier::Wall},
    {"city_wall", Barrier::Wall},
    {"retaining_wall", Barrier::Wall},
    {"fence", Barrier::Wall},
    {"hedge", Barrier::Wall},
    {"guard_rail", Barrier::Wall},
});

/// The measured height before the word for it. Source of the 2 cm: 移動等円滑化のために必要な道路の
/// 構造に関する基準を定める省令 9条, the step between a pavement and the road at a crossing.
bool kerb_is_low(const osmium::TagList& tags) {
  constexpr int kLowCm = 2;
  if (const auto height = value_of(tags, "kerb:height"); !height.empty()) {
    return height == "0" || (width_cm_of(height) > 0 && width_cm_of(height) <= kLowCm);
  }
  return is_one_of(value_of(tags, "kerb"), {"lowered", "flush", "no"});
}

bool has_high_kerb(const osmium::TagList& tags) {
  const bool has_kerb = value_of(tags, "barrier") == "kerb" || is_set(value_of(tags, "kerb")) ||
                        tags.has_key("kerb:height");
  return has_kerb && !kerb_is_low(tags);
}

Barrier barrier_by_kind(const osmium::TagList& tags) {
  const auto barrier = value_of(tags, "barrier");
  if (barrier.empty() || barrier == "no" || barrier == "kerb") {
    return has_high_kerb(tags) ? Barrier::Kerb : Barrier::None;
  }
  const auto* const found = std::ranges::find_if(
      kBarriers, [barrier](const auto& entry) { return entry.first == barrier; });
  // Chains, cycle barriers, cattle grids and what the mapper did not say: no vehicle passes and
  // wheels get into trouble.
  return found == kBarriers.end() ? Barrier::CycleBarrier : found->second;
}

/// What a surveyor says about wheels at an obstacle stands above what its kind makes likely. A wall
/// stays a wall.
Barrier barrier_for_wheels(const osmium::TagList& tags, Barrier barrier) {
  constexpr int kNarrowCm = 90;  // our choice: a wheelchair is up to 70 cm wide, and hands turn it
  const auto wheelchair = value_of(tags, "wheelchair");
  const auto gap = width_cm_of(value_of(tags, "maxwidth:physical"));
  const bool for_people = barrier != Barrier::None && barrier != Barrier::Wall;
  const bool has_kerb = is_set(value_of(tags, "kerb")) || value_of(tags, "barrier") == "kerb";
  if (access_of(wheelchair) == Tri::Yes && for_people) {
    if (barrier == Barrier::Kerb) {
      return Barrier::None;
    }
    return barrier == Barrier::Gate ? barrier : Barrier::Bollard;
  }
  if (wheelchair == "no" && barrier == Barrier::None && has_kerb) {
    return Barrier::Kerb;
  }
  const bool too_narrow = wheelchair == "no" || (gap > 0 && gap < kNarrowCm);
  const bool lets_wheels = barrier == Barrier::Bollard || barrier == Barrier::Gate;
  return too_narrow && lets_wheels ? Barrier::CycleBarrier : barrier;
}

}  // namespace

bool is_way_to_read(const osmium::TagList& tags) {
  return tags.has_key("highway") || tags.has_tag("route", "ferry");
}

bool is_area(const osmium::TagList& tags) {
  return tags.has_tag("area", "yes");
}

std::string_view name_of(const osmium::TagList& tags) {
  const auto japanese = value_of(tags, "name:ja");
  return japanese.empty() ? value_of(tags, "name") : japanese;
}

std::variant<Road, DroppedWay> road_of(const osmium::TagList& tags) {
  const auto highway = value_of(tags, "highway");
  if (highway.empty()) {
    return DroppedWay{"フェリー航路"};
  }
  const auto road_class = road_class_of(highway);
  if (!road_class) {
    return DroppedWay{"highway=" + std::string(highway)};
  }
  Road road;
  road.road_class = *road_class;
  road.width_cm = width_of(tags);
  road.step_count =
      static_cast<std::uint16_t>(integer_of(value_of(tags, "step_count"), 0, 10'000, 0));
  road.incline_permille = incline_permille_of(value_of(tags, "incline"));
  road.surface = surface_of(value_of(tags, "surface"));
  road.smoothness = smoothness_of(value_of(tags, "smoothness"));
  road.foot = foot_of(tags, *road_class);
  road.wheelchair = access_of(value_of(tags, "wheelchair"));
  road.vehicle = vehicle_of(tags, *road_class);
  road.lit = lit_of(value_of(tags, "lit"));
  road.layer = static_cast<std::int8_t>(integer_of(value_of(tags, "layer"), -100, 100, 0));
  road.bridge = is_set(value_of(tags, "bridge")) ? 1 : 0;
  road.tunnel = is_tunnel(value_of(tags, "tunnel")) ? 1 : 0;
  road.ford = is_set(value_of(tags, "ford")) ? 1 : 0;
  road.crossing = is_crossing(tags) ? 1 : 0;
  // Along a street a kerb is beside the way; on the way over a street it is in the way.
  road.barrier = road.crossing != 0 && has_high_kerb(tags) ? Barrier::Kerb : Barrier::None;
  road.sidewalk = has_pavement(tags) ? 1 : 0;
  road.oneway_vehicle = vehicle_direction(tags);
  road.oneway_foot = foot_direction(tags);
  return road;
}

Obstacle obstacle_of(const osmium::TagList& tags) {
  Obstacle obstacle{barrier_for_wheels(tags, barrier_by_kind(tags)),
                    is_set(value_of(tags, "ford"))};
  if (obstacle.barrier == Barrier::None) {
    return obstacle;
  }
  const auto foot = value_of(tags, "foot");
  const auto access = value_of(tags, "access");
  const Tri on_foot = access_of(foot.empty() ? access : foot);
  if (on_foot == Tri::No || value_of(tags, "locked") == "yes") {
    obstacle.barrier = Barrier::Wall;
  } else if (obstacle.barrier == Barrier::Wall && on_foot == Tri::Yes) {
    obstacle.barrier = Barrier::Gate;  // a wall with an opening
  }
  const bool no_vehicles = access_of(value_of(tags, "motor_vehicle")) == Tri::No ||
                           access_of(value_of(tags, "vehicle")) == Tri::No ||
                           access_of(access) == Tri::No;
  if (obstacle.barrier == Barrier::Gate && no_vehicles) {
    obstacle.barrier = Barrier::Bollard;
  }
  return obstacle;
}

Barrier both(Barrier a, Barrier b) {
  const auto [milder, worse] = std::minmax(a, b);
  const bool stops_vehicles = milder == Barrier::Bollard || milder == Barrier::Gate;
  return worse == Barrier::Kerb && stops_vehicles ? Barrier::CycleBarrier : worse;
}

}  // namespace route
