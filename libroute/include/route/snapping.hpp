// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "route/road_graph.hpp"

namespace route {

/// A place on an edge.
struct RoadPosition {
  EdgeId edge;
  double fraction = 0;    ///< of the edge's length, from its tail, in [0, 1]
  LatLon point;           ///< where that is
  double distance_m = 0;  ///< from the place that was asked for
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

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace route
