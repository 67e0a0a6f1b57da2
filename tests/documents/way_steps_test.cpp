// SPDX-License-Identifier: Apache-2.0
#include "documents/way_steps.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

namespace documents {
namespace {

using registry::Position;
using testing::ElementsAre;
using testing::IsEmpty;

/// Places in metres east and north of a corner.
std::vector<Position> way(const std::vector<std::pair<double, double>>& metres) {
  constexpr double kLat = 35.73;
  std::vector<Position> places;
  for (const auto& [east, north] : metres) {
    places.push_back({kLat + north / 111'200,
                      139.54 + east / (111'200 * std::cos(kLat * std::numbers::pi / 180))});
  }
  return places;
}

TEST(WaySteps, NameCompassTurnAndLength) {
  EXPECT_THAT(way_steps(way({{0, 0}, {0, 92}, {230, 92}, {230, 0}})),
              ElementsAre("北へ約90m", "右に曲がって東へ約230m", "右に曲がって南へ約90m"));
  EXPECT_THAT(way_steps(way({{0, 0}, {100, 0}, {100, 50}})),
              ElementsAre("東へ約100m", "左に曲がって北へ約50m"));
}

TEST(WaySteps, ABendIsNoTurn) {
  EXPECT_THAT(way_steps(way({{0, 0}, {0, 100}, {20, 200}, {20, 300}})), ElementsAre("北へ約300m"));
}

TEST(WaySteps, TurningBackAndHalfTurnsAreNamed) {
  EXPECT_THAT(way_steps(way({{0, 0}, {0, 100}, {5, 40}})),
              ElementsAre("北へ約100m", "折り返して南へ約60m"));
  EXPECT_THAT(way_steps(way({{0, 0}, {0, 100}, {80, 180}})),
              ElementsAre("北へ約100m", "ななめ右に北東へ約110m"));
}

TEST(WaySteps, AWindingWayIsToldInFewSteps) {
  std::vector<std::pair<double, double>> zigzag;
  for (int i = 0; i < 40; ++i) {
    zigzag.emplace_back(i * 25, i % 2 == 0 ? 0 : 40);
  }
  EXPECT_LE(way_steps(way(zigzag)).size(), 7U);
  EXPECT_LE(way_steps(way(zigzag), 3).size(), 3U);
}

TEST(WaySteps, NoWayHasNoSteps) {
  EXPECT_THAT(way_steps({}), IsEmpty());
  EXPECT_THAT(way_steps(way({{0, 0}})), IsEmpty());
  EXPECT_THAT(way_steps(way({{0, 0}, {0, 0}})), IsEmpty());
}

}  // namespace
}  // namespace documents
