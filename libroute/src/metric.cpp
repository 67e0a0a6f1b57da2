// SPDX-License-Identifier: Apache-2.0
#include "route/metric.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "route/error.hpp"
#include "strong_parts.hpp"

namespace route {
namespace {

/// Whether a hazard that has come stops the profile. Nobody walks where rubble may lie unless the
/// road is known to be wider than rubble reaches.
bool stops(const EdgeHazard& hazard, const Road& road, const MobilityProfile& profile) {
  switch (hazard.kind) {
    case HazardKind::Landslide:
      return hazard.rank > profile.max_landslide_rank;
    case HazardKind::Fire:
      return hazard.rank > profile.max_fire_rank;
    case HazardKind::Blockage: {
      const bool wide =
          profile.rubble_free_width_cm != 0 && road.width_cm >= profile.rubble_free_width_cm;
      return !wide && hazard.rank > profile.max_blockage_rank;
    }
    case HazardKind::Flood:
    case HazardKind::InlandFlood:
    case HazardKind::StormSurge:
    case HazardKind::Tsunami:
      break;
  }
  return water_depth_cm(hazard) > profile.max_flood_depth_cm;
}

bool has_come(const EdgeHazard& hazard, std::uint32_t at_s) {
  return hazard.arrival_s.value_or(0) <= at_s;
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
    if (std::any_of(hazards.begin(), hazards.end(), [&](const EdgeHazard& hazard) {
          return has_come(hazard, request.at_s) && stops(hazard, road, request.profile);
        })) {
      return kInfinity;
    }
  }
  if (road.length_mm == 0) {
    return 0;
  }
  const double duration_ms = std::round(road.length_mm / found.speed_mps);  // mm / (m/s) = ms
  return static_cast<Weight>(std::clamp(duration_ms, 1.0, kInfinity - 1.0));
}

std::vector<EdgeId> in_order(std::vector<EdgeId> edges) {
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
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

std::vector<EdgeId> edges_changed(const RoadGraph& graph, const MetricRequest& before,
                                  const MetricRequest& after) {
  TOMONI_EXPECT(before.hazards == after.hazards);
  const std::vector<EdgeId> closed_before = in_order(before.closed);
  const std::vector<EdgeId> closed_after = in_order(after.closed);
  std::vector<EdgeId> changed;
  std::set_symmetric_difference(closed_before.begin(), closed_before.end(), closed_after.begin(),
                                closed_after.end(), std::back_inserter(changed));
  if (after.hazards != nullptr && before.at_s != after.at_s) {
    TOMONI_EXPECT(after.hazards->size() == graph.edge_count());
    for (const EdgeId edge : graph.edges()) {
      const auto& hazards = (*after.hazards)[edge];
      if (std::any_of(hazards.begin(), hazards.end(), [&](const EdgeHazard& hazard) {
            return has_come(hazard, before.at_s) != has_come(hazard, after.at_s);
          })) {
        changed.push_back(edge);
      }
    }
  }
  return in_order(std::move(changed));
}

std::vector<ArcChange> arc_changes(const RoadGraph& graph, const Metric& before,
                                   const MetricRequest& after, std::span<const EdgeId> edges) {
  TOMONI_EXPECT(before.weights.size() == graph.arc_count());
  TOMONI_EXPECT(after.hazards == nullptr || after.hazards->size() == graph.edge_count());
  const std::vector<EdgeId> closed = in_order(after.closed);
  std::vector<ArcChange> changes;
  for (const EdgeId edge : edges) {
    TOMONI_EXPECT(edge.value < graph.edge_count());
    const bool shut = std::binary_search(closed.begin(), closed.end(), edge);
    for (const ArcId arc : {graph.forward_arc(edge), graph.backward_arc(edge)}) {
      const Weight weight = shut ? kInfinity : open_weight(graph, arc, after);
      if (weight != before.weights[arc]) {
        changes.push_back({arc, weight});
      }
    }
  }
  return changes;
}

void apply(const RoadGraph& graph, std::span<const ArcChange> changes, Metric& metric) {
  TOMONI_EXPECT(metric.weights.size() == graph.arc_count());
  bool reach_changed = false;
  for (const ArcChange& change : changes) {
    TOMONI_EXPECT(change.arc.value < graph.arc_count());
    Weight& weight = metric.weights[change.arc];
    const bool was_open = weight < kInfinity;
    const bool is_open = change.weight < kInfinity;
    weight = change.weight;
    if (was_open != is_open) {
      metric.banned_arcs = was_open ? metric.banned_arcs + 1 : metric.banned_arcs - 1;
      reach_changed = true;
    }
  }
  if (reach_changed) {
    metric.in_main_part = largest_strong_part(graph, metric.weights);
  }
}

bool Metric::usable(const RoadGraph& graph, EdgeId edge) const {
  const auto leads_within = [this, &graph](ArcId arc) {
    return weights[arc] < kInfinity && in_main_part[graph.tail(arc)] != 0 &&
           in_main_part[graph.head(arc)] != 0;
  };
  return leads_within(graph.forward_arc(edge)) || leads_within(graph.backward_arc(edge));
}

}  // namespace route
