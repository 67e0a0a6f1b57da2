// SPDX-License-Identifier: Apache-2.0
#include "drill_detour.hpp"

#include <algorithm>

#include "route/error.hpp"

namespace route {

DetourSearch::DetourSearch(const RoadGraph& graph) : graph_(graph), labels_(graph.node_count()) {}

void DetourSearch::begin() {
  ++search_;
  queue_.clear();
  starts_.clear();
}

void DetourSearch::reach(NodeId node, Weight duration, ArcId via, const DetourGoal& goal) {
  Label& label = labels_[node];
  if (label.search == search_ && label.duration <= duration) {
    return;
  }
  const Weight left = goal.distances != nullptr
                          ? (*goal.distances)[node]
                          : now_->roads.at_least(graph_.position(node), goal_point_);
  if (left >= kInfinity) {
    return;
  }
  label = {duration, via, search_};
  queue_.push({add(duration, left), duration, node});
}

DrillWay DetourSearch::way_to(const EndPiece* end, std::optional<Piece> direct) const {
  if (direct) {
    return now_->roads.lay_out({*direct});
  }
  std::vector<Piece> pieces{end->piece};
  NodeId node = end->node;
  for (; labels_[node].via.valid(); node = graph_.tail(labels_[node].via)) {
    pieces.push_back(whole(graph_, labels_[node].via));
  }
  const Weight begun = labels_[node].duration;
  const auto first = std::ranges::find_if(
      starts_, [&](const EndPiece& start) { return start.node == node && start.weight == begun; });
  if (first != starts_.end()) {
    pieces.push_back(first->piece);
  }
  std::ranges::reverse(pieces);
  return now_->roads.lay_out(std::move(pieces));
}

std::optional<DrillWay> DetourSearch::find(const RoadsOfRun& now, const DetourStart& start,
                                           const DetourGoal& goal) {
  begin();
  now_ = &now;
  if (goal.distances == nullptr) {
    const RoadPosition& at = goal.position;
    goal_point_ = shape_between(graph_, at.edge, at.fraction, at.fraction).front();
  }
  const Metric& metric = *now.roads.mode().metric;
  const auto passes = [&](const Piece& piece, Weight enters, Weight duration) {
    if (piece.begin == piece.end || duration >= kInfinity) {
      return duration < kInfinity;
    }
    return !now.is_blocked(piece) && now.in_time(piece.arc, add(start.at, enters), duration) &&
           std::ranges::find(start.avoid, piece.arc) == start.avoid.end();
  };
  Weight best = kInfinity;
  std::optional<Piece> direct;
  const EndPiece* last = nullptr;
  if (start.node.valid()) {
    reach(start.node, 0, ArcId{}, goal);
  } else {
    for (const EndPiece& piece : end_pieces(graph_, metric, *start.position, Direction::Forward)) {
      if (passes(piece.piece, 0, piece.weight)) {
        starts_.push_back(piece);
        reach(piece.node, piece.weight, ArcId{}, goal);
      }
    }
    for (const Piece& piece : direct_pieces(graph_, *start.position, goal.position)) {
      const Weight weight = partial_weight(metric.weights[piece.arc], piece.begin, piece.end);
      if (weight < best && passes(piece, 0, weight)) {
        best = weight;
        direct = piece;
      }
    }
  }
  const auto ends = end_pieces(graph_, metric, goal.position, Direction::Backward);
  while (!queue_.empty()) {
    const Entry entry = queue_.pop();
    if (entry.bound >= best) {
      break;
    }
    if (entry.duration > labels_[entry.node].duration) {
      continue;
    }
    for (const EndPiece& end : ends) {
      const Weight total = add(entry.duration, end.weight);
      if (end.node == entry.node && total < best && passes(end.piece, entry.duration, end.weight)) {
        best = total;
        direct.reset();
        last = &end;
      }
    }
    for (const ArcId arc : graph_.arcs_out(entry.node)) {
      const Weight weight = metric.weights[arc];
      if (weight < kInfinity && passes(whole(graph_, arc), entry.duration, weight)) {
        reach(graph_.head(arc), add(entry.duration, weight), arc, goal);
      }
    }
  }
  if (best >= kInfinity) {
    return std::nullopt;
  }
  return way_to(last, direct);
}

}  // namespace route
