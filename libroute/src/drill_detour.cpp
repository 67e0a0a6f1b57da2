// SPDX-License-Identifier: Apache-2.0
#include "drill_detour.hpp"

#include <algorithm>

#include "route/error.hpp"

namespace route {

DetourSearch::DetourSearch(const RoadGraph& graph) : graph_(graph), labels_(graph.node_count()) {}

Weight DetourSearch::Question::entry(const Piece& piece, Weight from, Weight duration) const {
  if (piece.begin == piece.end || duration >= kInfinity) {
    return duration < kInfinity ? from : kInfinity;
  }
  if (now.is_blocked(piece)) {
    return kInfinity;
  }
  const Weight usable = start.usable(piece.arc, add(start.at, from));
  const Weight enters = now.roads.entry(piece.arc, usable, duration);
  return enters < kInfinity ? enters - start.at : kInfinity;
}

void DetourSearch::reach(const Question& question, NodeId node, Weight duration, ArcId via) {
  Label& label = labels_[node];
  if (label.search == search_ && label.duration <= duration) {
    return;
  }
  const auto* distances = question.goal.distances;
  const Weight left = distances != nullptr
                          ? (*distances)[node]
                          : question.now.roads.at_least(graph_.position(node), question.place);
  if (left >= kInfinity) {
    return;
  }
  label = {duration, via, search_};
  queue_.push({add(duration, left), duration, node});
}

void DetourSearch::begin_at(Question& question) {
  const DetourStart& start = question.start;
  if (start.node.valid()) {
    return reach(question, start.node, 0, ArcId{});
  }
  const Metric& metric = *question.now.roads.mode().metric;
  for (const EndPiece& piece : end_pieces(graph_, metric, *start.position, Direction::Forward)) {
    const Weight through = add(question.entry(piece.piece, 0, piece.weight), piece.weight);
    if (through < kInfinity) {
      question.starts.push_back({piece.piece, piece.node, through});
      reach(question, piece.node, through, ArcId{});
    }
  }
  for (const Piece& piece : direct_pieces(graph_, *start.position, question.goal.position)) {
    const Weight weight = partial_weight(metric.weights[piece.arc], piece.begin, piece.end);
    const Weight through = add(question.entry(piece, 0, weight), weight);
    if (through < question.best) {
      question.best = through;
      question.direct = piece;
    }
  }
}

void DetourSearch::settle(Question& question, const Entry& entry) {
  for (const EndPiece& end : question.ends) {
    if (end.node != entry.node || add(entry.duration, end.weight) >= question.best) {
      continue;
    }
    const Weight total = add(question.entry(end.piece, entry.duration, end.weight), end.weight);
    if (total < question.best) {
      question.best = total;
      question.direct.reset();
      question.last = end;
    }
  }
  const Metric& metric = *question.now.roads.mode().metric;
  for (const ArcId arc : graph_.arcs_out(entry.node)) {
    const Weight weight = metric.weights[arc];
    if (weight < kInfinity) {
      const Weight enters = question.entry(whole(graph_, arc), entry.duration, weight);
      if (enters < kInfinity) {
        reach(question, graph_.head(arc), add(enters, weight), arc);
      }
    }
  }
}

DrillWay DetourSearch::way_of(const Question& question) const {
  if (question.direct) {
    return question.now.roads.lay_out({*question.direct});
  }
  std::vector<Piece> pieces{question.last.piece};
  NodeId node = question.last.node;
  for (; labels_[node].via.valid(); node = graph_.tail(labels_[node].via)) {
    pieces.push_back(whole(graph_, labels_[node].via));
  }
  const auto first = std::ranges::find_if(question.starts, [&](const EndPiece& start) {
    return start.node == node && start.weight == labels_[node].duration;
  });
  if (first != question.starts.end()) {
    pieces.push_back(first->piece);
  }
  std::ranges::reverse(pieces);
  return question.now.roads.lay_out(std::move(pieces));
}

std::optional<DrillWay> DetourSearch::find(const RoadsOfRun& now, const DetourStart& start,
                                           const DetourGoal& goal) {
  const Metric& metric = *now.roads.mode().metric;
  const RoadPosition& at = goal.position;
  Question question{.now = now,
                    .start = start,
                    .goal = goal,
                    .place = {},
                    .starts = {},
                    .ends = end_pieces(graph_, metric, at, Direction::Backward),
                    .direct = {},
                    .last = {}};
  if (goal.distances == nullptr) {
    question.place = shape_between(graph_, at.edge, at.fraction, at.fraction).front();
  }
  ++search_;
  queue_.clear();
  begin_at(question);
  while (!queue_.empty()) {
    const Entry entry = queue_.pop();
    if (entry.bound >= question.best) {
      break;
    }
    if (entry.duration <= labels_[entry.node].duration) {
      settle(question, entry);
    }
  }
  if (question.best >= kInfinity) {
    return std::nullopt;
  }
  DrillWay way = way_of(question);
  way.waits = question.best - way.duration;
  if (way.waits > 0) {
    const Piece first = piece_of(graph_, way, 0);
    way.hold =
        question.entry(first, 0, partial_weight(metric.weights[first.arc], first.begin, first.end));
  }
  return way;
}

}  // namespace route
