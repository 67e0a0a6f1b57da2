// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace route {

/// A place on the Earth in 1e-7 degrees (about 1 cm), the resolution OpenStreetMap stores.
/// Datum: WGS 84 / JGD2011 (EPSG:6668); they differ by less than this resolution matters here.
struct LatLon {
  std::int32_t lat_e7 = 0;
  std::int32_t lon_e7 = 0;

  [[nodiscard]] double lat() const { return lat_e7 / 1e7; }
  [[nodiscard]] double lon() const { return lon_e7 / 1e7; }
  friend constexpr bool operator==(const LatLon&, const LatLon&) = default;
};

/// Degrees to `LatLon`; rounds to the nearest 1e-7 degree. Requires |lat| <= 90, |lon| <= 180.
[[nodiscard]] LatLon from_degrees(double lat, double lon);

using Polyline = std::vector<LatLon>;

/// Length in metres of the straight line between two places up to some kilometres apart: an
/// equirectangular projection with the meridian and prime-vertical radii of GRS 80 at the middle
/// latitude. Error against the geodesic: below 0.01 % for 10 km.
[[nodiscard]] double distance_m(LatLon a, LatLon b);

/// The point of segment a-b nearest to p, as a share of the way from a to b in [0, 1].
[[nodiscard]] double nearest_fraction(LatLon p, LatLon a, LatLon b);

/// The place `fraction` of the way from a to b.
[[nodiscard]] LatLon interpolate(LatLon a, LatLon b, double fraction);

/// Smallest box around some places.
struct Box {
  LatLon low{900'000'000, 1'800'000'000};
  LatLon high{-900'000'000, -1'800'000'000};

  void add(LatLon p);
  [[nodiscard]] bool contains(LatLon p) const;
};

}  // namespace route
