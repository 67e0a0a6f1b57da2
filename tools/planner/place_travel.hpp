// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/plan_world.hpp"
#include "planner/profile_ways.hpp"
#include "route/distance_table.hpp"
#include "route/supporter_chain.hpp"

namespace planner {

using KnownPlaces = std::vector<std::optional<route::LatLon>>;

/// Places joined to the roads of one profile.
struct Joined {
  std::vector<std::size_t> index;             ///< into the list of the places
  std::vector<route::RoadPosition> position;  ///< parallel
  std::size_t count = 0;                      ///< of the list, with those on no road
  /// Place in `index`, or nothing when the place is on no road.
  [[nodiscard]] std::optional<std::size_t> find(std::size_t place) const;
  /// The places of `chosen`, as a list of their own.
  [[nodiscard]] Joined only(const std::vector<std::uint32_t>& chosen) const;
  /// Joins one more place, the next in the order of the list, to the nearest road open to those the
  /// mask is for; false = there is none within the limit of the local plan.
  bool add(const PlanWorld& world, const route::SnapMask& mask, std::size_t place,
           route::LatLon at);
};

/// Joins all places that are known.
[[nodiscard]] Joined join(const PlanWorld& world, const route::SnapMask& mask,
                          const KnownPlaces& places);

/// The roads as one profile travels on them at the start, and the times between places there.
class PlaceTravel {
 public:
  PlaceTravel(const PlanWorld& world, const std::string& profile);

  [[nodiscard]] Joined join(const KnownPlaces& places) const;
  /// Between places already joined.
  [[nodiscard]] const ProfileWays& ways() const { return ways_; }
  /// Seconds from every place to every other, row by row; `unknown_s` where one of the two is not
  /// known or on no road, `route::kNeverInChain` where there is no way.
  [[nodiscard]] std::vector<route::ChainSeconds> seconds(const Joined& from, const Joined& to,
                                                         std::int64_t unknown_s) const;

  [[nodiscard]] const route::MobilityProfile& profile() const { return profile_; }

 private:
  const PlanWorld& world_;
  const route::MobilityProfile& profile_;
  route::Metric metric_;
  route::SnapMask mask_;
  ProfileWays ways_;
};

/// Where a supporter starts, if that is known.
[[nodiscard]] std::optional<route::LatLon> place_of(const registry::Supporter& supporter);
[[nodiscard]] route::LatLon place_of(const registry::Shelter& shelter);
[[nodiscard]] KnownPlaces places_of(const std::vector<registry::Shelter>& shelters);

}  // namespace planner
