// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "route/road_graph.hpp"

namespace route {

enum class HazardKind : std::uint8_t {
  Flood,
  InlandFlood,
  Landslide,
  StormSurge,
  Tsunami,
  Fire,
  Blockage  ///< rubble of collapsed houses on the road after an earthquake (建物倒壊による道路閉塞)
};

/// Whether what comes is water, so that its depth counts.
[[nodiscard]] bool is_water(HazardKind kind);

/// An area where something dangerous is expected.
struct HazardZone {
  HazardKind kind = HazardKind::Flood;
  /// Water: depth class of A31a_205 (1 below 0.5 m ... 6 from 20 m). Landslide: 1 warning zone,
  /// 2 special warning zone (A33_002). Blockage: 1 to 5, 建物倒壊危険度 of the quarter.
  std::uint8_t rank = 1;
  /// Seconds after the start of the event; nothing = dangerous from the start or not known.
  std::optional<std::uint32_t> arrival_s;
  std::vector<Polyline> rings;  ///< closed; even-odd rule, so holes are just more rings
  Box box;
  /// Water: its greatest depth where the source says it more finely than by class; 0 = it does not.
  std::uint16_t depth_cm = 0;
};

/// Deepest water of a depth rank in centimetres, as the upper bound of its class (国土数値情報
/// A31a); rank 6 has no bound and gives 65535.
[[nodiscard]] std::uint16_t depth_bound_cm(std::uint8_t rank);

struct HazardMap {
  std::vector<HazardZone> zones;

  /// Worst zone of a kind at a place, or nothing.
  [[nodiscard]] const HazardZone* at(LatLon place, HazardKind kind) const;
};

struct HazardReport {
  std::size_t features_read = 0;
  std::size_t zones = 0;
  std::vector<std::string> dropped;   ///< one line per feature left out, with the reason
  std::vector<std::string> repaired;  ///< one line per ring mended
};

struct HazardImport {
  HazardMap map;
  HazardReport report;
};

/// Reads polygons through GDAL (GeoJSON, shapefile, GeoPackage; any CRS with a definition).
/// Columns: `kind` + `rank` + `depth_cm` + `arrival_min`; those of 国土数値情報 (A31a_205,
/// A33_001/A33_002); 浸水ランク with 種類 (2 flood, 3 tsunami) or 区域区分 (PLATEAU); 最大浸水深 as
/// text, the kind then standing in the layer's name (内水, 洪水, 高潮, 津波). Every polygon becomes
/// a zone of its own, so that polygons of one feature that overlap do not cancel out. Throws
/// `InputError` when the file cannot be read or no feature can be understood.
[[nodiscard]] HazardImport import_hazards(const std::filesystem::path& file);

/// Reads a raster of water depths in metres (GeoTIFF; dry: 0, below 0, no data), as simulations of
/// floods and tsunamis give one for each time step. Depths are rounded up to tenths of a metre,
/// above one metre to whole metres. Throws `InputError` for a kind that is no water and for a
/// raster without place, coordinate system or wet cell, deeper than 100 m, or of over 10^8 cells.
[[nodiscard]] HazardImport import_depth_raster(const std::filesystem::path& file, HazardKind kind);

/// The hazard map as GeoJSON that `import_hazards` reads back unchanged.
[[nodiscard]] std::string hazards_geojson(const HazardMap& map);

/// A zone an edge runs into.
struct EdgeHazard {
  HazardKind kind = HazardKind::Flood;
  std::uint8_t rank = 1;
  std::optional<std::uint32_t> arrival_s;
  std::uint16_t depth_cm = 0;  ///< as in `HazardZone`
  friend bool operator==(const EdgeHazard&, const EdgeHazard&) = default;
};

/// Deepest water to expect, in centimetres; requires a kind that is water.
[[nodiscard]] std::uint16_t water_depth_cm(const EdgeHazard& hazard);

/// For every edge the zones its shape touches, by kind, then arrival. Of each kind only those are
/// kept that are worse than everything of that kind before them: shallow water now and deep water
/// in an hour are two entries, because they close the road to different people. Bridges are not
/// flooded by ranks 1 and 2; tunnels and underpasses are.
[[nodiscard]] IdVector<EdgeId, std::vector<EdgeHazard>> hazards_on_edges(const RoadGraph& graph,
                                                                         const HazardMap& map);

}  // namespace route
