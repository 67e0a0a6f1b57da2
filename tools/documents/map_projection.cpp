// SPDX-License-Identifier: Apache-2.0
#include "documents/map_projection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace documents {
namespace {

constexpr double kLeastExtentM = 150;  // a single place is shown with its surroundings
constexpr double kMarginPt = 12;       // wider than any road is drawn
constexpr double kThinPt = 0.3;
constexpr std::int32_t kStepE7 = 100'000;

std::int32_t rounded(double value) {
  constexpr double kLeast = std::numeric_limits<std::int32_t>::min();
  constexpr double kMost = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int32_t>(std::clamp(std::round(value), kLeast, kMost));
}

/// One side of a rectangle: positive `depth` is inside.
struct Side {
  double along_x;
  double along_y;
  double offset;
  [[nodiscard]] double depth(PagePoint p) const { return along_x * p.x + along_y * p.y + offset; }
};

}  // namespace

Projection::Projection(const Frame& frame, const route::Box& box)
    : frame_(frame),
      mid_lat_e7_((double{1} * box.low.lat_e7 + box.high.lat_e7) / 2),
      mid_lon_e7_((double{1} * box.low.lon_e7 + box.high.lon_e7) / 2) {
  const route::LatLon middle{rounded(mid_lat_e7_), rounded(mid_lon_e7_)};
  const double metres_per_lat =
      distance_m(middle, {middle.lat_e7 + kStepE7, middle.lon_e7}) / kStepE7;
  const double metres_per_lon =
      distance_m(middle, {middle.lat_e7, middle.lon_e7 + kStepE7}) / kStepE7;
  const double height_m =
      std::max(kLeastExtentM, (double{1} * box.high.lat_e7 - box.low.lat_e7) * metres_per_lat);
  const double width_m =
      std::max(kLeastExtentM, (double{1} * box.high.lon_e7 - box.low.lon_e7) * metres_per_lon);
  points_per_metre_ = std::min(frame.width / width_m, frame.height / height_m);
  points_per_lat_e7_ = metres_per_lat * points_per_metre_;
  points_per_lon_e7_ = metres_per_lon * points_per_metre_;
  const double half_lat = (frame.height / 2 + kMarginPt) / points_per_lat_e7_;
  const double half_lon = (frame.width / 2 + kMarginPt) / points_per_lon_e7_;
  view_.low = {rounded(mid_lat_e7_ - half_lat), rounded(mid_lon_e7_ - half_lon)};
  view_.high = {rounded(mid_lat_e7_ + half_lat), rounded(mid_lon_e7_ + half_lon)};
}

PagePoint Projection::at(route::LatLon place) const {
  return {frame_.x + frame_.width / 2 + (place.lon_e7 - mid_lon_e7_) * points_per_lon_e7_,
          frame_.y + frame_.height / 2 - (place.lat_e7 - mid_lat_e7_) * points_per_lat_e7_};
}

bool Projection::sees(const route::Box& box) const {
  return box.low.lat_e7 <= view_.high.lat_e7 && box.high.lat_e7 >= view_.low.lat_e7 &&
         box.low.lon_e7 <= view_.high.lon_e7 && box.high.lon_e7 >= view_.low.lon_e7;
}

std::vector<PagePoint> thinned(const Projection& projection, std::span<const route::LatLon> line) {
  std::vector<PagePoint> points;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const PagePoint p = projection.at(line[i]);
    const bool end = i == 0 || i + 1 == line.size();
    if (end || std::hypot(p.x - points.back().x, p.y - points.back().y) >= kThinPt) {
      points.push_back(p);
    }
  }
  return points;
}

std::vector<PagePoint> cut_to(const Frame& frame, std::vector<PagePoint> ring) {
  const std::array<Side, 4> sides{Side{1, 0, -frame.x}, Side{-1, 0, frame.x + frame.width},
                                  Side{0, 1, -frame.y}, Side{0, -1, frame.y + frame.height}};
  for (const Side& side : sides) {
    std::vector<PagePoint> kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const PagePoint from = ring[i];
      const PagePoint to = ring[(i + 1) % ring.size()];
      const double from_depth = side.depth(from);
      const double to_depth = side.depth(to);
      if (from_depth >= 0) {
        kept.push_back(from);
      }
      if ((from_depth >= 0) != (to_depth >= 0)) {
        const double t = from_depth / (from_depth - to_depth);
        kept.push_back({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
      }
    }
    ring = std::move(kept);
  }
  return ring;
}

}  // namespace documents
