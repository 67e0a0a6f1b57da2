// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "route/geo.hpp"

namespace route {

// Areas as closed rings under the even-odd rule, in the plane of longitude and latitude. Products
// of coordinates are exact in double while a segment spans less than 9 degrees.

/// Whether a ray to the east from `place` crosses segment a-b; half-open in latitude, so that a
/// vertex on the ray counts once.
[[nodiscard]] bool ray_crosses(LatLon place, LatLon a, LatLon b);

[[nodiscard]] bool inside(std::span<const Polyline> rings, LatLon place);

/// Whether the ring goes round the place at all, however often: the non-zero rule.
[[nodiscard]] bool goes_round(const Polyline& ring, LatLon place);

/// Whether segments a-b and c-d cross at a point that is an end of neither.
[[nodiscard]] bool segments_cross(LatLon a, LatLon b, LatLon c, LatLon d);

/// Whether segments a-b and c-d have a point in common, ends included.
[[nodiscard]] bool segments_touch(LatLon a, LatLon b, LatLon c, LatLon d);

/// Whether two sides of the closed ring cross at a point inside both. Sides that only touch, as in
/// outlines made from raster cells, do not.
[[nodiscard]] bool crosses_itself(const Polyline& ring);

/// An area prepared for many questions: its segments sorted into bands of latitude, so that a
/// short line is compared with a few hundred of many thousand segments.
class BandedPolygon {
 public:
  explicit BandedPolygon(std::span<const Polyline> rings);

  /// Whether the line runs through the area or touches its edge.
  [[nodiscard]] bool touches(std::span<const LatLon> line) const;
  /// Whether the line touches one of the rings themselves.
  [[nodiscard]] bool rings_touch(std::span<const LatLon> line) const;
  [[nodiscard]] const Box& box() const { return box_; }

 private:
  struct Segment {
    LatLon a;
    LatLon b;
  };
  [[nodiscard]] std::size_t band_of(std::int32_t lat_e7) const;
  [[nodiscard]] bool contains(LatLon place) const;
  [[nodiscard]] bool crossed_by(LatLon a, LatLon b) const;

  Box box_;
  std::vector<std::vector<Segment>> bands_;
};

}  // namespace route
