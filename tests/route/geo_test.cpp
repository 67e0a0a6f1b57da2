// SPDX-License-Identifier: Apache-2.0
#include "route/geo.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "route/error.hpp"

namespace route {
namespace {

TEST(Geo, DegreesRoundToTheNearestUnit) {
  EXPECT_EQ(from_degrees(32.80000004, 130.70000006), (LatLon{328000000, 1307000001}));
  EXPECT_EQ(from_degrees(-90, -180), (LatLon{-900000000, -1800000000}));
  EXPECT_DOUBLE_EQ(from_degrees(35.5, 139.25).lat(), 35.5);
  EXPECT_DOUBLE_EQ(from_degrees(35.5, 139.25).lon(), 139.25);
}

TEST(Geo, PlacesOffTheEarthBreakTheContract) {
  EXPECT_THROW((void)from_degrees(90.1, 0), std::logic_error);
  EXPECT_THROW((void)from_degrees(0, 180.1), std::logic_error);
  EXPECT_THROW((void)from_degrees(std::nan(""), 0), std::logic_error);
}

// One degree of the meridian around latitude 35 is 110,940.6 m and one degree of the parallel of
// 35 N is 91,287.9 m on GRS 80 (from the series for arc lengths on the ellipsoid).
TEST(Geo, DistancesFitTheArcLengthsOfTheEllipsoid) {
  EXPECT_NEAR(distance_m(from_degrees(34.95, 139), from_degrees(35.05, 139)) * 10, 110940.6, 1.0);
  EXPECT_NEAR(distance_m(from_degrees(35, 139), from_degrees(35, 139.1)) * 10, 91287.9, 1.0);
}

TEST(Geo, DistanceIsSymmetricAndZeroOnlyForTheSamePlace) {
  const LatLon a = from_degrees(32.8, 130.7);
  const LatLon b{a.lat_e7 + 1, a.lon_e7};
  EXPECT_EQ(distance_m(a, a), 0);
  EXPECT_GT(distance_m(a, b), 0.01);
  EXPECT_EQ(distance_m(a, b), distance_m(b, a));
}

TEST(Geo, TheAntimeridianIsNoWall) {
  const LatLon west = from_degrees(0, 179.9995);
  const LatLon east = from_degrees(0, -179.9995);
  EXPECT_NEAR(distance_m(west, east), 111.3, 0.1);
  EXPECT_EQ(interpolate(west, east, 0.75), from_degrees(0, -179.99975));
}

TEST(Geo, NearestFractionStaysOnTheSegment) {
  const LatLon a = from_degrees(32.8, 130.7);
  const LatLon b = from_degrees(32.8, 130.71);
  EXPECT_NEAR(nearest_fraction(from_degrees(32.9, 130.7025), a, b), 0.25, 1e-9);
  EXPECT_EQ(nearest_fraction(from_degrees(32.8, 130.6), a, b), 0);
  EXPECT_EQ(nearest_fraction(from_degrees(32.8, 130.8), a, b), 1);
  EXPECT_EQ(nearest_fraction(b, a, a), 0);
}

TEST(Geo, NearestFractionBeatsEverySampledPointOfTheSegment) {
  const LatLon a = from_degrees(32.8000, 130.7000);
  const LatLon b = from_degrees(32.8031, 130.7047);
  const LatLon p = from_degrees(32.8029, 130.7011);
  const double nearest = distance_m(p, interpolate(a, b, nearest_fraction(p, a, b)));
  for (int step = 0; step <= 1000; ++step) {
    EXPECT_LE(nearest, distance_m(p, interpolate(a, b, step / 1000.0)) + 0.01);
  }
}

TEST(Geo, InterpolationMeetsBothEnds) {
  const LatLon a = from_degrees(-10.5, 20.25);
  const LatLon b = from_degrees(30.5, -40.75);
  EXPECT_EQ(interpolate(a, b, 0), a);
  EXPECT_EQ(interpolate(a, b, 1), b);
  EXPECT_EQ(interpolate(a, b, 0.5), from_degrees(10, -10.25));
}

TEST(Geo, BoxHoldsWhatWasAddedAndNothingElse) {
  Box box;
  EXPECT_FALSE(box.contains(from_degrees(0, 0)));
  box.add(from_degrees(32.8, 130.7));
  box.add(from_degrees(32.7, 130.8));
  EXPECT_TRUE(box.contains(from_degrees(32.75, 130.75)));
  EXPECT_TRUE(box.contains(from_degrees(32.7, 130.7)));
  EXPECT_FALSE(box.contains(from_degrees(32.69, 130.75)));
  EXPECT_FALSE(box.contains(from_degrees(32.75, 130.81)));
}

}  // namespace
}  // namespace route
