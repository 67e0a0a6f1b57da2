// SPDX-License-Identifier: Apache-2.0
#include "drill_detour.hpp"

#include <algorithm>

#include "route/error.hpp"

namespace route {

DetourSearch::DetourSearch(const RoadGraph& graph) : graph_(graph), labels_(graph.node_count()) {}

bool DetourSearch::Question::passes(const Piece& piece, Weight enters, Weight duration) const {
  if (piece.begin == piece.end || duration >= kInfinity) {
    return duration < kInfinity;
  }
  return !now.is_blocked(piece) && now.in_time(piece.arc, add(start.at, enters), duration) &&
         std::ranges::find(start.avoid, piece.arc) == start.avoid.end();
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
    if (question.passes(piece.piece, 0, piece.weight)) {
      question.starts.push_back(piece);
      reach(question, piece.node, piece.weight, ArcId{});
    }
  }
  for (const Piece& piece : direct_pieces(graph_, *start.position, question.goal.position)) {
    const Weight weight = partial_weight(metric.weights[piece.arc], piece.begin, piece.end);
    if (weight < question.best && question.passes(piece, 0, weight)) {
      question.best = weight;
      question.direct = piece;
    }
  }
}

void DetourSearch::settle(Question& question, const Entry& entry) {
  for (const EndPiece& end : question.ends) {
    const Weight total = add(entry.duration, end.weight);
    if (end.node == entry.node && total < question.best &&
        question.passes(end.piece, entry.duration, end.weight)) {
      question.best = total;
      question.direct.reset();
      question.last = end;
    }
  }
  const Metric& metric = *question.now.roads.mode().metric;
  for (const ArcId arc : graph_.arcs_out(entry.node)) {
    const Weight weight = metric.weights[arc];
    if (weight < kInfinity && question.passes(whole(graph_, arc), entry.duration, weight)) {
      reach(question, graph_.head(arc), add(entry.duration, weight), arc);
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
  return question.best < kInfinity ? std::optional(way_of(question)) : std::nullopt;
}

}  // namespace route
