// SPDX-License-Identifier: Apache-2.0
#include "drill_ways.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "route/error.hpp"

namespace route {
namespace {

/// Milliseconds per metre that no arc undercuts, nor any piece of one.
double quickest_pace(const RoadGraph& graph, const Metric& metric) {
  double least = std::numeric_limits<double>::infinity();
  for (const EdgeId edge : graph.edges()) {
    const auto shape = graph.shape(edge);
    double length = 0;
    for (std::size_t i = 1; i < shape.size(); ++i) {
      length += distance_m(shape[i - 1], shape[i]);
    }
    for (const ArcId arc : {graph.forward_arc(edge), graph.backward_arc(edge)}) {
      if (metric.weights[arc] < kInfinity && length > 0) {
        least = std::min(least, metric.weights[arc] / length);
      }
    }
  }
  // Lengths of a long line and of its parts differ by the projection.
  constexpr double kCaution = 0.99;
  return std::isfinite(least) ? least * kCaution : 0;
}

CchMetric customize(const CchTopology& topology, const Metric& metric) {
  const std::array<std::span<const Weight>, 1> weights{metric.weights.raw()};
  return {topology, weights};
}

/// What the stops know about those behind them.
void look_ahead(std::vector<DrillStop>& stops) {
  std::int64_t latest = std::numeric_limits<std::int64_t>::max();
  auto next = static_cast<std::uint32_t>(stops.size());
  for (std::size_t i = stops.size(); i > 0; --i) {
    DrillStop& stop = stops[i - 1];
    if (stop.closes < kNeverCloses) {
      latest = std::min(latest, std::int64_t{stop.closes} - std::int64_t{stop.end});
    }
    next = stop.narrow != kNoIndex ? static_cast<std::uint32_t>(i - 1) : next;
    stop.latest_start = latest;
    stop.next_narrow = next;
  }
}

}  // namespace

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

Piece piece_of(const RoadGraph& graph, const DrillWay& way, std::size_t index) {
  Piece piece = whole(graph, way.arcs[index]);
  if (index == 0) {
    piece.begin = way.first;
  }
  if (index + 1 == way.arcs.size()) {
    piece.end = way.last;
  }
  return piece;
}

ReadyRoads::ReadyRoads(const CchTopology& topology, const Metric& roads)
    : metric(roads),
      customized(customize(topology, roads)),
      ways(customized, 0, roads.weights.raw()) {}

DrillRoads::DrillRoads(const RoadGraph& graph, const CchTopology& topology, const DrillMode& mode,
                       const NarrowIndex& narrow)
    : graph_(graph),
      mode_(mode),
      narrow_(narrow),
      special_(graph.arc_count()),
      ms_per_metre_(quickest_pace(graph, *mode.metric)),
      open_(topology, *mode.metric),
      first_closings_(mode.closes) {
  if (mode.reopens != nullptr && !mode.reopens->empty()) {
    note_reopenings(topology);
  }
  for (const ArcId arc : graph.arcs()) {
    const bool crumbles = mode.blocked != nullptr && (*mode.blocked)[graph.edge(arc)] > 0;
    const bool special = crumbles || closes(arc) < kNeverCloses || narrow[arc] != kNoIndex;
    special_[arc] = special ? 1 : 0;
  }
}

void DrillRoads::note_reopenings(const CchTopology& topology) {
  if (mode_.closes != nullptr) {
    sooner_ = *mode_.closes;
  } else {
    sooner_ = ClosingTimes(graph_.arc_count(), kNeverCloses);
  }
  first_closings_ = &sooner_;
  bool any_at_start = false;
  for (const RoadClosing& closing : *mode_.reopens) {
    sooner_[closing.arc] = std::min(sooner_[closing.arc], closing.from);
    any_at_start = any_at_start || closing.from == 0;
  }
  if (any_at_start) {
    start_metric_ = *mode_.metric;
    for (const RoadClosing& closing : *mode_.reopens) {
      if (closing.from == 0) {
        start_metric_.weights[closing.arc] = kInfinity;
      }
    }
    at_start_.emplace(topology, start_metric_);
  }
}

Weight DrillRoads::entry_after(ArcId arc, Weight at, Weight duration) const {
  auto closing = std::ranges::lower_bound(*mode_.reopens, arc, {}, &RoadClosing::arc);
  for (; closing != mode_.reopens->end() && closing->arc == arc; ++closing) {
    if (at < closing->until && std::uint64_t{at} + duration > closing->from) {
      at = closing->until;
    }
  }
  const Weight for_good = mode_.closes == nullptr ? kNeverCloses : (*mode_.closes)[arc];
  const bool open = for_good >= kNeverCloses || std::uint64_t{at} + duration <= for_good;
  return open ? at : kInfinity;
}

Weight DrillRoads::at_least(LatLon from, LatLon to) const {
  const double bound = distance_m(from, to) * ms_per_metre_ - 1;  // pieces are rounded
  return static_cast<Weight>(std::clamp(bound, 0.0, kInfinity - 1.0));
}

DrillWay DrillRoads::lay_out(std::vector<Piece> pieces) const {
  std::erase_if(pieces, [](const Piece& piece) { return piece.begin == piece.end; });
  DrillWay way;
  way.duration = 0;
  if (pieces.empty()) {
    return way;
  }
  way.first = pieces.front().begin;
  way.last = pieces.back().end;
  way.arcs.reserve(pieces.size());
  for (const Piece& piece : pieces) {
    const auto index = static_cast<std::uint32_t>(way.arcs.size());
    const Weight begin = way.duration;
    way.arcs.push_back(piece.arc);
    way.duration =
        add(begin, partial_weight(mode_.metric->weights[piece.arc], piece.begin, piece.end));
    if (special_[piece.arc] != 0) {
      const bool from_tail = piece.begin == whole(graph_, piece.arc).begin;
      way.stop_edges.push_back(graph_.edge(piece.arc));
      way.stops.push_back({.arc = piece.arc,
                           .index = index,
                           .begin = begin,
                           .end = way.duration,
                           .narrow = from_tail ? narrow_[piece.arc] : kNoIndex,
                           .closes = closes(piece.arc)});
    }
  }
  look_ahead(way.stops);
  return way;
}

DrillWay DrillRoads::along(const std::vector<ArcId>& arcs, const RoadPosition& from,
                           const RoadPosition& to) const {
  std::vector<Piece> pieces;
  pieces.reserve(arcs.size());
  const auto runs_ahead = [this](const Piece& piece) {
    return graph_.is_forward(piece.arc) ? piece.begin < piece.end : piece.begin > piece.end;
  };
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    // A way leaves pieces without length out: on the edge it begins or ends on it may run anew.
    const Piece all = whole(graph_, arcs[i]);
    const bool first = i == 0 && graph_.edge(arcs[i]) == from.edge;
    const bool last = i + 1 == arcs.size() && graph_.edge(arcs[i]) == to.edge;
    const double begin = first ? from.fraction : all.begin;
    const double end = last ? to.fraction : all.end;
    Piece piece = all;
    for (const Piece& option : {Piece{arcs[i], begin, end}, Piece{arcs[i], begin, all.end},
                                Piece{arcs[i], all.begin, end}}) {
      if (runs_ahead(option)) {
        piece = option;
        break;
      }
    }
    pieces.push_back(piece);
  }
  return lay_out(std::move(pieces));
}

DrillWay DrillRoads::find(CchQuery& query, const ReadyRoads& on, const RoadPosition& from,
                          const RoadPosition& to) const {
  Weight least = kInfinity;
  std::vector<Piece> pieces;
  for (const Piece& piece : direct_pieces(graph_, from, to)) {
    const Weight weight = partial_weight(on.metric.weights[piece.arc], piece.begin, piece.end);
    if (weight < least) {
      least = weight;
      pieces = {piece};
    }
  }
  const auto starts = end_pieces(graph_, on.metric, from, Direction::Forward);
  const auto ends = end_pieces(graph_, on.metric, to, Direction::Backward);
  const auto way = query.way(seeds_of(starts), seeds_of(ends), on.ways);
  if (way && way->weight < least) {
    pieces = {piece_at(starts, way->from)};
    pieces.reserve(way->arcs.size() + 2);
    for (const ArcId arc : way->arcs) {
      pieces.push_back(whole(graph_, arc));
    }
    pieces.push_back(piece_at(ends, way->to));
  } else if (least >= kInfinity) {
    return {};
  }
  return lay_out(std::move(pieces));
}

WayBook::WayBook(const std::vector<std::unique_ptr<DrillRoads>>& roads,
                 const std::vector<DrillPlace>& places, const WayBook* shared)
    : roads_(roads), places_(places), shared_(shared) {
  queries_.reserve(roads.size());
  start_queries_.resize(roads.size());
  for (std::size_t mode = 0; mode < roads.size(); ++mode) {
    queries_.emplace_back(roads[mode]->open().customized);
    if (const ReadyRoads* at_start = roads[mode]->at_start()) {
      start_queries_[mode].emplace(at_start->customized);
    }
  }
}

const DrillWay* WayBook::known(const Key& key) const {
  const auto found = ways_.find(key);
  return found == ways_.end() ? nullptr : found->second.get();
}

DrillWay WayBook::find(const Key& key) {
  const auto& start = places_[key.from].at[key.mode];
  const auto& goal = places_[key.to].at[key.mode];
  if (!start || !goal) {
    return {};
  }
  const DrillRoads& roads = *roads_[key.mode];
  if (roads.at_start() != nullptr) {
    DrillWay way = roads.find(*start_queries_[key.mode], *roads.at_start(), *start, *goal);
    if (way.exists()) {
      return way;
    }
  }
  return roads.find(queries_[key.mode], roads.open(), *start, *goal);
}

const DrillWay& WayBook::way(std::uint32_t mode, std::uint32_t from, std::uint32_t to) {
  const Key key{mode, from, to};
  if (shared_ != nullptr) {
    if (const DrillWay* found = shared_->known(key)) {
      return *found;
    }
  }
  auto& entry = ways_[key];
  if (entry == nullptr) {
    entry = std::make_unique<const DrillWay>(find(key));
  }
  return *entry;
}

}  // namespace route
