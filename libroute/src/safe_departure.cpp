// SPDX-License-Identifier: Apache-2.0

// Problem: the latest time L(v) at which one may leave v and still be safe, when arc a must be left
// by close(a). L(v) = max over arcs a = (v, u) of min(L(u), close(a)) - w(a), L(target) = its own
// closing time. The right side grows with L(u) and lies below it, so a label-setting search with
// the largest label first settles every node once (Dijkstra's condition).
//
// Labels: the search wants small labels first, and ways that stay open for ever must beat all
// others and be ordered among themselves. One 32-bit number does both:
//   label < 2^31           the way never closes and takes that many milliseconds;
//   label = 2^31 + C - L   it closes; C is the last closing time of all, L the latest departure.
// Passing an arc that closes lifts the label to at least 2^31 + C - close(a); then the weight is
// added. A sum that would leave its half of the range is no way: 24.8 days.

#include "route/safe_departure.hpp"

#include <algorithm>
#include <utility>

#include "label_search.hpp"
#include "path_pieces.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr std::uint32_t kFirstClosing = std::uint32_t{1} << 31;  // label of L = C
constexpr std::uint32_t kNoDeparture = 0xFFFFFFFF;

/// The label before an arc of this weight that closes at `closes`, given the label after it.
std::uint32_t label_before(std::uint32_t label, Weight weight, Weight closes, Weight last_closing) {
  const std::uint32_t floor = closes >= kNeverCloses ? 0 : kFirstClosing + (last_closing - closes);
  const std::uint32_t from = std::max(label, floor);
  const std::uint32_t limit = from < kFirstClosing ? kInfinity : kNoDeparture;
  return weight < limit - std::min(from, limit) ? from + weight : kNoDeparture;
}

/// The same for a piece of an arc; one without length does not use its arc.
std::uint32_t label_before(std::uint32_t label, const TimedRoads& roads, const Piece& piece,
                           Weight last_closing) {
  const Weight whole = roads.metric.weights[piece.arc];
  if (piece.begin == piece.end && whole < kInfinity) {
    return label;
  }
  return label_before(label, partial_weight(whole, piece.begin, piece.end), roads.closes[piece.arc],
                      last_closing);
}

void expect_sound(const TimedRoads& roads) {
  TOMONI_EXPECT(roads.metric.weights.size() == roads.graph.arc_count());
  TOMONI_EXPECT(roads.closes.size() == roads.graph.arc_count());
}

/// First time, in seconds, at which the hazards of an edge ban an arc; nothing = never.
std::optional<std::uint32_t> closing_second(const RoadGraph& graph, ArcId arc,
                                            MetricRequest& request) {
  std::vector<std::uint32_t> times;
  for (const EdgeHazard& hazard : (*request.hazards)[graph.edge(arc)]) {
    times.push_back(hazard.arrival_s.value_or(0));
  }
  std::sort(times.begin(), times.end());
  for (const std::uint32_t time : times) {
    request.at_s = time;
    if (arc_weight(graph, arc, request) >= kInfinity) {
      return time;
    }
  }
  return std::nullopt;
}

/// The label at the other end of an arc in a search forward in time.
struct InTime {
  const TimedRoads& roads;
  EventTime start;

  /// Duration until an arc that is entered after `duration` has been left; `kInfinity` if that is
  /// too late.
  [[nodiscard]] Weight after(Weight duration, ArcId arc, Weight weight) const {
    const Weight sum = add(duration, weight);
    const Weight closes = roads.closes[arc];
    return closes >= kNeverCloses || start + EventTime{sum} <= EventTime{closes} ? sum : kInfinity;
  }
  /// The same for a piece of an arc; one without length does not use its arc.
  [[nodiscard]] Weight after(Weight duration, const Piece& piece) const {
    const Weight whole = roads.metric.weights[piece.arc];
    return piece.begin == piece.end && whole < kInfinity
               ? duration
               : after(duration, piece.arc, partial_weight(whole, piece.begin, piece.end));
  }
};

}  // namespace

ClosingTimes closing_times(const RoadGraph& graph, const MetricRequest& request) {
  ClosingTimes closes(graph.arc_count(), kNeverCloses);
  if (request.hazards == nullptr) {
    return closes;
  }
  TOMONI_EXPECT(request.hazards->size() == graph.edge_count());
  MetricRequest without = request;
  without.hazards = nullptr;
  MetricRequest with = request;
  for (const ArcId arc : graph.arcs()) {
    if ((*request.hazards)[graph.edge(arc)].empty() ||
        arc_weight(graph, arc, without) >= kInfinity) {
      continue;
    }
    if (const auto second = closing_second(graph, arc, with)) {
      closes[arc] =
          static_cast<Weight>(std::min<std::uint64_t>(std::uint64_t{*second} * 1000, kNeverCloses));
    }
  }
  return closes;
}

/// A piece of an edge at an end of a way: from the place to a node, from a node to a target, or
/// from the place to a target on the same edge.
struct SafeDepartures::Step {
  Piece piece;
  std::uint32_t label = kNoDeparture;  // at the begin of the piece
  NodeId node;                         // invalid when the piece touches none
  std::size_t target = 0;
};

SafeDepartures::SafeDepartures(const TimedRoads& roads, std::span<const SafeTarget> targets)
    : roads_(roads), targets_(targets.begin(), targets.end()) {
  expect_sound(roads);
  for (const Weight closes : roads_.closes) {
    last_closing_ = closes < kNeverCloses ? std::max(last_closing_, closes) : last_closing_;
  }
  for (const SafeTarget& target : targets_) {
    const Weight closes = target.closes_at;
    last_closing_ = closes < kNeverCloses ? std::max(last_closing_, closes) : last_closing_;
  }
  std::vector<QueueEntry<std::uint32_t>> seeds;
  for (const SafeTarget& target : targets_) {
    for (const EndPiece& end :
         end_pieces(roads_.graph, roads_.metric, target.position, Direction::Backward)) {
      const auto label = label_before(label_of(target), roads_, end.piece, last_closing_);
      if (label != kNoDeparture) {
        seeds.push_back({end.node, label});
      }
    }
  }
  auto tree = label_search<std::uint32_t>(
      {roads_.graph, Direction::Backward, kNoDeparture}, seeds,
      [&weights = roads_.metric.weights, &closes = roads_.closes, last_closing = last_closing_](
          std::uint32_t label, ArcId arc) {
        return label_before(label, weights[arc], closes[arc], last_closing);
      },
      [](NodeId, std::uint32_t) { return true; });
  labels_ = std::move(tree.label);
  next_ = std::move(tree.via);
}

std::uint32_t SafeDepartures::label_of(const SafeTarget& target) const {
  return label_before(0, 0, target.closes_at, last_closing_);
}

LatestDeparture SafeDepartures::departure(std::uint32_t label) const {
  if (label == kNoDeparture) {
    return {};
  }
  if (label < kFirstClosing) {
    return {LatestDeparture::Kind::AnyTime, 0, label};
  }
  return {LatestDeparture::Kind::ByTime, EventTime{last_closing_} - (label - kFirstClosing)};
}

LatestDeparture SafeDepartures::from(NodeId node) const {
  TOMONI_EXPECT(node.value < labels_.size());
  return departure(labels_[node]);
}

SafeDepartures::Step SafeDepartures::first_step(const RoadPosition& place) const {
  Step best;
  const auto offer = [&best](const Step& step) {
    if (step.label < best.label) {
      best = step;
    }
  };
  for (const EndPiece& start : end_pieces(roads_.graph, roads_.metric, place, Direction::Forward)) {
    const auto label = label_before(labels_[start.node], roads_, start.piece, last_closing_);
    offer({start.piece, label, start.node});
  }
  for (std::size_t target = 0; target < targets_.size(); ++target) {
    const RoadPosition& goal = targets_[target].position;
    for (const Piece& piece : direct_pieces(roads_.graph, place, goal)) {
      const auto arrived = label_of(targets_[target]);
      offer({piece, label_before(arrived, roads_, piece, last_closing_), NodeId{}, target});
    }
  }
  return best;
}

/// Requires that the search began at the node.
SafeDepartures::Step SafeDepartures::last_step(NodeId node) const {
  for (std::size_t target = 0; target < targets_.size(); ++target) {
    for (const EndPiece& end :
         end_pieces(roads_.graph, roads_.metric, targets_[target].position, Direction::Backward)) {
      const auto label = label_before(label_of(targets_[target]), roads_, end.piece, last_closing_);
      if (end.node == node && label == labels_[node]) {
        return {end.piece, label, node, target};
      }
    }
  }
  TOMONI_EXPECT(false);
  return {};
}

LatestDeparture SafeDepartures::from(const RoadPosition& place) const {
  return departure(first_step(place).label);
}

std::optional<SafeRoute> SafeDepartures::route_from(const PathRequest& request,
                                                    const RoadPosition& place) const {
  const RoadGraph& graph = roads_.graph;
  TOMONI_EXPECT(&request.graph == &graph);
  const Step first = first_step(place);
  if (first.label == kNoDeparture) {
    return std::nullopt;
  }
  std::vector<Piece> pieces{first.piece};
  SafeRoute route{{}, first.target};
  if (first.node.valid()) {
    NodeId node = first.node;
    for (; next_[node].valid(); node = graph.head(next_[node])) {
      pieces.push_back(whole(graph, next_[node]));
    }
    const Step last = last_step(node);
    pieces.push_back(last.piece);
    route.target = last.target;
  }
  Weight duration = 0;
  for (const Piece& piece : pieces) {
    duration =
        add(duration, partial_weight(roads_.metric.weights[piece.arc], piece.begin, piece.end));
  }
  route.path = describe_path(request, place, pieces, duration);
  return route;
}

SearchTree earliest_arrival(const TimedRoads& roads, const RoadPosition& from, EventTime start) {
  expect_sound(roads);
  const InTime in_time{roads, start};
  std::vector<QueueEntry<Weight>> seeds;
  for (const EndPiece& piece : end_pieces(roads.graph, roads.metric, from, Direction::Forward)) {
    seeds.push_back({piece.node, in_time.after(0, piece.piece)});
  }
  auto tree = label_search<Weight>(
      {roads.graph, Direction::Forward, kInfinity}, seeds,
      [&](Weight duration, ArcId arc) {
        return in_time.after(duration, arc, roads.metric.weights[arc]);
      },
      [](NodeId, Weight) { return true; });
  return {std::move(tree.label), std::move(tree.via)};
}

Weight earliest_arrival(const TimedRoads& roads, const RoadPosition& from, EventTime start,
                        const SafeTarget& target) {
  const InTime in_time{roads, start};
  const SearchTree tree = earliest_arrival(roads, from, start);
  Weight best = kInfinity;
  for (const Piece& piece : direct_pieces(roads.graph, from, target.position)) {
    best = std::min(best, in_time.after(0, piece));
  }
  for (const EndPiece& end :
       end_pieces(roads.graph, roads.metric, target.position, Direction::Backward)) {
    best = std::min(best, in_time.after(tree.distance[end.node], end.piece));
  }
  const bool open =
      target.closes_at >= kNeverCloses || start + EventTime{best} <= EventTime{target.closes_at};
  return open ? best : kInfinity;
}

}  // namespace route
