// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/area.hpp"

namespace datagen {

/// Metres: x to the east, y to the north.
struct Point {
  double x = 0;
  double y = 0;
};
using Line = std::vector<Point>;

[[nodiscard]] double distance(Point a, Point b);
/// Share of the way from a to b, in [0, 1], that is nearest to p.
[[nodiscard]] double nearest_share(Point p, Point a, Point b);
[[nodiscard]] Point between(Point a, Point b, double share);

/// What a stretch of town is.
inline constexpr int kColumns = 8;
inline constexpr int kRows = 6;
inline constexpr std::array<double, kColumns + 1> kColumnEdges = {100,  500,  900,  1450, 2000,
                                                                  2450, 2900, 3400, 3900};
inline constexpr double kSouthEdge = 100;
inline constexpr double kNorthEdge = 2900;
inline constexpr double kSouthStreet = 550;   ///< between rows 0 and 1
inline constexpr double kTrunkRoad = 1750;    ///< between rows 3 and 4
inline constexpr double kNorthStreet = 2350;  ///< between rows 4 and 5
inline constexpr double kRiverHalfWidth = 22;
inline constexpr double kLevee = 40;     ///< levee roads and bridge heads, from mid-river
inline constexpr double kRailSide = 25;  ///< lane north of the railway
inline constexpr double kRailGap = 12;   ///< streets south of the railway end here
inline constexpr Point kHill = {3450, 2420};
inline constexpr double kHillFoot = 430;
inline constexpr double kHillTop = 100;  ///< radius of the plateau

/// The drawing board: rows and columns of quarters between the main roads, a river, a railway and
/// a hill, in straight plan coordinates. `to_ground` bends the plan a little, so that no street of
/// the town is quite straight. All heights and hazards are functions of the place on the plan.
class TownPlan {
 public:
  explicit TownPlan(std::uint64_t seed);

  [[nodiscard]] double river(double x) const;  ///< y of the middle of the river
  [[nodiscard]] static double railway(double x);
  /// Southern edge of a row; `row` = `kRows` gives the northern edge of the town.
  [[nodiscard]] double row_edge(int row, double x) const;
  /// Row and column of a quarter, as row * kColumns + column; nothing outside the town.
  [[nodiscard]] std::optional<int> quarter_at(Point plan) const;
  /// Whether streets and houses may stand here: not in river, railway or on the slopes.
  [[nodiscard]] bool buildable(Point plan) const;

  [[nodiscard]] double height(Point plan) const;               ///< metres above the sea
  [[nodiscard]] double flood_reach(double x, int rank) const;  ///< half-width of a depth rank
  [[nodiscard]] int flood_rank(Point plan) const;              ///< 0 to 4
  [[nodiscard]] static int landslide_rank(Point plan);         ///< 0 to 2

  [[nodiscard]] Point to_ground(Point plan) const;
  [[nodiscard]] Point to_plan(Point ground) const;

 private:
  double river_phase_ = 0;
  double river_swing_ = 0;
  std::array<double, 4> bend_{};
};

/// A sector of a ring around the hill where slopes may slide.
struct SlideZone {
  double from_deg, to_deg;  ///< counter-clockwise from east
  double inner, outer;      ///< metres from the middle of the hill
  int rank;
};
[[nodiscard]] const std::vector<SlideZone>& slide_zones();

/// Underpass of the main street below the railway: fills first, from the street drains.
struct Hollow {
  Point middle;
  double half_x = 0;
  double half_y = 0;
};
[[nodiscard]] Hollow underpass();

inline constexpr int kDeepestRank = 4;

/// Place on the Earth, rounded to 1e-7 degrees.
[[nodiscard]] registry::Position to_position(Point ground);
[[nodiscard]] Point from_position(registry::Position place);

}  // namespace datagen
