// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "planner/city_roads.hpp"
#include "route/distance_table.hpp"
#include "route/turn_net.hpp"

namespace planner {

/// The ways of one profile on a hierarchy: over the roads, or over their turns where the profile
/// has banned turns to obey. Keeps references to everything it is made of.
class ProfileWays {
 public:
  ProfileWays(const CityRoads& roads, const route::MobilityProfile& profile,
              const route::Metric& metric);
  ProfileWays(const ProfileWays&) = delete;
  ProfileWays& operator=(const ProfileWays&) = delete;
  ProfileWays(ProfileWays&&) = delete;  // the hierarchy points at its topology
  ProfileWays& operator=(ProfileWays&&) = delete;
  ~ProfileWays() = default;

  /// Durations from every source to every target.
  [[nodiscard]] route::DistanceTable table(std::span<const route::RoadPosition> sources,
                                           std::span<const route::RoadPosition> targets) const;

 private:
  friend class PathFinder;
  struct Turns {
    route::TurnNet net;
    route::CchTopology topology;
  };
  [[nodiscard]] route::CustomizedTurns turns() const;

  const CityRoads& roads_;
  const route::MobilityProfile& profile_;
  const route::Metric& metric_;
  const route::TurnBans* bans_;  // null = none to obey
  std::optional<Turns> turns_;
  std::vector<route::Weight> turn_weights_;
  std::optional<route::CchMetric> customized_;
};

/// Finds paths one after the other, with the durations of the table. One per thread.
class PathFinder {
 public:
  explicit PathFinder(const ProfileWays& ways);

  [[nodiscard]] std::optional<route::Path> find(const route::RoadPosition& from,
                                                const route::RoadPosition& to);

 private:
  const ProfileWays& of_;
  route::CchQuery query_;
  route::CchWays ways_;
};

}  // namespace planner
