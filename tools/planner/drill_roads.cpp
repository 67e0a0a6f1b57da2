// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_roads.hpp"

#include <algorithm>

namespace planner {
namespace {

constexpr std::uint64_t kMillisecond = 1000;

bool belongs(route::HazardKind kind, registry::HazardFamily family) {
  switch (kind) {
    case route::HazardKind::Flood:
    case route::HazardKind::InlandFlood:
    case route::HazardKind::StormSurge:
    case route::HazardKind::Landslide:
      return family == registry::HazardFamily::WindAndFlood;
    case route::HazardKind::Tsunami:
      return family == registry::HazardFamily::Earthquake;
    case route::HazardKind::Blockage:
      return false;  // rubble lies where chance has it
    case route::HazardKind::Fire:
      return family == registry::HazardFamily::Fire;
  }
  return false;
}

/// Zones that come at a known time: those of the city, if the scenario wants them, and its own.
route::HazardMap timed_zones(const PlanWorld& world, const DrillRequest& request) {
  route::HazardMap map;
  const auto family = family_of(request.scenario.hazard);
  if (request.scenario.city_hazards) {
    std::ranges::copy_if(world.roads.hazards.zones, std::back_inserter(map.zones),
                         [&](const route::HazardZone& zone) {
                           return zone.arrival_s && belongs(zone.kind, family);
                         });
  }
  map.zones.insert(map.zones.end(), request.hazards.zones.begin(), request.hazards.zones.end());
  return map;
}

std::vector<route::Closure> all_closures(const PlanWorld& world, const DrillRequest& request) {
  std::vector<route::Closure> closures;
  if (request.scenario.city_closures) {
    closures = world.roads.closures;
  }
  closures.insert(closures.end(), request.closures.begin(), request.closures.end());
  return closures;
}

route::BlockageChances chances(const route::RoadGraph& graph, const std::string& profile,
                               const DrillRequest& request) {
  route::BlockageChances all(graph.edge_count());
  const std::uint16_t needed_cm = request.blockage.needed_by(profile);
  for (const route::EdgeId edge : graph.edges()) {
    all[edge] = route::chance_of(blockage_percent(request.blockage.blockage, graph.road(edge),
                                                  needed_cm, request.scenario.collapse_percent));
  }
  return all;
}

}  // namespace

DrillRoadMaker::DrillRoadMaker(const PlanWorld& world, const DrillRequest& request)
    : world_(world),
      request_(request),
      closures_(all_closures(world, request)),
      effect_(closure_effect(world.roads.graph, closures_)),
      timed_(hazards_on_edges(world.roads.graph, timed_zones(world, request))) {}

std::uint32_t DrillRoadMaker::mode(const std::string& profile) {
  for (std::size_t i = 0; i < roads_.size(); ++i) {
    if (roads_[i]->profile->name == profile) {
      return static_cast<std::uint32_t>(i);
    }
  }
  roads_.push_back(made(profile));
  return static_cast<std::uint32_t>(roads_.size() - 1);
}

std::unique_ptr<DrillRoads> DrillRoadMaker::made(const std::string& profile) const {
  const route::RoadGraph& graph = world_.roads.graph;
  auto roads = std::make_unique<DrillRoads>();
  roads->profile = &route::profile_named(world_.roads.profiles, profile);
  const route::Conditions conditions{.night = request_.scenario.night,
                                     .rain = request_.scenario.rain};
  const auto metric = [&](const std::vector<route::EdgeId>& closed) {
    return make_metric(graph,
                       {.profile = *roads->profile, .conditions = conditions, .closed = closed});
  };
  roads->mask = snap_mask(graph, metric(closed_edges(closures_, effect_, profile, 0)));
  roads->closes = route::closing_times(
      graph, {.profile = *roads->profile, .conditions = conditions, .hazards = &timed_});
  roads->metric = metric(close(closed_spans(closures_, effect_, profile), *roads));
  if (!roads->reopens.empty()) {
    roads->later = snap_mask(graph, roads->metric);
  }
  if (request_.scenario.collapse_percent > 0) {
    roads->blocked = chances(graph, profile, request_);
  }
  return roads;
}

/// Notes when roads close; answers those that are closed for all of the drill.
std::vector<route::EdgeId> DrillRoadMaker::close(const std::vector<route::ClosedSpan>& spans,
                                                 DrillRoads& roads) const {
  const route::RoadGraph& graph = world_.roads.graph;
  const auto at = [](std::uint32_t seconds) {
    return static_cast<route::Weight>(
        std::min<std::uint64_t>(seconds * kMillisecond, route::kNeverCloses));
  };
  std::vector<route::EdgeId> for_good;
  for (const route::ClosedSpan& span : spans) {
    const route::Weight until = span.until_s ? at(*span.until_s) : route::kNeverCloses;
    const bool reopens = until < route::kNeverCloses;
    if (!reopens && span.from_s == 0) {
      for_good.push_back(span.edge);
      continue;
    }
    for (const route::ArcId arc : {graph.forward_arc(span.edge), graph.backward_arc(span.edge)}) {
      if (reopens) {
        roads.reopens.push_back({.arc = arc, .from = at(span.from_s), .until = until});
      } else {
        roads.closes[arc] = std::min(roads.closes[arc], at(span.from_s));
      }
    }
  }
  std::ranges::sort(roads.reopens, {}, [](const route::RoadClosing& closing) {
    return std::pair(closing.arc, closing.from);
  });
  return for_good;
}

std::optional<route::RoadPosition> DrillRoadMaker::join(std::uint32_t mode,
                                                        route::LatLon place) const {
  const auto on = [&](const route::SnapMask& mask) -> std::optional<route::RoadPosition> {
    const auto found =
        world_.roads.index.snap_candidates(place, mask, world_.request.local_plan.snap_limit_m);
    return found.empty() ? std::nullopt : std::optional(found.front().position);
  };
  const DrillRoads& roads = *roads_[mode];
  const auto joined = on(roads.mask);
  return joined || !roads.later ? joined : on(*roads.later);
}

route::DrillMode DrillRoadMaker::described(std::uint32_t mode) const {
  const DrillRoads& roads = *roads_[mode];
  return {.metric = &roads.metric,
          .closes = &roads.closes,
          .blocked = roads.blocked ? &*roads.blocked : nullptr,
          .room = roads.profile->is_vehicle  ? request_.rules.room_vehicle
                  : roads.profile->on_wheels ? request_.rules.room_wheels
                                             : 1,
          .reopens = &roads.reopens};
}

std::vector<route::NarrowArc> DrillRoadMaker::narrow() const {
  constexpr double kCentimetres = 100;
  const route::RoadGraph& graph = world_.roads.graph;
  std::vector<route::NarrowArc> all;
  for (const route::EdgeId edge : graph.edges()) {
    const route::Road& road = graph.road(edge);
    const std::uint16_t width_cm = road.width_cm > 0
                                       ? road.width_cm
                                       : request_.blockage.blockage.unknown_width_cm.at(
                                             static_cast<std::size_t>(road.road_class));
    if (width_cm >= request_.rules.narrow_below_cm) {
      continue;
    }
    const double per_minute = width_cm / kCentimetres * request_.rules.people_per_metre_second * 60;
    for (const route::ArcId arc : {graph.forward_arc(edge), graph.backward_arc(edge)}) {
      all.push_back({.arc = arc, .people_per_minute = per_minute});
    }
  }
  return all;
}

}  // namespace planner
