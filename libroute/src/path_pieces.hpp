// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "route/path.hpp"

// A position divides its edge; a way is: a piece of the first edge, whole arcs, a piece of the last
// edge. Each piece is weighed and rounded alone (`partial_weight`), and the sums are the same in
// whatever direction they are searched.

namespace route {

/// The part of an arc that is travelled, as shares of its edge's length from the edge's tail;
/// `begin` is above `end` on a backward arc.
struct Piece {
  ArcId arc;
  double begin = 0;
  double end = 0;
};

/// A piece between a position and a node at an end of its edge.
struct EndPiece {
  Piece piece;
  NodeId node;
  Weight weight = 0;
};

/// Forward: the pieces that leave a position; Backward: those that come to it. Banned ones are left
/// out.
[[nodiscard]] std::vector<EndPiece> end_pieces(const RoadGraph& graph, const Metric& metric,
                                               const RoadPosition& position, Direction direction);

[[nodiscard]] std::vector<Seed> seeds_of(std::span<const EndPiece> pieces);

/// The pieces that stay on one edge from `from` to `to`, the forward arc first; none when the
/// positions lie on different edges. Bans are not looked at.
[[nodiscard]] std::vector<Piece> direct_pieces(const RoadGraph& graph, const RoadPosition& from,
                                               const RoadPosition& to);

[[nodiscard]] Piece whole(const RoadGraph& graph, ArcId arc);

/// The shape of an edge between two shares of its length, at least two points.
[[nodiscard]] Polyline shape_between(const RoadGraph& graph, EdgeId edge, double low, double high);

/// What is met on the way along the pieces, which start at `from`.
[[nodiscard]] Path describe_path(const PathRequest& request, const RoadPosition& from,
                                 std::span<const Piece> pieces, Weight duration);

}  // namespace route
