// SPDX-License-Identifier: Apache-2.0
#include "planner/stay_advice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace planner {
namespace {

using registry::HazardKind;
using registry::StayAdvice;
using testing::HasSubstr;

const route::LatLon kHome = route::from_degrees(35.7, 139.5);

/// One zone all around the home.
route::HazardMap zone(route::HazardKind kind, std::uint8_t rank) {
  route::HazardZone zone;
  zone.kind = kind;
  zone.rank = rank;
  zone.rings = {{route::from_degrees(35.6, 139.4), route::from_degrees(35.6, 139.6),
                 route::from_degrees(35.8, 139.6), route::from_degrees(35.8, 139.4),
                 route::from_degrees(35.6, 139.4)}};
  for (const route::LatLon point : zone.rings.front()) {
    zone.box.add(point);
  }
  route::HazardMap map;
  map.zones.push_back(zone);
  return map;
}

AnonymousDemand person() {
  AnonymousDemand demand;
  demand.home = kHome;
  return demand;
}

registry::Dwelling flat(int floor, int floors) {
  registry::Dwelling dwelling;
  dwelling.home_floor = floor;
  dwelling.floors = floors;
  return dwelling;
}

StayDecision decide(const route::HazardMap& hazards, const registry::Dwelling& dwelling,
                    const AnonymousDemand& demand = person()) {
  return stay_advice(HazardKind::Flood, hazards, demand, dwelling, {});
}

TEST(StayAdvice, OutsideOfTheWaterOneMayStayIndoors) {
  EXPECT_EQ(decide({}, {}).advice, StayAdvice::Indoors);
}

TEST(StayAdvice, RoomsAboveTheDeepestWaterMayBeStayedIn) {
  const auto deep = zone(route::HazardKind::Flood, 2);  // up to 3 m
  EXPECT_EQ(decide(deep, flat(2, 2)).advice, StayAdvice::Indoors) << "floor at 3.5 m";
  EXPECT_EQ(decide(deep, flat(1, 2)).advice, StayAdvice::Upstairs);
  EXPECT_THAT(decide(deep, flat(1, 2)).reason, HasSubstr("2階"));
  EXPECT_EQ(decide(deep, flat(1, 1)).advice, StayAdvice::None);
  EXPECT_EQ(decide(zone(route::HazardKind::Flood, 4), flat(3, 3)).advice, StayAdvice::None)
      << "10 m are above the third floor";
}

TEST(StayAdvice, AnUnknownFloorIsNotGuessed) {
  const auto decision = decide(zone(route::HazardKind::Flood, 2), {});
  EXPECT_EQ(decision.advice, StayAdvice::None);
  EXPECT_THAT(decision.reason, HasSubstr("階が分からない"));
}

TEST(StayAdvice, NobodyStaysWhereASlopeMayCollapse) {
  const auto decision = decide(zone(route::HazardKind::Landslide, 1), flat(5, 5));
  EXPECT_EQ(decision.advice, StayAdvice::None);
  EXPECT_THAT(decision.reason, HasSubstr("土砂"));
}

TEST(StayAdvice, WhoDependsOnPowerDoesNotStay) {
  AnonymousDemand demand = person();
  demand.requires_equipment.at(static_cast<std::size_t>(registry::Equipment::Power)) = true;
  EXPECT_EQ(decide({}, {}, demand).advice, StayAdvice::None);
}

TEST(StayAdvice, AgainstEarthquakesAndFiresNobodyIsToldToStay) {
  for (const HazardKind kind : {HazardKind::Earthquake, HazardKind::GreatFire}) {
    EXPECT_EQ(stay_advice(kind, {}, person(), flat(5, 5), {}).advice, StayAdvice::None);
  }
}

TEST(StayAdvice, WithoutThePlaceOfTheHomeNothingIsSaid) {
  EXPECT_EQ(decide({}, flat(5, 5), AnonymousDemand()).advice, StayAdvice::None);
}

}  // namespace
}  // namespace planner
