// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace route {

/// Rank of a road in the town's hierarchy, from the `highway` tag.
enum class RoadClass : std::uint8_t {
  Motorway,
  Trunk,
  Primary,
  Secondary,
  Tertiary,
  Unclassified,
  Residential,
  LivingStreet,
  Service,
  Track,
  Pedestrian,
  Footway,
  Path,
  Cycleway,
  Bridleway,
  Corridor,
  Steps,
  Elevator,
  Unknown
};

/// What one walks or rolls on, from the `surface` tag.
enum class Surface : std::uint8_t {
  Unknown,
  Paved,      ///< asphalt, concrete, paving stones, metal, wood
  Cobbled,    ///< sett, cobblestone, unhewn
  Compacted,  ///< compacted, fine gravel
  Gravel,     ///< gravel, pebbles, rock
  Ground,     ///< ground, dirt, earth, grass
  Soft        ///< mud, sand
};

/// From the `smoothness` tag, best first.
enum class Smoothness : std::uint8_t { Unknown, Good, Intermediate, Bad, VeryBad, Impassable };

/// An obstacle on the road or at one of its ends, from `barrier` tags.
enum class Barrier : std::uint8_t {
  None,
  Bollard,       ///< stops vehicles
  Gate,          ///< passes people; vehicles only where access allows
  Kerb,          ///< raised kerb: hard for wheels
  CycleBarrier,  ///< hard for wheels
  Stile,         ///< stile, turnstile, kissing gate, step-over: no wheels
  Wall           ///< nobody
};

/// Answer to "may this mode pass?" where the map may be silent.
enum class Tri : std::uint8_t { Unknown, No, Yes };

/// Attributes of an edge, as surveyed. "Unknown" is a value of its own and is never read as
/// "fine". Stored as is in a saved graph: 40 bytes, no padding, any change needs a new version.
struct Road {
  std::int64_t way_id = 0;       ///< source id of the way (OSM way id)
  std::uint32_t length_mm = 0;   ///< along the shape
  std::uint32_t name = 0;        ///< offset into the names of the graph; 0 = no name
  std::uint16_t width_cm = 0;    ///< usable width; 0 = unknown
  std::uint16_t step_count = 0;  ///< steps only; 0 = unknown
  std::int16_t incline_permille = kUnknownIncline;  ///< tagged, in forward direction
  std::int16_t slope_permille = kUnknownIncline;    ///< from the elevation model, forward direction
  RoadClass road_class = RoadClass::Unknown;
  Surface surface = Surface::Unknown;
  Smoothness smoothness = Smoothness::Unknown;
  Barrier barrier = Barrier::None;
  Tri foot = Tri::Unknown;        ///< access for people on foot
  Tri wheelchair = Tri::Unknown;  ///< `wheelchair` tag
  Tri vehicle = Tri::Unknown;     ///< access for motor vehicles
  Tri lit = Tri::Unknown;
  std::int8_t layer = 0;
  std::uint8_t bridge = 0;
  std::uint8_t tunnel = 0;
  std::uint8_t ford = 0;
  std::uint8_t crossing = 0;
  std::uint8_t sidewalk = 0;        ///< 1 = tagged with a pavement
  std::uint8_t oneway_vehicle = 0;  ///< 1 = vehicles forward only, 2 = backward only
  std::uint8_t oneway_foot = 0;     ///< 1 = people forward only, 2 = backward only

  static constexpr std::int16_t kUnknownIncline = -32768;
};
static_assert(sizeof(Road) == 40);

}  // namespace route
