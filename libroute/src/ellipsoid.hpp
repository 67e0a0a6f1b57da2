// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numbers>

namespace route {

/// Metres on the ground per 1e-7 degree.
struct GroundScale {
  double north_m_per_e7;  ///< grows from the equator to the poles by 1 %
  double east_m_per_e7;   ///< shrinks from the equator to the poles to nothing
};

/// At a latitude on GRS 80, the ellipsoid of JGD2011.
[[nodiscard]] inline GroundScale scale_at(double lat_e7) {
  constexpr double kSemiMajorAxisM = 6'378'137.0;
  constexpr double kFlattening = 1.0 / 298.257222101;
  constexpr double kEccentricitySquared = kFlattening * (2.0 - kFlattening);
  constexpr double kRadiansPerE7 = std::numbers::pi / 180.0 * 1e-7;

  const double lat = lat_e7 * kRadiansPerE7;
  const double sine = std::sin(lat);
  const double w2 = 1.0 - kEccentricitySquared * sine * sine;
  const double prime_vertical = kSemiMajorAxisM / std::sqrt(w2);
  const double meridian = prime_vertical * (1.0 - kEccentricitySquared) / w2;
  return {meridian * kRadiansPerE7, prime_vertical * std::cos(lat) * kRadiansPerE7};
}

}  // namespace route
