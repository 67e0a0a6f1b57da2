// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "path_pieces.hpp"
#include "route/track_matching.hpp"

namespace route {

/// A way by length.
struct ShortWay {
  double length_m = 0;
  std::vector<Piece> pieces;  ///< none when both ends are the same place
};

/// Shortest ways by length from a position to each of the others over open arcs, none longer than
/// `bound_m`: Dijkstra's algorithm that looks no further.
[[nodiscard]] std::vector<std::optional<ShortWay>> short_ways(const TrackRoadsRequest& request,
                                                              const RoadPosition& from,
                                                              std::span<const RoadPosition> targets,
                                                              double bound_m);

[[nodiscard]] double length_of(const RoadGraph& graph, const Piece& piece);

}  // namespace route
