// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "datagen/geojson.hpp"
#include "datagen/town_files.hpp"

namespace datagen {
namespace {

constexpr double kStep = 25;     // metres between points of an outline
constexpr int kReaches = 4;      // the water takes its time down the river
constexpr double kReach = 1025;  // metres
// Minutes until the water comes, by depth rank, in the uppermost reach.
constexpr std::array<int, kDeepestRank> kArrival = {150, 100, 60, 30};
constexpr int kReachDelay = 10;

using Ring = std::vector<registry::Position>;

class HazardDrawing {
 public:
  explicit HazardDrawing(const TownPlan& plan) : plan_(plan) {}

  void add(const char* kind, int rank, std::optional<int> arrival, const Line& outline) {
    Ring ring;
    for (const Point p : outline) {
      ring.push_back(to_position(plan_.to_ground(p)));
    }
    ring.push_back(ring.front());
    Feature feature{{{"kind", kind}, {"rank", rank}}, {std::move(ring)}};
    if (arrival) {
      feature.properties["arrival_min"] = *arrival;
    }
    features_.push_back(std::move(feature));
  }

  /// The strip beside the river from the reach of a rank to that of the next deeper one.
  void add_strip(double from, double to, int rank, int side) {
    Line outline;
    const int pieces = static_cast<int>((to - from) / kStep);
    const auto point = [&](int i, int outer_rank) {
      const double x = from + (to - from) * i / pieces;
      const double offset = outer_rank > kDeepestRank ? 0 : plan_.flood_reach(x, outer_rank);
      return Point{x, plan_.river(x) + side * offset};
    };
    for (int i = 0; i <= pieces; ++i) {
      outline.push_back(point(i, rank));
    }
    for (int i = pieces; i >= 0; --i) {
      outline.push_back(point(i, rank + 1));
    }
    const auto reach = static_cast<int>((from + kStep) / kReach);
    add("flood", rank, kArrival.at(static_cast<std::size_t>(rank) - 1) + kReachDelay * reach,
        outline);
  }

  void add_box(const char* kind, int rank, int arrival, Hollow box) {
    const auto [m, dx, dy] = box;
    add(kind, rank, arrival,
        {{m.x - dx, m.y - dy}, {m.x + dx, m.y - dy}, {m.x + dx, m.y + dy}, {m.x - dx, m.y + dy}});
  }

  void add_sector(const SlideZone& zone) {
    Line outline;
    const auto at = [](double degrees, double radius) {
      const double angle = degrees * std::numbers::pi / 180;
      return Point{kHill.x + radius * std::cos(angle), kHill.y + radius * std::sin(angle)};
    };
    const int pieces = static_cast<int>((zone.to_deg - zone.from_deg) / 3);
    const double step = (zone.to_deg - zone.from_deg) / pieces;
    for (int i = 0; i <= pieces; ++i) {
      outline.push_back(at(zone.from_deg + step * i, zone.outer));
    }
    for (int i = pieces; i >= 0; --i) {
      outline.push_back(at(zone.from_deg + step * i, zone.inner));
    }
    add("landslide", zone.rank, std::nullopt, outline);
  }

  [[nodiscard]] const std::vector<Feature>& features() const { return features_; }

 private:
  const TownPlan& plan_;
  std::vector<Feature> features_;
};

}  // namespace

std::string hazards_text(const TownPlan& plan) {
  HazardDrawing drawing(plan);
  for (int reach = 0; reach < kReaches; ++reach) {
    const double from = -50 + kReach * reach;
    for (int rank = 1; rank <= kDeepestRank; ++rank) {
      for (const int side : {-1, 1}) {
        drawing.add_strip(from, from + kReach, rank, side);
      }
    }
  }
  constexpr int kDrainsOverflow = 15;  // minutes
  drawing.add_box("flood", 2, kDrainsOverflow, underpass());
  drawing.add_box("inland_flood", 2, kDrainsOverflow, underpass());
  for (const SlideZone& zone : slide_zones()) {
    drawing.add_sector(zone);
  }
  return feature_collection(drawing.features());
}

}  // namespace datagen
