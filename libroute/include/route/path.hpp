// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "route/contraction_hierarchy.hpp"
#include "route/dijkstra.hpp"
#include "route/hazard.hpp"
#include "route/metric.hpp"
#include "route/snapping.hpp"

namespace route {

class TurnBans;

/// A way from one road position to another.
struct Path {
  std::vector<ArcId> arcs;  ///< whole or partial arcs in order; the first and last may be partial
  Weight duration = 0;
  double length_m = 0;
  Polyline shape;             ///< from snapped start to snapped end, at least two points
  std::size_t steps_met = 0;  ///< stairways on the way
  double steps_length_m = 0;
  double unverified_m = 0;  ///< length whose attributes the profile depends on are unknown
  std::int16_t steepest_up_permille = 0;
  std::int16_t steepest_down_permille = 0;  ///< positive
  std::vector<EdgeHazard> hazards;          ///< worst of each kind touched
};

/// A way to search for; the metric must be made for the same profile.
struct PathRequest {
  const RoadGraph& graph;
  const Metric& metric;
  const MobilityProfile& profile;
  const IdVector<EdgeId, std::vector<EdgeHazard>>* hazards = nullptr;
  const TurnBans* turns = nullptr;  ///< banned turns, which a vehicle must obey; null for none
};

/// Fastest way between two road positions, or nothing when there is none. When both lie on one
/// edge the direct piece competes with the ways round. Makes no turn that the request bans.
[[nodiscard]] std::optional<Path> find_path(const PathRequest& request, const RoadPosition& from,
                                            const RoadPosition& to);

/// A search on a hierarchy that was customized with the request's metric.
struct HierarchySearch {
  CchQuery& query;
  const CchWays& ways;
};

/// The same duration by a hierarchy, in microseconds; another way only where several are equally
/// fast. Not for requests with banned turns: `turn_net.hpp` has a hierarchy for those.
[[nodiscard]] std::optional<Path> find_path(const PathRequest& request,
                                            const HierarchySearch& search, const RoadPosition& from,
                                            const RoadPosition& to);

/// Weight of the piece of an edge's arc between two fractions, to the nearest millisecond;
/// `kInfinity` if the arc is banned. `find_path` and `distance_table` weigh every piece with it, so
/// their results are equal.
[[nodiscard]] Weight partial_weight(Weight whole, double from_fraction, double to_fraction);

/// Seeds at both ends of the edge a position lies on: the cost from the position to the ends
/// (Forward) or from the ends to the position (Backward). Banned directions give no seed.
[[nodiscard]] std::vector<Seed> seeds_at(const RoadGraph& graph, const Metric& metric,
                                         const RoadPosition& position, Direction direction);

/// Cost of staying on one edge from `from` to `to`; `kInfinity` if they lie on different edges or
/// the direction is banned.
[[nodiscard]] Weight along_one_edge(const RoadGraph& graph, const Metric& metric,
                                    const RoadPosition& from, const RoadPosition& to);

}  // namespace route
