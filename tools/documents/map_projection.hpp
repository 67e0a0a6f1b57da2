// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "documents/map_picture.hpp"

namespace documents {

struct PagePoint {
  double x = 0;
  double y = 0;
};

/// Geographic places to points on the page: equirectangular around the middle of the box, north
/// up, the box as large as the frame allows. Good to 0.01 % over a town.
class Projection {
 public:
  Projection(const Frame& frame, const route::Box& box);

  [[nodiscard]] PagePoint at(route::LatLon place) const;
  [[nodiscard]] double points_per_metre() const { return points_per_metre_; }
  [[nodiscard]] const Frame& frame() const { return frame_; }
  /// What the frame shows, with a small margin for line widths.
  [[nodiscard]] const route::Box& view() const { return view_; }
  [[nodiscard]] bool sees(const route::Box& box) const;

 private:
  Frame frame_;
  double mid_lat_e7_;
  double mid_lon_e7_;
  double points_per_lat_e7_ = 1;
  double points_per_lon_e7_ = 1;
  double points_per_metre_ = 1;
  route::Box view_;
};

/// A line on the page without points closer together than the eye can tell (0.3 pt).
[[nodiscard]] std::vector<PagePoint> thinned(const Projection& projection,
                                             std::span<const route::LatLon> line);

/// A closed ring cut to the rectangle (Sutherland and Hodgman, 1974). Pieces may stay joined along
/// the rectangle's sides, which the even-odd rule cancels.
[[nodiscard]] std::vector<PagePoint> cut_to(const Frame& frame, std::vector<PagePoint> ring);

}  // namespace documents
