// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "path_pieces.hpp"
#include "route/contraction_hierarchy.hpp"
#include "route/drill_scene.hpp"

// Ways as a drill walks them: free movement is one step, so a way knows in advance the few arcs at
// which something may happen.

namespace route {

/// An arc of a way that may be closed, blocked or narrow.
struct DrillStop {
  ArcId arc;
  std::uint32_t index = 0;  ///< among the arcs of the way
  Weight begin = 0;         ///< when it is entered, after the start of the way, on free roads
  Weight end = 0;
  std::uint32_t narrow = kNoIndex;
  Weight closes = kNeverCloses;  ///< for the first time
  /// The latest time to have begun the way at, so that no road from this stop on has closed.
  std::int64_t latest_start = 0;
  std::uint32_t next_narrow = 0;  ///< the next stop, this one included, where people queue
};

struct DrillWay {
  std::vector<ArcId> arcs;
  double first = 0;  ///< where on the first arc's edge the way begins
  double last = 0;   ///< where on the last arc's edge it ends
  Weight duration = kInfinity;
  Weight hold = 0;   ///< waiting before it begins, until its first road is open
  Weight waits = 0;  ///< all waiting known of, `hold` included; not in the duration
  std::vector<DrillStop> stops;
  std::vector<EdgeId> stop_edges;  ///< parallel: close together, for a look at all of them

  [[nodiscard]] bool exists() const { return duration < kInfinity; }
};

/// The cheapest of the pieces at a node; there must be one.
[[nodiscard]] const Piece& piece_at(std::span<const EndPiece> pieces, NodeId node);

/// The part of its edge that the way covers on its arc `index`.
[[nodiscard]] Piece piece_of(const RoadGraph& graph, const DrillWay& way, std::size_t index);

/// Arcs where people queue: index into `DrillScene::narrow`, or `kNoIndex`.
using NarrowIndex = IdVector<ArcId, std::uint32_t>;

/// Roads made ready for the search of ways.
struct ReadyRoads {
  ReadyRoads(const CchTopology& topology, const Metric& roads);
  ReadyRoads(const ReadyRoads&) = delete;
  ReadyRoads& operator=(const ReadyRoads&) = delete;
  ReadyRoads(ReadyRoads&&) = delete;  // the ways point at the hierarchy
  ReadyRoads& operator=(ReadyRoads&&) = delete;
  ~ReadyRoads() = default;

  const Metric& metric;
  CchMetric customized;
  CchWays ways;
};

/// The roads of one mode, made ready.
class DrillRoads {
 public:
  DrillRoads(const RoadGraph& graph, const CchTopology& topology, const DrillMode& mode,
             const NarrowIndex& narrow);

  [[nodiscard]] const RoadGraph& graph() const { return graph_; }
  [[nodiscard]] const DrillMode& mode() const { return mode_; }
  /// All roads as if open.
  [[nodiscard]] const ReadyRoads& open() const { return open_; }
  /// Without those closed when the drill begins that reopen; null = there are none.
  [[nodiscard]] const ReadyRoads* at_start() const { return at_start_ ? &*at_start_ : nullptr; }
  /// When an arc closes first, for a time or for good.
  [[nodiscard]] Weight closes(ArcId arc) const {
    return first_closings_ == nullptr ? kNeverCloses : (*first_closings_)[arc];
  }
  /// The earliest time from `at` on to enter an arc, or a piece of it, that takes so long: where it
  /// is closed one waits until it reopens. `kInfinity` = it is closed for good.
  [[nodiscard]] Weight entry(ArcId arc, Weight at, Weight duration) const {
    const Weight closing = closes(arc);
    if (closing >= kNeverCloses || std::uint64_t{at} + duration <= closing) {
      return at;
    }
    return mode_.reopens == nullptr ? kInfinity : entry_after(arc, at, duration);
  }
  /// A lower bound of the duration between two places on any roads of the mode.
  [[nodiscard]] Weight at_least(LatLon from, LatLon to) const;

  /// Lays out a way along pieces; those without length are left out.
  [[nodiscard]] DrillWay lay_out(std::vector<Piece> pieces) const;
  /// A way given by its arcs; requires that they join and lead from one position to the other.
  [[nodiscard]] DrillWay along(const std::vector<ArcId>& arcs, const RoadPosition& from,
                               const RoadPosition& to) const;
  /// The fastest way on roads of this mode; the query must be made for them.
  [[nodiscard]] DrillWay find(CchQuery& query, const ReadyRoads& on, const RoadPosition& from,
                              const RoadPosition& to) const;

 private:
  [[nodiscard]] Weight entry_after(ArcId arc, Weight at, Weight duration) const;
  void note_reopenings(const CchTopology& topology);

  const RoadGraph& graph_;
  DrillMode mode_;
  const NarrowIndex& narrow_;
  IdVector<ArcId, std::uint8_t> special_;  ///< 1 = may be a stop
  double ms_per_metre_ = 0;
  ReadyRoads open_;
  Metric start_metric_;
  std::optional<ReadyRoads> at_start_;
  ClosingTimes sooner_;  ///< where closures end: the first closings
  const ClosingTimes* first_closings_ = nullptr;
};

/// Ways between places, found once. One per thread.
class WayBook {
 public:
  /// The roads and places must outlive the book; `shared` is asked first.
  WayBook(const std::vector<std::unique_ptr<DrillRoads>>& roads,
          const std::vector<DrillPlace>& places, const WayBook* shared);

  /// Around what is closed when the drill begins, where that leaves a way. Without duration where
  /// there is none. The reference stays valid.
  const DrillWay& way(std::uint32_t mode, std::uint32_t from, std::uint32_t to);

 private:
  struct Key {
    std::uint32_t mode = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      std::uint64_t mixed = (std::uint64_t{key.from} << 32 | key.to) * 0x9E3779B97F4A7C15U;
      mixed ^= mixed >> 29U;
      return (mixed + key.mode) * 0xBF58476D1CE4E5B9U;
    }
  };
  [[nodiscard]] const DrillWay* known(const Key& key) const;
  [[nodiscard]] DrillWay find(const Key& key);

  const std::vector<std::unique_ptr<DrillRoads>>& roads_;
  const std::vector<DrillPlace>& places_;
  const WayBook* shared_;
  std::vector<CchQuery> queries_;
  std::vector<std::optional<CchQuery>> start_queries_;
  std::unordered_map<Key, std::unique_ptr<const DrillWay>, Hash> ways_;
};

}  // namespace route
