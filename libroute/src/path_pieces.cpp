// SPDX-License-Identifier: Apache-2.0
#include "path_pieces.hpp"

#include <algorithm>
#include <cmath>

#include "edge_hazards.hpp"
#include "route/error.hpp"

namespace route {
namespace {

/// Shares of a shape's length at its points, from 0 to 1; points of a shape without length are
/// spread evenly.
std::vector<double> shares_along(std::span<const LatLon> shape) {
  std::vector<double> shares{0};
  for (std::size_t i = 1; i < shape.size(); ++i) {
    shares.push_back(shares.back() + distance_m(shape[i - 1], shape[i]));
  }
  const double total = shares.back();
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i] = total > 0 ? shares[i] / total
                          : static_cast<double>(i) / static_cast<double>(shares.size() - 1);
  }
  shares.back() = 1;
  return shares;
}

LatLon point_at(std::span<const LatLon> shape, std::span<const double> shares, double share) {
  const auto above = std::lower_bound(shares.begin() + 1, shares.end(), share);
  const auto i = static_cast<std::size_t>(std::min(above, shares.end() - 1) - shares.begin());
  const double span = shares[i] - shares[i - 1];
  return interpolate(shape[i - 1], shape[i], span > 0 ? (share - shares[i - 1]) / span : 0);
}

void append_shape(const RoadGraph& graph, const Piece& piece, Polyline& shape) {
  Polyline clipped = shape_between(graph, graph.edge(piece.arc), std::min(piece.begin, piece.end),
                                   std::max(piece.begin, piece.end));
  if (piece.begin > piece.end) {
    std::reverse(clipped.begin(), clipped.end());
  }
  for (const LatLon point : clipped) {
    if (shape.empty() || shape.back() != point) {
      shape.push_back(point);
    }
  }
}

/// Adds what is met on one piece, `steps_before` telling whether the piece before was stairs.
void describe(const PathRequest& request, const Piece& piece, bool steps_before, Path& path) {
  const EdgeId edge = request.graph.edge(piece.arc);
  const Road& road = request.graph.road(edge);
  const bool forward = request.graph.is_forward(piece.arc);
  const double length = metres(road.length_mm) * std::abs(piece.end - piece.begin);
  path.arcs.push_back(piece.arc);
  path.length_m += length;
  if (road.road_class == RoadClass::Steps) {
    path.steps_met += steps_before ? 0 : 1;
    path.steps_length_m += length;
  }
  if (pace(request.profile, road, forward).unverified) {
    path.unverified_m += length;
  }
  const std::int16_t slope = slope_of(road, forward).value_or(0);
  path.steepest_up_permille = std::max(path.steepest_up_permille, slope);
  path.steepest_down_permille =
      std::max(path.steepest_down_permille, static_cast<std::int16_t>(-slope));
  if (request.hazards != nullptr) {
    for (const EdgeHazard& hazard : (*request.hazards)[edge]) {
      merge_hazard(path.hazards, hazard);
    }
  }
}

}  // namespace

std::vector<EndPiece> end_pieces(const RoadGraph& graph, const Metric& metric,
                                 const RoadPosition& position, Direction direction) {
  TOMONI_EXPECT(position.edge.value < graph.edge_count());
  TOMONI_EXPECT(position.fraction >= 0 && position.fraction <= 1);
  const ArcId ahead = graph.forward_arc(position.edge);
  const ArcId back = graph.backward_arc(position.edge);
  std::vector<EndPiece> pieces;
  const auto offer = [&](ArcId arc, double begin, double end) {
    const Weight weight = partial_weight(metric.weights[arc], begin, end);
    if (weight < kInfinity) {
      const NodeId node = direction == Direction::Forward ? graph.head(arc) : graph.tail(arc);
      pieces.push_back({{arc, begin, end}, node, weight});
    }
  };
  if (direction == Direction::Forward) {
    offer(ahead, position.fraction, 1);
    offer(back, position.fraction, 0);
  } else {
    offer(ahead, 0, position.fraction);
    offer(back, 1, position.fraction);
  }
  return pieces;
}

std::vector<Seed> seeds_of(std::span<const EndPiece> pieces) {
  std::vector<Seed> seeds;
  seeds.reserve(pieces.size());
  for (const EndPiece& piece : pieces) {
    seeds.push_back({piece.node, piece.weight});
  }
  return seeds;
}

std::vector<Piece> direct_pieces(const RoadGraph& graph, const RoadPosition& from,
                                 const RoadPosition& to) {
  std::vector<Piece> pieces;
  if (from.edge == to.edge && from.fraction <= to.fraction) {
    pieces.push_back({graph.forward_arc(from.edge), from.fraction, to.fraction});
  }
  if (from.edge == to.edge && from.fraction >= to.fraction) {
    pieces.push_back({graph.backward_arc(from.edge), from.fraction, to.fraction});
  }
  return pieces;
}

Piece whole(const RoadGraph& graph, ArcId arc) {
  return graph.is_forward(arc) ? Piece{arc, 0, 1} : Piece{arc, 1, 0};
}

Polyline shape_between(const RoadGraph& graph, EdgeId edge, double low, double high) {
  const auto points = graph.shape(edge);
  const std::vector<double> shares = shares_along(points);
  Polyline clipped{point_at(points, shares, low)};
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (shares[i] > low && shares[i] < high) {
      clipped.push_back(points[i]);
    }
  }
  clipped.push_back(point_at(points, shares, high));
  return clipped;
}

Path describe_path(const PathRequest& request, const RoadPosition& from,
                   std::span<const Piece> pieces, Weight duration) {
  const RoadGraph& graph = request.graph;
  Path path;
  path.duration = duration;
  append_shape(graph, {graph.forward_arc(from.edge), from.fraction, from.fraction}, path.shape);
  bool on_steps = false;
  for (const Piece& piece : pieces) {
    if (piece.begin == piece.end) {
      continue;  // the position is at the node: nothing of this edge is travelled
    }
    describe(request, piece, on_steps, path);
    on_steps = graph.road(graph.edge(piece.arc)).road_class == RoadClass::Steps;
    append_shape(graph, piece, path.shape);
  }
  if (path.shape.size() == 1) {
    path.shape.push_back(path.shape.front());
  }
  return path;
}

}  // namespace route
