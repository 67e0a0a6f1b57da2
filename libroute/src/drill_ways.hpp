// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
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
  Weight closes = kNeverCloses;
  /// The latest time to have begun the way at, so that no road from this stop on has closed.
  std::int64_t latest_start = 0;
  std::uint32_t next_narrow = 0;  ///< the next stop, this one included, where people queue
};

struct DrillWay {
  std::vector<ArcId> arcs;
  double first = 0;  ///< where on the first arc's edge the way begins
  double last = 0;   ///< where on the last arc's edge it ends
  Weight duration = kInfinity;
  std::vector<DrillStop> stops;

  [[nodiscard]] bool exists() const { return duration < kInfinity; }
};

/// The cheapest of the pieces at a node; there must be one.
[[nodiscard]] const Piece& piece_at(std::span<const EndPiece> pieces, NodeId node);

/// The part of its edge that the way covers on its arc `index`.
[[nodiscard]] Piece piece_of(const RoadGraph& graph, const DrillWay& way, std::size_t index);

/// Arcs where people queue: index into `DrillScene::narrow`, or `kNoIndex`.
using NarrowIndex = IdVector<ArcId, std::uint32_t>;

/// The roads of one mode, made ready.
class DrillRoads {
 public:
  DrillRoads(const RoadGraph& graph, const CchTopology& topology, const DrillMode& mode,
             const NarrowIndex& narrow);

  [[nodiscard]] const RoadGraph& graph() const { return graph_; }
  [[nodiscard]] const DrillMode& mode() const { return mode_; }
  [[nodiscard]] const CchMetric& customized() const { return customized_; }
  [[nodiscard]] const CchWays& ways() const { return ways_; }
  [[nodiscard]] Weight closes(ArcId arc) const {
    return mode_.closes == nullptr ? kNeverCloses : (*mode_.closes)[arc];
  }
  /// A lower bound of the duration between two places on any roads of the mode.
  [[nodiscard]] Weight at_least(LatLon from, LatLon to) const;

  /// Lays out a way along pieces; those without length are left out.
  [[nodiscard]] DrillWay lay_out(std::vector<Piece> pieces) const;
  /// A way given by its arcs; requires that they join and lead from one position to the other.
  [[nodiscard]] DrillWay along(const std::vector<ArcId>& arcs, const RoadPosition& from,
                               const RoadPosition& to) const;
  /// The fastest way on open roads; the query must be made for `customized()`.
  [[nodiscard]] DrillWay find(CchQuery& query, const RoadPosition& from,
                              const RoadPosition& to) const;

 private:
  const RoadGraph& graph_;
  DrillMode mode_;
  const NarrowIndex& narrow_;
  IdVector<ArcId, std::uint8_t> special_;  ///< 1 = may be a stop
  double ms_per_metre_ = 0;
  CchMetric customized_;
  CchWays ways_;
};

/// Ways between places, found once. One per thread.
class WayBook {
 public:
  /// The roads and places must outlive the book; `shared` is asked first.
  WayBook(const std::vector<std::unique_ptr<DrillRoads>>& roads,
          const std::vector<DrillPlace>& places, const WayBook* shared);

  /// Without duration where there is no way. The reference stays valid.
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

  const std::vector<std::unique_ptr<DrillRoads>>& roads_;
  const std::vector<DrillPlace>& places_;
  const WayBook* shared_;
  std::vector<CchQuery> queries_;
  std::unordered_map<Key, std::unique_ptr<const DrillWay>, Hash> ways_;
};

}  // namespace route
