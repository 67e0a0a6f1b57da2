// SPDX-License-Identifier: Apache-2.0
#include "planner/city_roads.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace planner {

CityRoads::CityRoads(route::RoadGraph roads, route::HazardMap hazard_map,
                     std::vector<route::MobilityProfile> mobility_profiles,
                     std::vector<route::Closure> road_closures)
    : graph(std::move(roads)),
      index(graph),
      hierarchy(graph.net(), graph.order()),
      hazards(std::move(hazard_map)),
      edge_hazards(route::hazards_on_edges(graph, hazards)),
      profiles(std::move(mobility_profiles)),
      closures(std::move(road_closures)),
      closure_effect(route::closure_effect(graph, closures)) {}

std::vector<route::EdgeId> CityRoads::closed_to(const route::MobilityProfile& profile,
                                                std::uint32_t at_s) const {
  return route::closed_edges(closures, closure_effect, profile.name, at_s);
}

route::ClosingTimes CityRoads::closing_times(const route::MobilityProfile& profile,
                                             const EdgeHazards& timed) const {
  auto closes = route::closing_times(graph, {.profile = profile, .hazards = &timed});
  for (const auto& [edge, from_s] : first_closings(closures, closure_effect, profile.name)) {
    for (const route::ArcId arc : {graph.forward_arc(edge), graph.backward_arc(edge)}) {
      const auto at = std::min<std::uint64_t>(std::uint64_t{from_s} * 1000, route::kNeverCloses);
      closes[arc] = std::min(closes[arc], static_cast<route::Weight>(at));
    }
  }
  return closes;
}

std::string CityRoads::closing_reasons(const route::MobilityProfile& profile,
                                       std::uint32_t at_s) const {
  std::string words;
  std::set<std::string> said;
  for (std::size_t i = 0; i < closures.size(); ++i) {
    const route::Closure& closure = closures[i];
    const std::string reason = closure.reason.empty() ? "理由の記載なし" : closure.reason;
    if (!closure_effect.edges[i].empty() && closure.holds_for(profile.name) &&
        closure.in_force(at_s) && said.insert(reason).second) {
      words += (words.empty() ? "" : "、") + reason;
    }
  }
  return words;
}

}  // namespace planner
