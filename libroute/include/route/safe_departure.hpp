// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "route/path.hpp"

namespace route {

/// A time in milliseconds after the start of the event; negative = before it.
using EventTime = std::int64_t;

/// Until when an arc may be used: whoever enters it, or a piece of it, must have left by then.
/// Roads that close do not open again. Milliseconds after the start of the event; `kNeverCloses`
/// and above = never.
using ClosingTimes = IdVector<ArcId, Weight>;
inline constexpr Weight kNeverCloses = kInfinity;

/// When the hazards of `request` close each arc to its profile: the first arrival at which
/// `arc_weight` bans it; 0 for a zone without arrival time. Arcs banned without any hazard never
/// close, being banned by the metric. `at_s` of the request is not looked at.
[[nodiscard]] ClosingTimes closing_times(const RoadGraph& graph, const MetricRequest& request);

/// Roads that close one after the other. The metric holds for open roads, so it is one made
/// without hazards. All searches keep references to it.
struct TimedRoads {
  const RoadGraph& graph;
  const Metric& metric;
  const ClosingTimes& closes;
};

/// A place of safety, perhaps one that shuts its own doors.
struct SafeTarget {
  RoadPosition position;
  Weight closes_at = kNeverCloses;
};

/// Until when one may leave a place and still reach safety (避難開始期限).
struct LatestDeparture {
  enum class Kind : std::uint8_t {
    Never,   ///< no way to any target, or it would have to begin more than 24 days earlier
    ByTime,  ///< not later than `latest`
    AnyTime  ///< some way stays open for ever
  };
  Kind kind = Kind::Never;
  EventTime latest = 0;         ///< for ByTime
  Weight duration = kInfinity;  ///< for AnyTime: of the fastest way that never closes

  friend bool operator==(const LatestDeparture&, const LatestDeparture&) = default;
};

/// A way that can still be begun at the latest departure.
struct SafeRoute {
  Path path;
  std::size_t target = 0;  ///< index among the targets
};

/// Latest departures of everybody at once, by one backward search from all targets: exact because
/// roads only close (leaving earlier never arrives later). O((n + m) log n), once; questions are
/// const and thread-safe. Keeps references to graph, metric and closing times.
class SafeDepartures {
 public:
  SafeDepartures(const TimedRoads& roads, std::span<const SafeTarget> targets);

  [[nodiscard]] LatestDeparture from(NodeId node) const;
  [[nodiscard]] LatestDeparture from(const RoadPosition& place) const;
  /// The arc to take at a node; invalid where there is none or the rest of the way is a piece of
  /// the target's own edge.
  [[nodiscard]] ArcId next(NodeId node) const { return next_[node]; }
  /// The way from a place that allows the latest departure; for AnyTime the fastest that stays
  /// open. The request must be made for the same graph and metric.
  [[nodiscard]] std::optional<SafeRoute> route_from(const PathRequest& request,
                                                    const RoadPosition& place) const;

 private:
  struct Step;
  [[nodiscard]] std::uint32_t label_of(const SafeTarget& target) const;
  [[nodiscard]] Step first_step(const RoadPosition& place) const;
  [[nodiscard]] Step last_step(NodeId node) const;
  [[nodiscard]] LatestDeparture departure(std::uint32_t label) const;

  TimedRoads roads_;
  std::vector<SafeTarget> targets_;
  Weight last_closing_ = 0;
  IdVector<NodeId, std::uint32_t> labels_;
  IdVector<NodeId, ArcId> next_;
};

/// Earliest arrivals at every node for somebody who leaves `from` at `start`, as durations since
/// then; `kInfinity` where the roads have closed before. Exact for roads that only close.
[[nodiscard]] SearchTree earliest_arrival(const TimedRoads& roads, const RoadPosition& from,
                                          EventTime start);

/// The same for one target: how long the way takes when begun at `start`, or `kInfinity`.
[[nodiscard]] Weight earliest_arrival(const TimedRoads& roads, const RoadPosition& from,
                                      EventTime start, const SafeTarget& target);

}  // namespace route
