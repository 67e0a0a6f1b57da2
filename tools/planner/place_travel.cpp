// SPDX-License-Identifier: Apache-2.0
#include "planner/place_travel.hpp"

namespace planner {

PlaceTravel::PlaceTravel(const PlanWorld& world, const std::string& profile)
    : world_(world),
      profile_(route::profile_named(world.roads.profiles, profile)),
      metric_(make_metric(world.roads.graph,
                          {.profile = profile_, .closed = world.roads.closed_to(profile_, 0)})),
      mask_(snap_mask(world.roads.graph, metric_)),
      ways_(world.roads, profile_, metric_) {}

std::vector<route::ChainSeconds> PlaceTravel::seconds(
    const std::vector<std::optional<route::LatLon>>& from,
    const std::vector<std::optional<route::LatLon>>& to, std::int64_t unknown_s) const {
  const Joined sources = joined(from);
  const Joined targets = joined(to);
  std::vector<route::ChainSeconds> all(from.size() * to.size(), unknown_s);
  const auto table = ways_.table(sources.position, targets.position);
  for (std::size_t row = 0; row < sources.index.size(); ++row) {
    for (std::size_t column = 0; column < targets.index.size(); ++column) {
      const route::Weight weight = table.at(row, column);
      all[sources.index[row] * to.size() + targets.index[column]] =
          weight < route::kInfinity ? (std::int64_t{weight} + 999) / 1000 : route::kNeverInChain;
    }
  }
  return all;
}

Joined PlaceTravel::joined(const std::vector<std::optional<route::LatLon>>& places) const {
  Joined joined;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) {
      continue;
    }
    const auto found = world_.roads.index.snap_candidates(*places[i], mask_,
                                                          world_.request.local_plan.snap_limit_m);
    if (!found.empty()) {
      joined.index.push_back(i);
      joined.position.push_back(found.front().position);
    }
  }
  return joined;
}

std::optional<route::LatLon> place_of(const registry::Supporter& supporter) {
  if (!supporter.position) {
    return std::nullopt;
  }
  return route::from_degrees(supporter.position->lat, supporter.position->lon);
}

}  // namespace planner
