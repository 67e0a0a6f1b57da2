// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "route/road.hpp"

namespace route {

/// Whether a profile passes something.
enum class Passage : std::uint8_t { Free, WithHelpers, Banned };

/// One point of the speed-over-slope curve; between points the factor is interpolated, outside
/// the outermost points it stays.
struct SlopePoint {
  std::int16_t slope_permille = 0;  ///< up is positive
  double factor = 1;                ///< on the level speed
};

/// How a person moves: speeds, limits and bans, all from `data/rules/profiles.toml`, where every
/// figure has its source.
struct MobilityProfile {
  std::string name;  ///< walk, assisted, rollator, wheelchair, stretcher, vehicle, ...
  std::string label_ja;
  bool on_wheels = false;                ///< stiles and `wheelchair=no` count
  bool is_vehicle = false;               ///< obeys vehicle access and one-way streets
  double level_speed_mps = 1;            ///< > 0
  std::vector<SlopePoint> slope_speed;   ///< rising in slope; empty = no effect
  std::int16_t max_up_permille = 32767;  ///< steeper is banned
  std::int16_t max_down_permille = 32767;
  Passage steps = Passage::Free;
  double steps_speed_mps = 0;           ///< along the steps; used unless banned
  Passage raised_kerb = Passage::Free;  ///< a kerb that is not lowered (15 cm and more)
  std::uint16_t min_width_cm = 0;
  double unknown_factor = 1;  ///< on speed where width, surface or slope is not known
  std::array<double, 7> surface_factor{1, 1, 1, 1, 1, 1, 1};  ///< by `Surface`; 0 = banned
  Smoothness worst_smoothness = Smoothness::Impassable;       ///< worse is banned
  std::array<bool, 19> class_allowed{};                       ///< by `RoadClass`
  std::array<double, 19> class_speed_mps{};  ///< vehicles: speed by `RoadClass`; 0 = level speed
  double night_factor = 1;
  double rain_factor = 1;
  std::uint16_t max_flood_depth_cm = 0;  ///< deeper water is banned
  /// Highest rank of a zone that is passed, 0 = none: landslide (2 = special warning zone), fire,
  /// blockage (建物倒壊危険度).
  std::uint8_t max_landslide_rank = 0;
  std::uint8_t max_fire_rank = 0;
  std::uint8_t max_blockage_rank = 0;
  /// On a road known to be at least this wide rubble leaves a way through; 0 = on no road.
  std::uint16_t rubble_free_width_cm = 0;
  int hands = 0;  ///< helpers needed on the way
};

/// Reads every profile of a `profiles.toml` text. Throws `InputError` naming the key for an unknown
/// key, a missing figure or source, a speed that is not positive, or a duplicate name.
[[nodiscard]] std::vector<MobilityProfile> parse_profiles(std::string_view toml);

/// Finds a profile by name. Throws `InputError` listing the names there are.
[[nodiscard]] const MobilityProfile& profile_named(const std::vector<MobilityProfile>& profiles,
                                                   std::string_view name);

/// Why a profile cannot use a road.
enum class Ban : std::uint8_t {
  None,
  NoAccess,
  RoadKind,
  AgainstOneway,
  Steps,
  TooSteep,
  TooNarrow,
  Surface,
  Barrier,
  Water,
  Closed
};

/// Light and weather while moving.
struct Conditions {
  bool night = false;
  bool rain = false;
};

/// Speed of a profile on a road in one direction, or the ban.
struct Pace {
  double speed_mps = 0;  ///< 0 when banned
  Ban ban = Ban::None;
  bool unverified = false;  ///< some attribute it depends on is unknown
};

/// Slope of a road in one direction (up is positive): from the elevation model, else as tagged.
[[nodiscard]] std::optional<std::int16_t> slope_of(const Road& road, bool forward);

/// Pure: the whole truth about a profile on a road, without hazards. Where several bans hold, the
/// first of the order in `Ban` up to `Barrier` is named; a ford is `Water` for everybody.
[[nodiscard]] Pace pace(const MobilityProfile& profile, const Road& road, bool forward,
                        Conditions conditions = {});

}  // namespace route
