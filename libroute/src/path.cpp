// SPDX-License-Identifier: Apache-2.0
#include "route/path.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "path_pieces.hpp"
#include "route/error.hpp"
#include "search.hpp"
#include "turn_search.hpp"

namespace route {
namespace {

struct Route {
  std::vector<Piece> pieces;
  Weight duration = kInfinity;
};

/// The way within one edge; on a tie between directions the forward arc.
Route direct_route(const RoadGraph& graph, const Metric& metric, const RoadPosition& from,
                   const RoadPosition& to) {
  Route best;
  for (const Piece& piece : direct_pieces(graph, from, to)) {
    const Weight weight = partial_weight(metric.weights[piece.arc], piece.begin, piece.end);
    if (weight < best.duration) {
      best = {{piece}, weight};
    }
  }
  return best;
}

Route fastest_route(const RoadGraph& graph, const Metric& metric, const RoadPosition& from,
                    const RoadPosition& to) {
  Route best = direct_route(graph, metric, from, to);
  const auto starts = end_pieces(graph, metric, from, Direction::Forward);
  const auto ends = end_pieces(graph, metric, to, Direction::Backward);
  const EndPiece* last = nullptr;
  const SearchTree tree = search(graph, metric, seeds_of(starts), Direction::Forward,
                                 [&](NodeId node, Weight distance) {
                                   for (const EndPiece& end : ends) {
                                     const Weight total = add(distance, end.weight);
                                     if (end.node == node && total < best.duration) {
                                       best.duration = total;
                                       last = &end;
                                     }
                                   }
                                   return distance < best.duration;
                                 });
  if (last == nullptr) {
    return best;
  }
  best.pieces = {last->piece};
  NodeId node = last->node;
  while (tree.via[node].valid()) {
    best.pieces.push_back(whole(graph, tree.via[node]));
    node = graph.tail(tree.via[node]);
  }
  const auto first = std::find_if(starts.begin(), starts.end(), [&](const EndPiece& start) {
    return start.node == node && start.weight == tree.distance[node];
  });
  TOMONI_EXPECT(first != starts.end());
  best.pieces.push_back(first->piece);
  std::reverse(best.pieces.begin(), best.pieces.end());
  return best;
}

/// The same with regard to banned turns.
Route fastest_allowed_route(const PathRequest& request, const RoadPosition& from,
                            const RoadPosition& to) {
  const RoadGraph& graph = request.graph;
  Route best = direct_route(graph, request.metric, from, to);
  const TurnQuestion question{graph, *request.turns,
                              end_pieces(graph, request.metric, from, Direction::Forward),
                              end_pieces(graph, request.metric, to, Direction::Backward)};
  const auto cost = [&request](const Piece& piece) {
    return partial_weight(request.metric.weights[piece.arc], piece.begin, piece.end);
  };
  auto found = TurnLabels<Weight, decltype(cost), decltype(&add)>(question, kInfinity, cost, add)
                   .run(best.duration);
  return found.pieces.empty() ? best : Route{std::move(found.pieces), found.label};
}

/// The cheapest of the pieces at a node.
const Piece& piece_at(std::span<const EndPiece> pieces, NodeId node) {
  const EndPiece* best = nullptr;
  for (const EndPiece& piece : pieces) {
    if (piece.node == node && (best == nullptr || piece.weight < best->weight)) {
      best = &piece;
    }
  }
  TOMONI_EXPECT(best != nullptr);
  return best->piece;
}

Route fastest_route(const PathRequest& request, const HierarchySearch& search,
                    const RoadPosition& from, const RoadPosition& to) {
  const RoadGraph& graph = request.graph;
  Route direct = direct_route(graph, request.metric, from, to);
  const auto starts = end_pieces(graph, request.metric, from, Direction::Forward);
  const auto ends = end_pieces(graph, request.metric, to, Direction::Backward);
  const auto way = search.query.way(seeds_of(starts), seeds_of(ends), search.ways);
  if (!way || direct.duration <= way->weight) {
    return direct;
  }
  Route route{{piece_at(starts, way->from)}, way->weight};
  for (const ArcId arc : way->arcs) {
    route.pieces.push_back(whole(graph, arc));
  }
  route.pieces.push_back(piece_at(ends, way->to));
  return route;
}

std::optional<Path> described(const PathRequest& request, const RoadPosition& from,
                              const Route& route) {
  if (route.duration >= kInfinity) {
    return std::nullopt;
  }
  return describe_path(request, from, route.pieces, route.duration);
}

}  // namespace

Weight partial_weight(Weight whole, double from_fraction, double to_fraction) {
  if (whole >= kInfinity) {
    return kInfinity;
  }
  return static_cast<Weight>(std::round(whole * std::abs(to_fraction - from_fraction)));
}

std::vector<Seed> seeds_at(const RoadGraph& graph, const Metric& metric,
                           const RoadPosition& position, Direction direction) {
  return seeds_of(end_pieces(graph, metric, position, direction));
}

Weight along_one_edge(const RoadGraph& graph, const Metric& metric, const RoadPosition& from,
                      const RoadPosition& to) {
  return direct_route(graph, metric, from, to).duration;
}

std::optional<Path> find_path(const PathRequest& request, const RoadPosition& from,
                              const RoadPosition& to) {
  TOMONI_EXPECT(request.metric.weights.size() == request.graph.arc_count());
  if (request.turns != nullptr && !request.turns->empty()) {
    return described(request, from, fastest_allowed_route(request, from, to));
  }
  return described(request, from, fastest_route(request.graph, request.metric, from, to));
}

std::optional<Path> find_path(const PathRequest& request, const HierarchySearch& search,
                              const RoadPosition& from, const RoadPosition& to) {
  TOMONI_EXPECT(request.turns == nullptr || request.turns->empty());
  return described(request, from, fastest_route(request, search, from, to));
}

}  // namespace route
