// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "planner/course_case.hpp"
#include "route/supporter_chain.hpp"

namespace planner {

/// Seconds between places on the roads as one profile travels on them.
class PlaceTravel {
 public:
  PlaceTravel(const PlanWorld& world, const std::string& profile);

  /// Seconds from every place to every other, row by row; `unknown_s` where one of the two is not
  /// known or on no road, `route::kNeverInChain` where there is no way.
  [[nodiscard]] std::vector<route::ChainSeconds> seconds(
      const std::vector<std::optional<route::LatLon>>& from,
      const std::vector<std::optional<route::LatLon>>& to, std::int64_t unknown_s) const;

  [[nodiscard]] const route::MobilityProfile& profile() const { return profile_; }

 private:
  [[nodiscard]] Joined joined(const std::vector<std::optional<route::LatLon>>& places) const;

  const PlanWorld& world_;
  const route::MobilityProfile& profile_;
  route::Metric metric_;
  route::SnapMask mask_;
  ProfileWays ways_;
};

/// Where a supporter starts, if that is known.
[[nodiscard]] std::optional<route::LatLon> place_of(const registry::Supporter& supporter);

}  // namespace planner
