// SPDX-License-Identifier: Apache-2.0
#include "route/mobility_profile.hpp"

#include <algorithm>

#include "route/error.hpp"

// A missing attribute is never read as "fine": it passes at `unknown_factor` and the pace says so.
// An attribute that is known to be bad is a ban. Only what the profile depends on is asked for.

namespace route {
namespace {

bool needs_width(const MobilityProfile& profile) {
  return profile.min_width_cm > 0;
}

bool needs_slope(const MobilityProfile& profile) {
  constexpr std::int16_t kNoLimit = 32767;
  return !profile.slope_speed.empty() || profile.max_up_permille != kNoLimit ||
         profile.max_down_permille != kNoLimit;
}

bool needs_surface(const MobilityProfile& profile) {
  return profile.worst_smoothness != Smoothness::Impassable ||
         std::any_of(profile.surface_factor.begin(), profile.surface_factor.end(),
                     [](double factor) { return factor != 1; });
}

/// A surveyor who wrote `wheelchair=yes` has judged width, surface and slope together.
bool judged_passable(const MobilityProfile& profile, const Road& road) {
  return profile.on_wheels && !profile.is_vehicle && road.wheelchair == Tri::Yes;
}

bool has_access(const MobilityProfile& profile, const Road& road) {
  if (profile.is_vehicle) {
    return road.vehicle != Tri::No;
  }
  return road.foot != Tri::No && !(profile.on_wheels && road.wheelchair == Tri::No);
}

bool against_oneway(const MobilityProfile& profile, const Road& road, bool forward) {
  const std::uint8_t oneway = profile.is_vehicle ? road.oneway_vehicle : road.oneway_foot;
  return oneway == (forward ? 2 : 1);
}

bool barred(Passage passage, const MobilityProfile& profile) {
  return passage == Passage::Banned || (passage == Passage::WithHelpers && profile.hands == 0);
}

/// Bollards stop vehicles. Gates pass people; vehicles where the map says so. A cycle barrier is
/// built narrow, so who needs a width must know it. Nobody who needs a width gets through a stile,
/// turnstile or kissing gate.
bool barred_by_barrier(const MobilityProfile& profile, const Road& road) {
  switch (road.barrier) {
    case Barrier::None:
      return false;
    case Barrier::Bollard:
      return profile.is_vehicle;
    case Barrier::Gate:
      return profile.is_vehicle && road.vehicle != Tri::Yes;
    case Barrier::Kerb:
      return barred(profile.raised_kerb, profile);
    case Barrier::CycleBarrier:
      return profile.is_vehicle ||
             ((profile.on_wheels || needs_width(profile)) && road.width_cm == 0);
    case Barrier::Stile:
      return profile.is_vehicle || profile.on_wheels || needs_width(profile);
    case Barrier::Wall:
      return true;
  }
  return true;
}

bool too_steep(const MobilityProfile& profile, std::optional<std::int16_t> slope) {
  return slope.has_value() &&
         (*slope > profile.max_up_permille || -*slope > profile.max_down_permille);
}

bool surface_banned(const MobilityProfile& profile, const Road& road) {
  return profile.surface_factor.at(static_cast<std::size_t>(road.surface)) <= 0 ||
         (road.smoothness != Smoothness::Unknown && road.smoothness > profile.worst_smoothness);
}

Ban ban_on(const MobilityProfile& profile, const Road& road, bool forward) {
  const bool steps = road.road_class == RoadClass::Steps;
  if (!has_access(profile, road)) {
    return Ban::NoAccess;
  }
  if (!steps && !profile.class_allowed.at(static_cast<std::size_t>(road.road_class))) {
    return Ban::RoadKind;
  }
  if (against_oneway(profile, road, forward)) {
    return Ban::AgainstOneway;
  }
  if (steps && barred(profile.steps, profile)) {
    return Ban::Steps;
  }
  if (!steps && too_steep(profile, slope_of(road, forward))) {
    return Ban::TooSteep;
  }
  if (road.width_cm != 0 && road.width_cm < profile.min_width_cm) {
    return Ban::TooNarrow;
  }
  if (!steps && surface_banned(profile, road)) {
    return Ban::Surface;
  }
  if (barred_by_barrier(profile, road)) {
    return Ban::Barrier;
  }
  // Its depth is not mapped and people evacuate in heavy rain.
  return road.ford != 0 ? Ban::Water : Ban::None;
}

bool lacks_attributes(const MobilityProfile& profile, const Road& road, bool forward) {
  if (judged_passable(profile, road)) {
    return false;
  }
  if (needs_width(profile) && road.width_cm == 0) {
    return true;
  }
  if (profile.raised_kerb != Passage::Free && road.barrier == Barrier::Kerb) {
    return true;  // its height is not mapped
  }
  if (road.road_class == RoadClass::Steps) {
    return false;  // the speed on steps stands for slope and surface
  }
  return (needs_slope(profile) && !slope_of(road, forward).has_value()) ||
         (needs_surface(profile) && road.surface == Surface::Unknown);
}

double slope_factor(const std::vector<SlopePoint>& curve, std::int16_t slope) {
  if (curve.empty()) {
    return 1;
  }
  const auto above = std::find_if(curve.begin(), curve.end(), [slope](const SlopePoint& point) {
    return point.slope_permille >= slope;
  });
  if (above == curve.begin() || above == curve.end()) {
    return above == curve.end() ? curve.back().factor : curve.front().factor;
  }
  const SlopePoint& low = *std::prev(above);
  const double share = static_cast<double>(slope - low.slope_permille) /
                       (above->slope_permille - low.slope_permille);
  return low.factor + share * (above->factor - low.factor);
}

/// Speed by day and in dry weather on a road whose attributes are all known.
double plain_speed(const MobilityProfile& profile, const Road& road, bool forward) {
  if (road.road_class == RoadClass::Steps) {
    return profile.steps_speed_mps;
  }
  const double of_class = profile.class_speed_mps.at(static_cast<std::size_t>(road.road_class));
  const double level = of_class > 0 ? of_class : profile.level_speed_mps;
  const auto slope = slope_of(road, forward);
  return level * (slope.has_value() ? slope_factor(profile.slope_speed, *slope) : 1) *
         profile.surface_factor.at(static_cast<std::size_t>(road.surface));
}

}  // namespace

std::optional<std::int16_t> slope_of(const Road& road, bool forward) {
  const std::int16_t slope =
      road.slope_permille != Road::kUnknownIncline ? road.slope_permille : road.incline_permille;
  if (slope == Road::kUnknownIncline) {
    return std::nullopt;
  }
  return forward ? slope : static_cast<std::int16_t>(-slope);
}

Pace pace(const MobilityProfile& profile, const Road& road, bool forward, Conditions conditions) {
  Pace result;
  result.ban = ban_on(profile, road, forward);
  if (result.ban != Ban::None) {
    return result;
  }
  result.unverified = lacks_attributes(profile, road, forward);
  result.speed_mps =
      plain_speed(profile, road, forward) * (result.unverified ? profile.unknown_factor : 1) *
      (conditions.night ? profile.night_factor : 1) * (conditions.rain ? profile.rain_factor : 1);
  return result;
}

const MobilityProfile& profile_named(const std::vector<MobilityProfile>& profiles,
                                     std::string_view name) {
  std::string names;
  for (const MobilityProfile& profile : profiles) {
    if (profile.name == name) {
      return profile;
    }
    names += (names.empty() ? "" : ", ") + profile.name;
  }
  throw InputError("移動の種類「" + std::string(name) + "」はありません。あるのは: " + names);
}

}  // namespace route
