// SPDX-License-Identifier: Apache-2.0
#include "route/metric.hpp"

#include <algorithm>
#include <cmath>

#include "route/error.hpp"
#include "strong_parts.hpp"

namespace route {
namespace {

/// Water closes by depth. Landslides close inside the special warning zone only, because warning
/// zones cover whole slopes with the roads people live on; fire closes always.
bool closes(const EdgeHazard& hazard, const MetricRequest& request) {
  if (hazard.arrival_s.has_value() && *hazard.arrival_s > request.at_s) {
    return false;
  }
  switch (hazard.kind) {
    case HazardKind::Landslide:
      return hazard.rank >= 2;
    case HazardKind::Fire:
      return true;
    case HazardKind::Flood:
    case HazardKind::InlandFlood:
    case HazardKind::StormSurge:
    case HazardKind::Tsunami:
      break;
  }
  return depth_bound_cm(hazard.rank) > request.profile.max_flood_depth_cm;
}

/// The weight without regard to `request.closed`.
Weight open_weight(const RoadGraph& graph, ArcId arc, const MetricRequest& request) {
  const EdgeId edge = graph.edge(arc);
  const Road& road = graph.road(edge);
  const Pace found = pace(request.profile, road, graph.is_forward(arc), request.conditions);
  if (found.ban != Ban::None) {
    return kInfinity;
  }
  if (request.hazards != nullptr) {
    const auto& hazards = (*request.hazards)[edge];
    if (std::any_of(hazards.begin(), hazards.end(),
                    [&request](const EdgeHazard& hazard) { return closes(hazard, request); })) {
      return kInfinity;
    }
  }
  if (road.length_mm == 0) {
    return 0;
  }
  const double duration_ms = std::round(road.length_mm / found.speed_mps);  // mm / (m/s) = ms
  return static_cast<Weight>(std::clamp(duration_ms, 1.0, kInfinity - 1.0));
}

}  // namespace

Weight arc_weight(const RoadGraph& graph, ArcId arc, const MetricRequest& request) {
  TOMONI_EXPECT(arc.value < graph.arc_count());
  TOMONI_EXPECT(request.hazards == nullptr || request.hazards->size() == graph.edge_count());
  const bool closed = std::find(request.closed.begin(), request.closed.end(), graph.edge(arc)) !=
                      request.closed.end();
  return closed ? kInfinity : open_weight(graph, arc, request);
}

Metric make_metric(const RoadGraph& graph, const MetricRequest& request) {
  TOMONI_EXPECT(request.hazards == nullptr || request.hazards->size() == graph.edge_count());
  IdVector<EdgeId, std::uint8_t> closed(graph.edge_count());
  for (const EdgeId edge : request.closed) {
    TOMONI_EXPECT(edge.value < graph.edge_count());
    closed[edge] = 1;
  }
  Metric metric;
  metric.weights = IdVector<ArcId, Weight>(graph.arc_count(), kInfinity);
  for (const ArcId arc : graph.arcs()) {
    if (closed[graph.edge(arc)] == 0) {
      metric.weights[arc] = open_weight(graph, arc, request);
    }
    if (metric.weights[arc] >= kInfinity) {
      ++metric.banned_arcs;
    }
  }
  metric.in_main_part = largest_strong_part(graph, metric.weights);
  return metric;
}

bool Metric::usable(const RoadGraph& graph, EdgeId edge) const {
  const auto leads_within = [this, &graph](ArcId arc) {
    return weights[arc] < kInfinity && in_main_part[graph.tail(arc)] != 0 &&
           in_main_part[graph.head(arc)] != 0;
  };
  return leads_within(graph.forward_arc(edge)) || leads_within(graph.backward_arc(edge));
}

}  // namespace route
