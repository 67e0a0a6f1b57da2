// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "route/dijkstra.hpp"
#include "route/snapping.hpp"

namespace route {

/// A part of an edge, as shares of its length from its tail; begin <= end.
struct ReachedPart {
  EdgeId edge;
  double begin = 0;
  double end = 0;

  friend bool operator==(const ReachedPart&, const ReachedPart&) = default;
};

/// From where (Forward) or to where (Backward), on what roads.
struct ReachRequest {
  const RoadGraph& graph;
  const Metric& metric;
  RoadPosition place;
  Direction direction = Direction::Forward;
};

/// The parts of edges within `bound` of the place, ordered by edge, those of one edge apart from
/// each other. Where the time runs out within an edge the part ends there. An edge is reached where
/// the person comes along in a permitted direction.
[[nodiscard]] std::vector<ReachedPart> reached_parts(const ReachRequest& request, Weight bound);

/// Rings as RFC 7946 wants them: closed, the first one the outline and counterclockwise, the others
/// holes and clockwise.
using Polygon = std::vector<Polyline>;

/// The area along the roads reached within a bound (到達圏).
struct Isochrone {
  Weight bound = 0;
  double length_m = 0;  ///< of the roads reached
  std::vector<Polygon> polygons;
};

/// How the areas are drawn.
struct AreaStyle {
  double margin_m = 25;  ///< how far the area reaches beyond the roads; at least 1.5 * cell_m
  double cell_m = 10;    ///< of the grid the outline is drawn on
};

struct Isochrones {
  std::vector<Isochrone> areas;  ///< in the order of the bounds
  /// What the areas promise: every reached point lies inside, and every place inside lies within
  /// `accuracy_m` of a reached point. Larger than asked for when the area is so large that the grid
  /// had to be coarser (more than four million cells).
  double accuracy_m = 0;
};

/// Areas for several bounds by one search; an area contains those of smaller bounds. No ring
/// crosses or touches itself or another. Not for roads on both sides of the antimeridian.
[[nodiscard]] Isochrones isochrones(const ReachRequest& request, const std::vector<Weight>& bounds,
                                    const AreaStyle& style = {});

}  // namespace route
