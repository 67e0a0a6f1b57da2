// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "route/road_graph.hpp"

namespace route {

/// A closed area: its outline, then its holes, each a closed ring. Whatever the outline goes round
/// belongs to the area, also where it crosses itself: a closure drawn badly must not have a gap in
/// its middle.
struct ClosedArea {
  std::vector<Polyline> rings;
};

/// Roads that somebody has closed: by area, by drawn line, by the id of the way, or all of them.
struct Closure {
  std::vector<ClosedArea> areas;   ///< every edge that touches one, also wholly inside
  std::vector<Polyline> lines;     ///< every edge that one crosses or touches
  std::vector<std::int64_t> ways;  ///< every edge of the way (OSM way id)
  /// In force from `from_s` until before `until_s`, seconds after the start of the event; nothing =
  /// from the start, to the end.
  std::optional<std::uint32_t> from_s;
  std::optional<std::uint32_t> until_s;
  std::string reason;                 ///< for people, e.g. 橋の点検中
  std::vector<std::string> profiles;  ///< names of the profiles it holds for; empty = all

  [[nodiscard]] bool holds_for(std::string_view profile) const;
  [[nodiscard]] bool in_force(std::uint32_t at_s) const;
};

/// What closures do to one graph, found once.
struct ClosureEffect {
  std::vector<std::vector<EdgeId>> edges;  ///< by closure, in rising order
  std::vector<std::int64_t> unknown_ways;  ///< asked for, but no way of this graph; rising
};

[[nodiscard]] ClosureEffect closure_effect(const RoadGraph& graph,
                                           std::span<const Closure> closures);

/// The edges closed to a profile at a time, in rising order: `MetricRequest::closed`. The effect
/// must come from the same closures.
[[nodiscard]] std::vector<EdgeId> closed_edges(std::span<const Closure> closures,
                                               const ClosureEffect& effect,
                                               std::string_view profile, std::uint32_t at_s);

/// When each edge that is ever closed to a profile is closed first, by rising edge: for searches
/// that know roads which close and never reopen.
[[nodiscard]] std::vector<std::pair<EdgeId, std::uint32_t>> first_closings(
    std::span<const Closure> closures, const ClosureEffect& effect, std::string_view profile);

struct ClosureReport {
  std::size_t features_read = 0;
  std::size_t closures = 0;
  std::vector<std::string> dropped;   ///< one line per feature left out, with the reason
  std::vector<std::string> repaired;  ///< one line per thing mended or assumed
};

struct ClosureImport {
  std::vector<Closure> closures;
  ClosureReport report;
};

/// Reads closures through GDAL (GeoJSON, shapefile, GeoPackage; any CRS with a definition), one per
/// feature. Columns: `kind` (area, line, way; what it says must be there), `way` (ids), `from_min`,
/// `until_min`, `reason`, `profiles` (names with `;`). Latitude and longitude the wrong way round
/// are turned where that is certain. Broken times close for longer, never for shorter. Throws
/// `InputError` when the file cannot be read or no feature can be understood.
[[nodiscard]] ClosureImport import_closures(const std::filesystem::path& file);

/// The closures as GeoJSON that `import_closures` reads back unchanged; a closure by several means
/// becomes several features.
[[nodiscard]] std::string closures_geojson(std::span<const Closure> closures);

}  // namespace route
