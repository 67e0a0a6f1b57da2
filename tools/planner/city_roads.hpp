// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "route/contraction_hierarchy.hpp"
#include "route/hazard.hpp"
#include "route/metric.hpp"
#include "route/path.hpp"
#include "route/road_graph.hpp"
#include "route/snapping.hpp"
#include "route/turn_restrictions.hpp"

namespace planner {

/// A town's roads with everything needed to route on them.
struct CityRoads {
  route::RoadGraph graph;
  route::RoadIndex index;
  route::CchTopology hierarchy;
  route::HazardMap hazards;
  route::IdVector<route::EdgeId, std::vector<route::EdgeHazard>> edge_hazards;
  std::vector<route::MobilityProfile> profiles;
  route::TurnBans turns;  ///< what vehicles must obey; none until they are set

  CityRoads(route::RoadGraph roads, route::HazardMap hazard_map,
            std::vector<route::MobilityProfile> mobility_profiles);
  CityRoads(const CityRoads&) = delete;
  CityRoads& operator=(const CityRoads&) = delete;
  CityRoads(CityRoads&&) = delete;  // the index points at the graph
  CityRoads& operator=(CityRoads&&) = delete;
  ~CityRoads() = default;

  /// The banned turns a profile must obey, or null.
  [[nodiscard]] const route::TurnBans* turns_for(const route::MobilityProfile& profile) const {
    return profile.is_vehicle && !turns.empty() ? &turns : nullptr;
  }
};

}  // namespace planner
