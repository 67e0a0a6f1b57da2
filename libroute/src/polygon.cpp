// SPDX-License-Identifier: Apache-2.0
#include "polygon.hpp"

#include <algorithm>
#include <cmath>

namespace route {
namespace {

constexpr std::size_t kSegmentsPerBand = 16;
constexpr std::size_t kMostBands = 256;

/// 1 where c lies left of a-b, -1 right, 0 on the line.
int side(LatLon a, LatLon b, LatLon c) {
  const double east = static_cast<double>(b.lon_e7) - a.lon_e7;
  const double north = static_cast<double>(b.lat_e7) - a.lat_e7;
  const double area = east * (static_cast<double>(c.lat_e7) - a.lat_e7) -
                      north * (static_cast<double>(c.lon_e7) - a.lon_e7);
  return (area > 0 ? 1 : 0) - (area < 0 ? 1 : 0);
}

bool overlap(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
  return std::max(a, b) >= std::min(c, d) && std::max(c, d) >= std::min(a, b);
}

}  // namespace

bool ray_crosses(LatLon place, LatLon a, LatLon b) {
  if ((a.lat_e7 > place.lat_e7) == (b.lat_e7 > place.lat_e7)) {
    return false;
  }
  return side(a, b, place) == (b.lat_e7 > a.lat_e7 ? 1 : -1);
}

bool inside(std::span<const Polyline> rings, LatLon place) {
  bool odd = false;
  for (const Polyline& ring : rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      odd = odd != ray_crosses(place, ring[i - 1], ring[i]);
    }
  }
  return odd;
}

bool goes_round(const Polyline& ring, LatLon place) {
  int turns = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    if (ray_crosses(place, ring[i - 1], ring[i])) {
      turns += ring[i].lat_e7 > ring[i - 1].lat_e7 ? 1 : -1;
    }
  }
  return turns != 0;
}

bool segments_touch(LatLon a, LatLon b, LatLon c, LatLon d) {
  return overlap(a.lat_e7, b.lat_e7, c.lat_e7, d.lat_e7) &&
         overlap(a.lon_e7, b.lon_e7, c.lon_e7, d.lon_e7) && side(a, b, c) * side(a, b, d) <= 0 &&
         side(c, d, a) * side(c, d, b) <= 0;
}

bool segments_cross(LatLon a, LatLon b, LatLon c, LatLon d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

bool crosses_itself(const Polyline& ring) {
  struct Side {
    std::int32_t low;
    std::int32_t high;
    std::size_t end;  // index of its second point
  };
  std::vector<Side> sides;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto [low, high] = std::minmax(ring[i - 1].lat_e7, ring[i].lat_e7);
    sides.push_back({low, high, i});
  }
  std::sort(sides.begin(), sides.end(), [](const Side& a, const Side& b) { return a.low < b.low; });
  for (auto side = sides.begin(); side != sides.end(); ++side) {
    for (auto other = side + 1; other != sides.end() && other->low <= side->high; ++other) {
      if (segments_cross(ring[side->end - 1], ring[side->end], ring[other->end - 1],
                         ring[other->end])) {
        return true;
      }
    }
  }
  return false;
}

BandedPolygon::BandedPolygon(std::span<const Polyline> rings) {
  std::size_t segments = 0;
  for (const Polyline& ring : rings) {
    segments += ring.size();
    for (const LatLon point : ring) {
      box_.add(point);
    }
  }
  bands_.resize(std::clamp<std::size_t>(segments / kSegmentsPerBand, 1, kMostBands));
  for (const Polyline& ring : rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      const auto [low, high] = std::minmax(ring[i - 1].lat_e7, ring[i].lat_e7);
      for (std::size_t band = band_of(low); band <= band_of(high); ++band) {
        bands_[band].push_back({ring[i - 1], ring[i]});
      }
    }
  }
}

bool BandedPolygon::touches(std::span<const LatLon> line) const {
  // Without a crossing all of it or none.
  return rings_touch(line) || (!line.empty() && contains(line.front()));
}

bool BandedPolygon::rings_touch(std::span<const LatLon> line) const {
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (crossed_by(line[i - 1], line[i])) {
      return true;
    }
  }
  return false;
}

std::size_t BandedPolygon::band_of(std::int32_t lat_e7) const {
  const double height = static_cast<double>(box_.high.lat_e7) - box_.low.lat_e7 + 1;
  const double share = (static_cast<double>(lat_e7) - box_.low.lat_e7) / height;
  const auto count = static_cast<double>(bands_.size());
  return static_cast<std::size_t>(std::clamp(std::floor(share * count), 0.0, count - 1));
}

bool BandedPolygon::contains(LatLon place) const {
  if (!box_.contains(place)) {
    return false;
  }
  bool odd = false;
  for (const Segment& segment : bands_[band_of(place.lat_e7)]) {
    odd = odd != ray_crosses(place, segment.a, segment.b);
  }
  return odd;
}

bool BandedPolygon::crossed_by(LatLon a, LatLon b) const {
  const auto [low, high] = std::minmax(a.lat_e7, b.lat_e7);
  for (std::size_t band = band_of(low); band <= band_of(high); ++band) {
    for (const Segment& segment : bands_[band]) {
      if (segments_touch(a, b, segment.a, segment.b)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace route
