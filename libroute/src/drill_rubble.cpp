// SPDX-License-Identifier: Apache-2.0
#include "drill_rubble.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace route {
namespace {

std::vector<EndPiece> open_pieces(const RoadsOfRun& now, const RoadPosition& position,
                                  Direction direction) {
  auto pieces = end_pieces(now.roads.graph(), *now.roads.mode().metric, position, direction);
  std::erase_if(pieces, [&now](const EndPiece& end) { return now.is_blocked(end.piece); });
  return pieces;
}

}  // namespace

bool is_in_time(const RoadsOfRun& now, const DetourStart& start, const DrillWay& way) {
  return std::ranges::all_of(way.stops, [&](const DrillStop& stop) {
    const Weight enters = add(start.at, stop.begin);
    return start.usable(stop.arc, enters) == enters &&
           now.in_time(stop.arc, enters, stop.end - stop.begin);
  });
}

RubbleWays::RubbleWays(const DrillRoads& roads)
    : roads_(roads), metric_(roads.open().customized), query_(metric_) {}

void RubbleWays::learn(const RoadsOfRun& now) {
  weights_ = roads_.mode().metric->weights.raw();
  const RoadGraph& graph = roads_.graph();
  for (const ArcId arc : graph.arcs()) {
    if ((*now.blocked)[graph.edge(arc)] != 0) {
      weights_[arc.value] = kInfinity;
    }
  }
  const std::array<std::span<const Weight>, 1> lanes{weights_};
  metric_.customize(lanes);
  ways_.emplace(metric_, 0, weights_);
  known_ = true;
}

std::optional<DrillWay> RubbleWays::find(const RoadsOfRun& now, const DetourStart& start,
                                         const RoadPosition& goal) {
  if (!known_) {
    learn(now);
  }
  const Metric& metric = *roads_.mode().metric;
  Weight least = kInfinity;
  std::vector<Piece> pieces;
  std::vector<EndPiece> starts;
  if (!start.node.valid()) {
    starts = open_pieces(now, *start.position, Direction::Forward);
    for (const Piece& piece : direct_pieces(roads_.graph(), *start.position, goal)) {
      const Weight weight = partial_weight(metric.weights[piece.arc], piece.begin, piece.end);
      if (weight < least && (piece.begin == piece.end || !now.is_blocked(piece))) {
        least = weight;
        pieces = {piece};
      }
    }
  }
  const auto ends = open_pieces(now, goal, Direction::Backward);
  const auto seeds = start.node.valid() ? std::vector<Seed>{{start.node, 0}} : seeds_of(starts);
  const auto way = query_.way(seeds, seeds_of(ends), *ways_);
  if (way && way->weight < least) {
    pieces.clear();
    pieces.reserve(way->arcs.size() + 2);
    if (!start.node.valid()) {
      pieces.push_back(piece_at(starts, way->from));
    }
    for (const ArcId arc : way->arcs) {
      pieces.push_back(whole(roads_.graph(), arc));
    }
    pieces.push_back(piece_at(ends, way->to));
  } else if (least >= kInfinity) {
    return std::nullopt;
  }
  return roads_.lay_out(std::move(pieces));
}

}  // namespace route
