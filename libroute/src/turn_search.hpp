// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "label_search.hpp"
#include "path_pieces.hpp"
#include "route/turn_restrictions.hpp"

// Label setting whose states are arcs travelled to their ends, so that what follows may depend on
// where one comes from. Short and obviously correct: the oracle for the hierarchy over turns.

namespace route {

/// An arc waiting in the queue.
template <class Label>
struct TurnEntry {
  ArcId arc;
  Label label{};

  friend bool operator<(const TurnEntry& a, const TurnEntry& b) {
    return a.label != b.label ? a.label < b.label : a.arc < b.arc;
  }
};

template <class Label>
struct TurnRoute {
  Label label;
  std::vector<Piece> pieces;  // empty if nothing was found
};

/// What may be driven, and the pieces a way may begin and end with.
struct TurnQuestion {
  const RoadGraph& graph;
  const TurnBans& bans;
  std::vector<EndPiece> starts;
  std::vector<EndPiece> ends;
};

/// The best way of a piece of a start, whole arcs and a piece of an end, in this order, if it is
/// better than `bound`. `cost(piece)` is at least that of a part of it, `sum(label, label)` as in
/// `label_search`; no label is above `unreached`.
template <class Label, class Cost, class Sum>
class TurnLabels {
 public:
  TurnLabels(const TurnQuestion& question, Label unreached, Cost cost, Sum sum)
      : question_(question),
        cost_(cost),
        sum_(sum),
        label_(question.graph.arc_count(), unreached),
        via_(question.graph.arc_count()),
        start_(question.graph.arc_count(), nullptr) {}

  TurnRoute<Label> run(Label bound) {
    for (const EndPiece& start : question_.starts) {
      if (reach(start.piece.arc, cost_(start.piece), ArcId{})) {
        start_[start.piece.arc] = &start;
      }
    }
    TurnRoute<Label> best{bound, {}};
    const EndPiece* last = nullptr;
    ArcId before_last;
    while (!queue_.empty()) {
      const auto [arc, label] = queue_.pop();
      if (label_[arc] < label) {
        continue;  // an older, larger entry of an arc settled before
      }
      if (!(label < best.label)) {
        break;
      }
      const NodeId node = question_.graph.head(arc);
      const auto banned = question_.bans.out_of(arc);
      for (const EndPiece& end : question_.ends) {
        const Label total = sum_(label, cost_(end.piece));
        if (end.node == node && allows(banned, end.piece.arc) && total < best.label) {
          best.label = total;
          last = &end;
          before_last = arc;
        }
      }
      for (const ArcId next : question_.graph.arcs_out(node)) {
        if (allows(banned, next)) {
          reach(next, sum_(label, cost_(whole(question_.graph, next))), arc);
        }
      }
    }
    if (last != nullptr) {
      trace_back(before_last, *last, best.pieces);
    }
    return best;
  }

 private:
  static bool allows(std::span<const TurnRestriction> banned, ArcId to) {
    return std::ranges::none_of(banned, [to](const TurnRestriction& ban) { return ban.to == to; });
  }

  bool reach(ArcId arc, Label label, ArcId via) {
    if (!(label < label_[arc])) {
      return false;
    }
    label_[arc] = label;
    via_[arc] = via;
    queue_.push({arc, label});
    return true;
  }

  void trace_back(ArcId arc, const EndPiece& last, std::vector<Piece>& pieces) const {
    pieces = {last.piece};
    for (; via_[arc].valid(); arc = via_[arc]) {
      pieces.push_back(whole(question_.graph, arc));
    }
    pieces.push_back(start_[arc]->piece);
    std::reverse(pieces.begin(), pieces.end());
  }

  const TurnQuestion& question_;
  Cost cost_;
  Sum sum_;
  IdVector<ArcId, Label> label_;
  IdVector<ArcId, ArcId> via_;
  IdVector<ArcId, const EndPiece*> start_;
  QuadHeap<TurnEntry<Label>> queue_;
};

}  // namespace route
