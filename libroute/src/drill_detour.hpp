// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "blocked_scene.hpp"
#include "drill_ways.hpp"
#include "label_search.hpp"

namespace route {

/// Edges with rubble on them: 1.
using BlockedEdges = IdVector<EdgeId, std::uint8_t>;

/// The roads of one run as a mode finds them: free, closed by a time, or under rubble.
struct RoadsOfRun {
  const DrillRoads& roads;
  const Rubble* rubble = nullptr;         ///< null = none anywhere
  const BlockedEdges* blocked = nullptr;  ///< null = none for this mode

  /// Whether rubble lies on a piece of a road.
  [[nodiscard]] bool is_blocked(const Piece& piece) const {
    const EdgeId edge = roads.graph().edge(piece.arc);
    if (blocked == nullptr || (*blocked)[edge] == 0) {
      return false;
    }
    const double from = std::min(piece.begin, piece.end);
    const double to = std::max(piece.begin, piece.end);
    return (from <= 0 && to >= 1) || rubble->lies_within(edge, from, to);
  }
  /// Whether who enters an arc then gets through without waiting.
  [[nodiscard]] bool in_time(ArcId arc, Weight enters, Weight duration) const {
    return roads.entry(arc, enters, duration) == enters;
  }
};

/// A road that is of no use to somebody before some time; `kInfinity` = never.
struct ShutRoad {
  ArcId arc;
  Weight until = kInfinity;
};

/// Where a detour begins.
struct DetourStart {
  NodeId node;                           ///< valid, or else
  std::optional<RoadPosition> position;  ///< this
  Weight at = 0;                         ///< when
  std::span<const ShutRoad> shut = {};

  [[nodiscard]] Weight usable(ArcId arc, Weight from) const {
    for (const ShutRoad& road : shut) {
      from = road.arc == arc ? std::max(from, road.until) : from;
    }
    return from;
  }
};

/// Where it is to lead.
struct DetourGoal {
  RoadPosition position;
  /// Durations from every node on open roads; null = the straight line guides the search.
  const IdVector<NodeId, Weight>* distances = nullptr;
};

/// Ways around what is closed or blocked: earliest arrival on roads that close and reopen, by A*
/// (Hart, Nilsson and Raphael 1968), which waits before roads that are closed; see
/// drill_simulation.hpp for why labels of earliest arrivals are enough. Durations on open roads
/// never exceed those with roads missing, so they guide the search and leave it exact; nodes whose
/// label falls again are opened again, so the bound need not be consistent. One per thread.
class DetourSearch {
 public:
  explicit DetourSearch(const RoadGraph& graph);

  /// The way with the earliest arrival when begun at the start's time, or nothing.
  [[nodiscard]] std::optional<DrillWay> find(const RoadsOfRun& now, const DetourStart& start,
                                             const DetourGoal& goal);

 private:
  struct Label {
    Weight duration = kInfinity;  ///< waiting included, as everywhere here
    ArcId via;
    std::uint32_t search = 0;
  };
  struct Entry {
    Weight bound = 0;
    Weight duration = 0;
    NodeId node;

    friend bool operator<(const Entry& a, const Entry& b) {
      return a.bound != b.bound ? a.bound < b.bound : a.node < b.node;
    }
  };
  /// What is looked for, and the best found so far.
  struct Question {
    const RoadsOfRun& now;
    const DetourStart& start;
    const DetourGoal& goal;
    LatLon place;                  // of the goal; for the straight line only
    std::vector<EndPiece> starts;  // passable
    std::vector<EndPiece> ends;
    Weight best = kInfinity;
    std::optional<Piece> direct;  // a way on one road
    EndPiece last;                // the end of any other

    /// How long after the start a piece that takes `duration` can be entered by who stands before
    /// it `from` after the start; `kInfinity` = never.
    [[nodiscard]] Weight entry(const Piece& piece, Weight from, Weight duration) const;
  };
  void begin_at(Question& question);
  void reach(const Question& question, NodeId node, Weight duration, ArcId via);
  void settle(Question& question, const Entry& entry);
  [[nodiscard]] DrillWay way_of(const Question& question) const;

  const RoadGraph& graph_;
  IdVector<NodeId, Label> labels_;
  std::uint32_t search_ = 0;
  QuadHeap<Entry> queue_;
};

}  // namespace route
