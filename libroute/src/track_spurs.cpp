// SPDX-License-Identifier: Apache-2.0
#include "track_spurs.hpp"

#include <algorithm>

#include "track_ways.hpp"

namespace route {
namespace {

double length(const RoadGraph& graph, const WalkedPiece& piece) {
  return length_of(graph, {piece.arc, piece.begin, piece.end});
}

bool turns_back(const RoadGraph& graph, const WalkedPiece& there, const WalkedPiece& back) {
  return there.arc != back.arc && graph.edge(there.arc) == graph.edge(back.arc) &&
         there.end == back.begin;
}

/// The way there and back around the turn between `turn` and the piece after it: how long it is one
/// way, and the outermost pieces it reaches into.
struct Spur {
  double length_m = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

Spur spur_at(const RoadGraph& graph, const std::vector<WalkedPiece>& pieces, std::size_t turn) {
  Spur spur{.length_m = 0, .first = turn, .last = turn + 1};
  while (true) {
    const WalkedPiece& there = pieces[spur.first];
    const WalkedPiece& back = pieces[spur.last];
    spur.length_m += std::min(length(graph, there), length(graph, back));
    if (there.begin != back.end || spur.first == 0 || spur.last + 1 == pieces.size() ||
        pieces[spur.first - 1].arc == pieces[spur.last + 1].arc ||
        graph.edge(pieces[spur.first - 1].arc) != graph.edge(pieces[spur.last + 1].arc)) {
      return spur;
    }
    --spur.first;
    ++spur.last;
  }
}

/// Leaves of the outermost pieces what reaches beyond the spur.
std::vector<WalkedPiece> rest_of(const RoadGraph& graph, const std::vector<WalkedPiece>& pieces,
                                 const Spur& spur) {
  double seconds = 0;
  for (std::size_t i = spur.first; i <= spur.last; ++i) {
    seconds += pieces[i].seconds;
  }
  WalkedPiece there = pieces[spur.first];
  WalkedPiece back = pieces[spur.last];
  if (there.begin == back.end) {
    return {{.arc = there.arc, .begin = there.begin, .end = there.begin, .seconds = seconds}};
  }
  if (length(graph, there) > length(graph, back)) {
    there.end = back.end;
    there.seconds = seconds;
    return {there};
  }
  back.begin = there.begin;
  back.seconds = seconds;
  return {back};
}

/// Without pieces of no length; their time goes to the piece before, or after at the beginning.
std::vector<WalkedPiece> joined(const std::vector<WalkedPiece>& pieces) {
  std::vector<WalkedPiece> all;
  double waiting_s = 0;
  for (WalkedPiece piece : pieces) {
    piece.seconds += waiting_s;
    waiting_s = 0;
    if (piece.begin == piece.end) {
      (all.empty() ? waiting_s : all.back().seconds) += piece.seconds;
    } else if (!all.empty() && all.back().arc == piece.arc && all.back().end == piece.begin) {
      all.back().end = piece.end;
      all.back().seconds += piece.seconds;
    } else {
      all.push_back(piece);
    }
  }
  return all;
}

}  // namespace

std::vector<WalkedPiece> without_spurs(const RoadGraph& graph, std::vector<WalkedPiece> pieces,
                                       double spur_m) {
  for (std::size_t i = 0; i + 1 < pieces.size();) {
    if (!turns_back(graph, pieces[i], pieces[i + 1])) {
      ++i;
      continue;
    }
    const Spur spur = spur_at(graph, pieces, i);
    if (spur.length_m > spur_m) {
      ++i;
      continue;
    }
    const auto rest = rest_of(graph, pieces, spur);
    const auto begin = pieces.begin();
    const auto at = pieces.erase(begin + static_cast<std::ptrdiff_t>(spur.first),
                                 begin + static_cast<std::ptrdiff_t>(spur.last) + 1);
    pieces.insert(at, rest.begin(), rest.end());
    pieces = joined(pieces);
    i = spur.first > 1 ? spur.first - 2 : 0;
  }
  return pieces;
}

}  // namespace route
