// SPDX-License-Identifier: Apache-2.0
#include "planner/city_roads.hpp"

#include <utility>

namespace planner {

CityRoads::CityRoads(route::RoadGraph roads, route::HazardMap hazard_map,
                     std::vector<route::MobilityProfile> mobility_profiles)
    : graph(std::move(roads)),
      index(graph),
      hierarchy(graph.net(), graph.order()),
      hazards(std::move(hazard_map)),
      edge_hazards(route::hazards_on_edges(graph, hazards)),
      profiles(std::move(mobility_profiles)) {}

}  // namespace planner
