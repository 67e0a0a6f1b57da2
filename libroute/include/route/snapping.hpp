// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "route/metric.hpp"
#include "route/road_graph.hpp"

namespace route {

/// A place on an edge.
struct RoadPosition {
  EdgeId edge;
  double fraction = 0;    ///< of the edge's length, from its tail, in [0, 1]
  LatLon point;           ///< where that is
  double distance_m = 0;  ///< from the place that was asked for
};

/// Where places may be put; made once per metric by `snap_mask`.
using SnapMask = IdVector<EdgeId, std::uint8_t>;  // 1 = a place may be put on this edge

/// The edges on which a place may be put: `Metric::usable`, so that islands are avoided.
[[nodiscard]] SnapMask snap_mask(const RoadGraph& graph, const Metric& metric);

/// A road nobody crosses on foot on the way from a door to the road: one closed to people on foot
/// (motorways, access=no, private) or walled off, unless it is on a bridge or in a tunnel.
[[nodiscard]] bool is_wall(const Road& road);

/// A position a place may be joined to.
struct SnapCandidate {
  RoadPosition position;
  bool crosses_wall = false;  ///< the straight line to it crosses a road nobody crosses on foot
};

/// Finds the edges nearest to a place. Depends on the place and the edges allowed only, never on
/// other places asked for at the same time. Built once per graph; queries are const and
/// thread-safe. Keeps a reference to the graph.
class RoadIndex {
 public:
  explicit RoadIndex(const RoadGraph& graph);
  RoadIndex(const RoadIndex&) = delete;
  RoadIndex& operator=(const RoadIndex&) = delete;
  RoadIndex(RoadIndex&&) noexcept;
  RoadIndex& operator=(RoadIndex&&) noexcept;
  ~RoadIndex();

  using EdgeFilter = std::function<bool(EdgeId)>;

  /// Up to `count` positions on different usable edges, nearest first, none further than
  /// `limit_m` (straight line). Equal distances are ordered by edge id. No filter = every edge.
  [[nodiscard]] std::vector<RoadPosition> nearest(LatLon place, const EdgeFilter& usable,
                                                  double limit_m, std::size_t count = 1) const;

  /// Up to `count` positions to join a place to, nearest first: those whose straight line to the
  /// place crosses no wall (`is_wall`) up to 5 cm before the road. Only when there is none at all
  /// within the limit, those that cross one, marked.
  [[nodiscard]] std::vector<SnapCandidate> snap_candidates(LatLon place, const SnapMask& mask,
                                                           double limit_m,
                                                           std::size_t count = 1) const;

  /// Whether the straight line between two places crosses a wall; touching one with an end is not
  /// crossing it.
  [[nodiscard]] bool crosses_wall(LatLon from, LatLon to) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace route
