// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_queue.hpp"

#include <gtest/gtest.h>

namespace planner {
namespace {

route::HazardZone zone(route::HazardKind kind, std::uint8_t rank) {
  route::HazardZone zone;
  zone.kind = kind;
  zone.rank = rank;
  zone.rings = {{route::from_degrees(35.0, 139.0), route::from_degrees(35.0, 139.1),
                 route::from_degrees(35.1, 139.1), route::from_degrees(35.1, 139.0),
                 route::from_degrees(35.0, 139.0)}};
  for (const route::LatLon corner : zone.rings[0]) {
    zone.box.add(corner);
  }
  return zone;
}

TEST(PlanQueue, TheHeaviestHazardAtTheHomeCounts) {
  const route::LatLon home = route::from_degrees(35.05, 139.05);
  EXPECT_EQ(home_hazard_rank(route::HazardMap(), home), 0);
  const route::HazardMap flood({zone(route::HazardKind::Flood, 2)});
  EXPECT_EQ(home_hazard_rank(flood, home), 2);
  EXPECT_EQ(home_hazard_rank(flood, route::from_degrees(36.0, 139.05)), 0);
  const route::HazardMap both(
      {zone(route::HazardKind::Flood, 4), zone(route::HazardKind::Landslide, 2)});
  EXPECT_EQ(home_hazard_rank(both, home), 5) << "特別警戒区域";
  const route::HazardMap warned(
      {zone(route::HazardKind::Flood, 1), zone(route::HazardKind::Landslide, 1)});
  EXPECT_EQ(home_hazard_rank(warned, home), 3) << "警戒区域";
}

}  // namespace
}  // namespace planner
