// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
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
  friend bool operator==(const Metric&, const Metric&) = default;
};

/// What the world is like when the metric holds.
struct MetricRequest {
  const MobilityProfile& profile;
  Conditions conditions = {};
  /// Hazards by edge, or null for none. An arc is closed by water that may be deeper than the
  /// profile's limit, by a zone of a rank above it, and by rubble unless the road is known to be
  /// wide enough.
  const IdVector<EdgeId, std::vector<EdgeHazard>>* hazards = nullptr;
  /// Seconds after the start of the event: zones that arrive later are still open.
  std::uint32_t at_s = 0;
  std::vector<EdgeId> closed = {};
};

[[nodiscard]] Metric make_metric(const RoadGraph& graph, const MetricRequest& request);

/// The weight of one arc; `make_metric` is this for every arc. 0 only for zero-length arcs.
[[nodiscard]] Weight arc_weight(const RoadGraph& graph, ArcId arc, const MetricRequest& request);

// ---- change without making the metric anew ----

/// A new weight of an arc.
struct ArcChange {
  ArcId arc;
  Weight weight = 0;
  friend bool operator==(const ArcChange&, const ArcChange&) = default;
};

/// Edges that `before` and `after` close differently, in rising order: those closed in one of them
/// only, and those where a hazard arrives in between. Both must speak of the same profile,
/// conditions and hazards; what differs is `at_s` and `closed`.
[[nodiscard]] std::vector<EdgeId> edges_changed(const RoadGraph& graph, const MetricRequest& before,
                                                const MetricRequest& after);

/// What becomes of the arcs of these edges under `after`: those whose weight is no longer that in
/// `before`, in rising order of edge. With the edges of `edges_changed` nothing else changes.
[[nodiscard]] std::vector<ArcChange> arc_changes(const RoadGraph& graph, const Metric& before,
                                                 const MetricRequest& after,
                                                 std::span<const EdgeId> edges);

/// Puts the changes into the metric, which is then the one `make_metric` makes, bit for bit. The
/// weights take one step per change. The main part is found anew, in time linear in the graph, but
/// only if some arc opened or closed: a new speed leaves it as it is.
void apply(const RoadGraph& graph, std::span<const ArcChange> changes, Metric& metric);

}  // namespace route
