// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "route/contraction_hierarchy.hpp"
#include "route/metric.hpp"
#include "route/planned_way.hpp"

namespace route {

/// People who see the roads alike, with their ways.
struct RoadUsers {
  const Metric& metric;
  std::span<const PlannedWay> ways;
};

/// What the loss of a road means to those who start on it or whose target lies on it.
enum class RoadLoss : std::uint8_t {
  Whole,   ///< nobody sets foot on it: they are stranded
  Through  ///< nobody gets through, but its ends can be reached from the places on it and back
};

struct CriticalityRequest {
  const RoadGraph& graph;
  const CchTopology& hierarchy;  ///< of the graph
  std::span<const RoadUsers> groups;
  std::size_t count = 20;  ///< how many roads are wanted
  RoadLoss loss = RoadLoss::Whole;
};

/// What the loss of one road does.
struct CriticalRoad {
  EdgeId edge;
  std::uint32_t users = 0;      ///< ways that lead over it, begin or end on it
  std::uint32_t stranded = 0;   ///< of them: no way to the target any more, or none in time
  std::uint32_t at_start = 0;   ///< of the stranded: their way begins on this road
  std::uint32_t at_target = 0;  ///< of the stranded: their target lies on this road
  friend bool operator==(const CriticalRoad&, const CriticalRoad&) = default;
};

struct Criticality {
  std::vector<CriticalRoad> roads;  ///< most stranded first, then the lower edge; none with 0
  std::size_t late = 0;             ///< ways over their limit before any loss: left out
  std::size_t examined = 0;         ///< roads that had to be closed to know
};

/// The roads whose loss, in both directions, strands most people: exact, and equal to closing every
/// road in turn. Only users of a road can be stranded by its loss, so roads are closed in falling
/// order of users until no other can come among those wanted. Each loss is a partial customization
/// and one query per user. Banned turns are not looked at.
[[nodiscard]] Criticality most_critical_roads(const CriticalityRequest& request);

}  // namespace route
