// SPDX-License-Identifier: Apache-2.0
#include "planner/place_travel.hpp"

#include <algorithm>

namespace planner {

std::optional<std::size_t> Joined::find(std::size_t place) const {
  const auto found = std::ranges::lower_bound(index, place);
  return found != index.end() && *found == place
             ? std::optional(static_cast<std::size_t>(found - index.begin()))
             : std::nullopt;
}

Joined Joined::only(const std::vector<std::uint32_t>& chosen) const {
  Joined part;
  part.count = chosen.size();
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (const auto place = find(chosen[i])) {
      part.index.push_back(i);
      part.position.push_back(position[*place]);
    }
  }
  return part;
}

bool Joined::add(const PlanWorld& world, const route::SnapMask& mask, std::size_t place,
                 route::LatLon at) {
  const auto found =
      world.roads.index.snap_candidates(at, mask, world.request.local_plan.snap_limit_m);
  count = place + 1;
  if (found.empty()) {
    return false;
  }
  index.push_back(place);
  position.push_back(found.front().position);
  return true;
}

Joined join(const PlanWorld& world, const route::SnapMask& mask, const KnownPlaces& places) {
  Joined joined;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i]) {
      (void)joined.add(world, mask, i, *places[i]);
    }
  }
  joined.count = places.size();
  return joined;
}

PlaceTravel::PlaceTravel(const PlanWorld& world, const std::string& profile)
    : world_(world),
      profile_(route::profile_named(world.roads.profiles, profile)),
      metric_(make_metric(world.roads.graph,
                          {.profile = profile_, .closed = world.roads.closed_to(profile_, 0)})),
      mask_(snap_mask(world.roads.graph, metric_)),
      ways_(world.roads, profile_, metric_) {}

Joined PlaceTravel::join(const KnownPlaces& places) const {
  return planner::join(world_, mask_, places);
}

std::vector<route::ChainSeconds> PlaceTravel::seconds(const Joined& from, const Joined& to,
                                                      std::int64_t unknown_s) const {
  std::vector<route::ChainSeconds> all(from.count * to.count, unknown_s);
  const auto table = ways_.table(from.position, to.position);
  for (std::size_t row = 0; row < from.index.size(); ++row) {
    for (std::size_t column = 0; column < to.index.size(); ++column) {
      const route::Weight weight = table.at(row, column);
      all[from.index[row] * to.count + to.index[column]] =
          weight < route::kInfinity ? (std::int64_t{weight} + 999) / 1000 : route::kNeverInChain;
    }
  }
  return all;
}

std::optional<route::LatLon> place_of(const registry::Supporter& supporter) {
  if (!supporter.position) {
    return std::nullopt;
  }
  return route::from_degrees(supporter.position->lat, supporter.position->lon);
}

route::LatLon place_of(const registry::Shelter& shelter) {
  return route::from_degrees(shelter.position.lat, shelter.position.lon);
}

KnownPlaces places_of(const std::vector<registry::Shelter>& shelters) {
  KnownPlaces places;
  places.reserve(shelters.size());
  for (const registry::Shelter& shelter : shelters) {
    places.emplace_back(place_of(shelter));
  }
  return places;
}

}  // namespace planner
