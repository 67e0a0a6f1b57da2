// SPDX-License-Identifier: Apache-2.0
#include "route/geo.hpp"

#include <algorithm>
#include <cmath>

#include "ellipsoid.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr double kMaxLatE7 = 900'000'000;
constexpr double kHalfTurnE7 = 1'800'000'000;

// Difference of longitudes the short way round, so that the antimeridian is not a wall.
double east_e7(LatLon from, LatLon to) {
  const double east = static_cast<double>(to.lon_e7) - from.lon_e7;
  if (east > kHalfTurnE7) {
    return east - 2 * kHalfTurnE7;
  }
  return east < -kHalfTurnE7 ? east + 2 * kHalfTurnE7 : east;
}

double north_e7(LatLon from, LatLon to) {
  return static_cast<double>(to.lat_e7) - from.lat_e7;
}

double middle_lat_e7(LatLon a, LatLon b) {
  return (static_cast<double>(a.lat_e7) + b.lat_e7) / 2;
}

}  // namespace

LatLon from_degrees(double lat, double lon) {
  const double lat_e7 = std::round(lat * 1e7);
  const double lon_e7 = std::round(lon * 1e7);
  TOMONI_EXPECT(std::abs(lat_e7) <= kMaxLatE7 && std::abs(lon_e7) <= kHalfTurnE7);
  return {static_cast<std::int32_t>(lat_e7), static_cast<std::int32_t>(lon_e7)};
}

double distance_m(LatLon a, LatLon b) {
  const GroundScale scale = scale_at(middle_lat_e7(a, b));
  return std::hypot(north_e7(a, b) * scale.north_m_per_e7, east_e7(a, b) * scale.east_m_per_e7);
}

double nearest_fraction(LatLon p, LatLon a, LatLon b) {
  const GroundScale scale = scale_at(middle_lat_e7(a, b));
  const double bx = east_e7(a, b) * scale.east_m_per_e7;
  const double by = north_e7(a, b) * scale.north_m_per_e7;
  const double px = east_e7(a, p) * scale.east_m_per_e7;
  const double py = north_e7(a, p) * scale.north_m_per_e7;
  const double length_squared = bx * bx + by * by;
  if (length_squared <= 0) {
    return 0;
  }
  return std::clamp((px * bx + py * by) / length_squared, 0.0, 1.0);
}

LatLon interpolate(LatLon a, LatLon b, double fraction) {
  double lon_e7 = std::round(a.lon_e7 + fraction * east_e7(a, b));
  if (std::abs(lon_e7) > kHalfTurnE7) {
    lon_e7 -= std::copysign(2 * kHalfTurnE7, lon_e7);
  }
  const double lat_e7 = std::round(a.lat_e7 + fraction * north_e7(a, b));
  return {static_cast<std::int32_t>(lat_e7), static_cast<std::int32_t>(lon_e7)};
}

void Box::add(LatLon p) {
  low = {std::min(low.lat_e7, p.lat_e7), std::min(low.lon_e7, p.lon_e7)};
  high = {std::max(high.lat_e7, p.lat_e7), std::max(high.lon_e7, p.lon_e7)};
}

bool Box::contains(LatLon p) const {
  return low.lat_e7 <= p.lat_e7 && p.lat_e7 <= high.lat_e7 && low.lon_e7 <= p.lon_e7 &&
         p.lon_e7 <= high.lon_e7;
}

}  // namespace route
