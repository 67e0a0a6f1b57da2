// SPDX-License-Identifier: Apache-2.0
#include "datagen/town_plan.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "datagen/random.hpp"

namespace datagen {
namespace {

constexpr double kOriginLat = 35.72;
constexpr double kOriginLon = 139.41;
// GRS 80 at the origin: metres per degree.
constexpr double kMetresPerLat = 110'958.0;
constexpr double kMetresPerLon = 90'483.0;
constexpr double kHillHeight = 60;

// Half-width of a depth rank as a share of the reach of rank 1.
constexpr std::array<double, kDeepestRank> kRankReach = {1.0, 0.70, 0.42, 0.2};

double smooth(double t) {
  const double s = std::clamp(t, 0.0, 1.0);
  return s * s * (3 - 2 * s);
}

}  // namespace

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

double nearest_share(Point p, Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double square = dx * dx + dy * dy;
  if (square == 0) {
    return 0;
  }
  return std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0);
}

Point between(Point a, Point b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

TownPlan::TownPlan(std::uint64_t seed) {
  Random random(seed, "town plan");
  river_phase_ = random.real(0, 2 * std::numbers::pi);
  river_swing_ = random.real(50, 85);
  for (double& phase : bend_) {
    phase = random.real(0, 2 * std::numbers::pi);
  }
}

double TownPlan::river(double x) const {
  return 1060 - 0.05 * x + river_swing_ * std::sin(x / 520 + river_phase_);
}

double TownPlan::railway(double x) {
  return 1400 + 0.02 * x;
}

double TownPlan::row_edge(int row, double x) const {
  switch (row) {
    case 0:
      return kSouthEdge;
    case 1:
      return kSouthStreet;
    case 2:
      return river(x);
    case 3:
      return railway(x);
    case 4:
      return kTrunkRoad;
    case 5:
      return kNorthStreet;
    default:
      return kNorthEdge;
  }
}

std::optional<int> TownPlan::quarter_at(Point plan) const {
  if (plan.x < kColumnEdges.front() || plan.x >= kColumnEdges.back() || plan.y < kSouthEdge ||
      plan.y >= kNorthEdge) {
    return std::nullopt;
  }
  int column = 0;
  while (plan.x >= kColumnEdges[static_cast<std::size_t>(column) + 1]) {
    ++column;
  }
  int row = 0;
  while (plan.y >= row_edge(row + 1, plan.x)) {
    ++row;
  }
  return row * kColumns + column;
}

bool TownPlan::buildable(Point plan) const {
  const double from_river = std::abs(plan.y - river(plan.x));
  const double from_rail = plan.y - railway(plan.x);
  const double from_hill = distance(plan, kHill);
  return from_river >= kLevee && (from_rail <= -kRailGap || from_rail >= kRailSide) &&
         (from_hill >= kHillFoot || from_hill <= kHillTop);
}

double TownPlan::height(Point plan) const {
  const double from_river = std::abs(plan.y - river(plan.x));
  const double downstream = 0.0022 * (4000 - plan.x);
  const double valley = 12 * (1 - std::exp(-from_river * from_river / (2 * 420.0 * 420.0)));
  // The bed ends well before the bridge heads: a disc around those must not dip into it.
  const double bed = -4.5 * smooth((kLevee - 12 - from_river) / 14);
  const double levee = 1.2 * smooth(1 - std::abs(from_river - kLevee) / 30);
  const double swell = 0.8 * std::sin(plan.x / 260 + bend_[0]) * std::cos(plan.y / 310 + bend_[1]);
  const double hill =
      kHillHeight * smooth((kHillFoot - distance(plan, kHill)) / (kHillFoot - kHillTop - 15));
  return 48 + downstream + valley + bed + levee + swell + hill;
}

double TownPlan::flood_reach(double x, int rank) const {
  const double reach = 330 + 55 * std::sin(x / 410 + bend_[2]) + 25 * std::sin(x / 150 + bend_[3]);
  return reach * kRankReach.at(static_cast<std::size_t>(rank) - 1);
}

int TownPlan::flood_rank(Point plan) const {
  const double from_river = std::abs(plan.y - river(plan.x));
  int rank = 0;
  while (rank < kDeepestRank && from_river <= flood_reach(plan.x, rank + 1)) {
    ++rank;
  }
  return rank;
}

int TownPlan::landslide_rank(Point plan) {
  const double radius = distance(plan, kHill);
  double angle = std::atan2(plan.y - kHill.y, plan.x - kHill.x) * 180 / std::numbers::pi;
  if (angle < 0) {
    angle += 360;
  }
  int rank = 0;
  for (const SlideZone& zone : slide_zones()) {
    if (angle >= zone.from_deg && angle <= zone.to_deg && radius >= zone.inner &&
        radius <= zone.outer) {
      rank = std::max(rank, zone.rank);
    }
  }
  return rank;
}

Point TownPlan::to_ground(Point plan) const {
  return {plan.x + 17 * std::sin(plan.y / 330 + bend_[0]) +
              8 * std::sin(plan.y / 170 + plan.x / 420 + bend_[1]),
          plan.y + 15 * std::sin(plan.x / 370 + bend_[2]) +
              8 * std::sin(plan.x / 190 - plan.y / 450 + bend_[3])};
}

Point TownPlan::to_plan(Point ground) const {
  Point plan = ground;
  // A contraction by at least 6: seven rounds reach a tenth of a millimetre.
  for (int i = 0; i < 7; ++i) {
    const Point image = to_ground(plan);
    plan = {plan.x + ground.x - image.x, plan.y + ground.y - image.y};
  }
  return plan;
}

const std::vector<SlideZone>& slide_zones() {
  static const std::vector<SlideZone> zones = {
      {150, 188, 290, 500, 1}, {160, 182, 330, 455, 2}, {243, 272, 280, 510, 1},
      {249, 266, 320, 460, 2}, {300, 330, 300, 480, 1}, {306, 322, 330, 440, 2},
      {20, 60, 310, 470, 1},
  };
  return zones;
}

Hollow underpass() {
  const double x = kColumnEdges[4];
  return {{x, TownPlan::railway(x)}, 14, 78};
}

registry::Position to_position(Point ground) {
  const auto rounded = [](double degrees) { return std::round(degrees * 1e7) / 1e7; };
  return {rounded(kOriginLat + ground.y / kMetresPerLat),
          rounded(kOriginLon + ground.x / kMetresPerLon)};
}

Point from_position(registry::Position place) {
  return {(place.lon - kOriginLon) * kMetresPerLon, (place.lat - kOriginLat) * kMetresPerLat};
}

}  // namespace datagen
