// SPDX-License-Identifier: Apache-2.0

// Pairs (shared, total) are added component by component and compared in lexicographic order; the
// order is total and kept by adding, so label setting is exact for them. A pair is one 64-bit
// number, shared above total: both stay below 2^31, so that nothing carries from one to the other.

#include "route/alternatives.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "label_search.hpp"
#include "path_pieces.hpp"
#include "route/error.hpp"
#include "turn_search.hpp"

namespace route {
namespace {

using Pair = std::uint64_t;
constexpr Pair kNoWay = std::numeric_limits<Pair>::max();

Pair pair_of(Weight shared, Weight total) {
  return total >= kInfinity ? kNoWay : Pair{shared} << 32 | total;
}
Weight shared_of(Pair pair) {
  return static_cast<Weight>(pair >> 32);
}
Weight total_of(Pair pair) {
  return static_cast<Weight>(pair & 0xFFFFFFFF);
}
Pair sum(Pair a, Pair b) {
  if (a == kNoWay || b == kNoWay) {
    return kNoWay;
  }
  return pair_of(shared_of(a) + shared_of(b), add(total_of(a), total_of(b)));
}

/// The pieces a path was made of.
std::vector<Piece> pieces_of(const RoadGraph& graph, const Path& path, const RoadPosition& from,
                             const RoadPosition& to) {
  std::vector<Piece> pieces;
  for (const ArcId arc : path.arcs) {
    pieces.push_back(whole(graph, arc));
  }
  if (!pieces.empty() && graph.edge(pieces.front().arc) == from.edge) {
    pieces.front().begin = from.fraction;
  }
  if (!pieces.empty() && graph.edge(pieces.back().arc) == to.edge) {
    pieces.back().end = to.fraction;
  }
  return pieces;
}

/// What the first way runs over.
class Taken {
 public:
  Taken(const RoadGraph& graph, std::vector<Piece> pieces)
      : graph_(graph), pieces_(std::move(pieces)), edges_(graph.edge_count()) {
    for (const Piece& piece : pieces_) {
      edges_[graph.edge(piece.arc)] = 1;
    }
  }

  /// How much of an edge's length a piece has in common with the first way, as a share.
  [[nodiscard]] double common(const Piece& piece) const {
    const EdgeId edge = graph_.edge(piece.arc);
    if (edges_[edge] == 0) {
      return 0;
    }
    double share = 0;
    for (const Piece& taken : pieces_) {
      if (graph_.edge(taken.arc) == edge) {
        const double low =
            std::max(std::min(taken.begin, taken.end), std::min(piece.begin, piece.end));
        const double high =
            std::min(std::max(taken.begin, taken.end), std::max(piece.begin, piece.end));
        share += std::max(high - low, 0.0);
      }
    }
    return std::min(share, std::abs(piece.end - piece.begin));
  }

 private:
  const RoadGraph& graph_;
  std::vector<Piece> pieces_;
  IdVector<EdgeId, std::uint8_t> edges_;
};

/// One search for the best pair.
class Search {
 public:
  Search(const PathRequest& request, const Taken& taken)
      : graph_(request.graph), metric_(request.metric), turns_(request.turns), taken_(taken) {}

  struct Found {
    Pair pair = kNoWay;
    std::vector<Piece> pieces;
  };
  [[nodiscard]] Found run(const RoadPosition& from, const RoadPosition& to) const;

 private:
  [[nodiscard]] Pair cost(const Piece& piece) const {
    const Weight weight = metric_.weights[piece.arc];
    return pair_of(partial_weight(weight, 0, taken_.common(piece)),
                   partial_weight(weight, piece.begin, piece.end));
  }
  void trace_back(const LabelTree<Pair>& tree, std::span<const EndPiece> starts,
                  const EndPiece& last, std::vector<Piece>& pieces) const;
  [[nodiscard]] Found run_with_turns(const Found& best, std::vector<EndPiece> starts,
                                     std::vector<EndPiece> ends) const;

  const RoadGraph& graph_;
  const Metric& metric_;
  const TurnBans* turns_;
  const Taken& taken_;
};

Search::Found Search::run(const RoadPosition& from, const RoadPosition& to) const {
  Found best;
  for (const Piece& piece : direct_pieces(graph_, from, to)) {
    if (cost(piece) < best.pair) {
      best = {cost(piece), {piece}};
    }
  }
  const auto starts = end_pieces(graph_, metric_, from, Direction::Forward);
  const auto ends = end_pieces(graph_, metric_, to, Direction::Backward);
  if (turns_ != nullptr && !turns_->empty()) {
    return run_with_turns(best, starts, ends);
  }
  std::vector<QueueEntry<Pair>> seeds;
  seeds.reserve(starts.size());
  for (const EndPiece& start : starts) {
    seeds.push_back({start.node, cost(start.piece)});
  }
  const EndPiece* last = nullptr;
  const auto tree = label_search<Pair>(
      {graph_, Direction::Forward, kNoWay}, seeds,
      [this](Pair pair, ArcId arc) { return sum(pair, cost(whole(graph_, arc))); },
      [&](NodeId node, Pair pair) {
        for (const EndPiece& end : ends) {
          const Pair total = sum(pair, cost(end.piece));
          if (end.node == node && total < best.pair) {
            best.pair = total;
            last = &end;
          }
        }
        return pair < best.pair;
      });
  if (last != nullptr) {
    trace_back(tree, starts, *last, best.pieces);
  }
  return best;
}

Search::Found Search::run_with_turns(const Found& best, std::vector<EndPiece> starts,
                                     std::vector<EndPiece> ends) const {
  const TurnQuestion question{graph_, *turns_, std::move(starts), std::move(ends)};
  const auto cost_of = [this](const Piece& piece) { return cost(piece); };
  auto found = TurnLabels<Pair, decltype(cost_of), decltype(&sum)>(question, kNoWay, cost_of, sum)
                   .run(best.pair);
  return found.pieces.empty() ? best : Found{found.label, std::move(found.pieces)};
}

void Search::trace_back(const LabelTree<Pair>& tree, std::span<const EndPiece> starts,
                        const EndPiece& last, std::vector<Piece>& pieces) const {
  pieces = {last.piece};
  NodeId node = last.node;
  for (; tree.via[node].valid(); node = graph_.tail(tree.via[node])) {
    pieces.push_back(whole(graph_, tree.via[node]));
  }
  const auto first = std::find_if(starts.begin(), starts.end(), [&](const EndPiece& start) {
    return start.node == node && cost(start.piece) == tree.label[node];
  });
  TOMONI_EXPECT(first != starts.end());
  pieces.push_back(first->piece);
  std::reverse(pieces.begin(), pieces.end());
}

}  // namespace

std::optional<Alternative> find_alternative(const PathRequest& request, const Path& first,
                                            const RoadPosition& from, const RoadPosition& to) {
  const RoadGraph& graph = request.graph;
  TOMONI_EXPECT(request.metric.weights.size() == graph.arc_count());
  const Taken taken(graph, pieces_of(graph, first, from, to));
  const auto found = Search(request, taken).run(from, to);
  if (found.pair == kNoWay || shared_of(found.pair) >= total_of(found.pair)) {
    return std::nullopt;
  }
  Alternative second;
  second.path = describe_path(request, from, found.pieces, total_of(found.pair));
  TOMONI_EXPECT(second.path.duration >= first.duration);
  second.extra = second.path.duration - first.duration;
  second.shared_duration = shared_of(found.pair);
  for (const Piece& piece : found.pieces) {
    second.shared_length_m +=
        taken.common(piece) * metres(graph.road(graph.edge(piece.arc)).length_mm);
  }
  return second;
}

}  // namespace route
