// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "route/closure.hpp"
#include "route/contraction_hierarchy.hpp"
#include "route/hazard.hpp"
#include "route/metric.hpp"
#include "route/path.hpp"
#include "route/road_graph.hpp"
#include "route/safe_departure.hpp"
#include "route/snapping.hpp"
#include "route/turn_restrictions.hpp"

namespace planner {

using EdgeHazards = route::IdVector<route::EdgeId, std::vector<route::EdgeHazard>>;

/// A town's roads with everything needed to route on them.
struct CityRoads {
  route::RoadGraph graph;
  route::RoadIndex index;
  route::CchTopology hierarchy;
  route::HazardMap hazards;
  EdgeHazards edge_hazards;
  std::vector<route::MobilityProfile> profiles;
  std::vector<route::Closure> closures;
  route::ClosureEffect closure_effect;
  route::TurnBans turns;  ///< what vehicles must obey; none until they are set

  CityRoads(route::RoadGraph roads, route::HazardMap hazard_map,
            std::vector<route::MobilityProfile> mobility_profiles,
            std::vector<route::Closure> road_closures = {});
  CityRoads(const CityRoads&) = delete;
  CityRoads& operator=(const CityRoads&) = delete;
  CityRoads(CityRoads&&) = delete;  // the index points at the graph
  CityRoads& operator=(CityRoads&&) = delete;
  ~CityRoads() = default;

  /// Edges that somebody has closed to a profile, seconds after the start of the event.
  [[nodiscard]] std::vector<route::EdgeId> closed_to(const route::MobilityProfile& profile,
                                                     std::uint32_t at_s) const;
  /// When these hazards, and closures that begin later, close each arc to a profile. What is closed
  /// from the start is banned by the metric.
  [[nodiscard]] route::ClosingTimes closing_times(const route::MobilityProfile& profile,
                                                  const EdgeHazards& timed) const;
  /// Why, in words joined by 、; empty when nothing is closed.
  [[nodiscard]] std::string closing_reasons(const route::MobilityProfile& profile,
                                            std::uint32_t at_s) const;
  /// The banned turns a profile must obey, or null.
  [[nodiscard]] const route::TurnBans* turns_for(const route::MobilityProfile& profile) const {
    return profile.is_vehicle && !turns.empty() ? &turns : nullptr;
  }
};

}  // namespace planner
