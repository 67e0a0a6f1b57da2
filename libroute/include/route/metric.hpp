// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "route/hazard.hpp"
#include "route/mobility_profile.hpp"
#include "route/road_graph.hpp"

namespace route {

/// One weight per arc: how long the profile needs, or `kInfinity` for a ban.
struct Metric {
  IdVector<ArcId, Weight> weights;
  /// Nodes of the largest strongly connected part under these weights. Among
  /// equally large parts that with the lowest node.
  IdVector<NodeId, std::uint8_t> in_main_part;
  std::size_t banned_arcs = 0;

  /// Whether a place may be put on this edge: one of its arcs is open and has both ends in the
  /// main part, so that the place can be left and reached.
  [[nodiscard]] bool usable(const RoadGraph& graph, EdgeId edge) const;
};

/// What the world is like when the metric holds.
struct MetricRequest {
  const MobilityProfile& profile;
  Conditions conditions = {};
  /// Hazards by edge, or null for none. An arc is closed by water whose class reaches deeper than
  /// the profile's limit, by a special landslide warning zone (rank 2) and by fire.
  const IdVector<EdgeId, std::vector<EdgeHazard>>* hazards = nullptr;
  /// Seconds after the start of the event: zones that arrive later are still open.
  std::uint32_t at_s = 0;
  std::vector<EdgeId> closed = {};
};

[[nodiscard]] Metric make_metric(const RoadGraph& graph, const MetricRequest& request);

/// The weight of one arc; `make_metric` is this for every arc. 0 only for zero-length arcs.
[[nodiscard]] Weight arc_weight(const RoadGraph& graph, ArcId arc, const MetricRequest& request);

}  // namespace route
