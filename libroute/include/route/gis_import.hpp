// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "route/osm_import.hpp"

namespace route {

/// Where one attribute of a road stands in a file and how its texts translate.
struct GisColumn {
  std::vector<std::string> columns;           ///< the first one that is there and filled counts
  std::string unit;                           ///< width: m, cm; incline: %, permille, degree
  std::map<std::string, std::string> values;  ///< text in the file -> word of the vocabulary
  std::string otherwise;                      ///< where no column says anything; empty = unknown
};

/// How to read a road file that is not OSM. Attributes have names of their own; their words are
/// those of the OpenStreetMap tags of that name (`docs/file_formats.md`). An attribute without an
/// entry stays unknown.
struct GisColumns {
  std::map<std::string, GisColumn> attributes;
  double tolerance_m = 0.1;  ///< vertices no farther apart are one place
  std::string layer;         ///< read this layer only; empty = all
  std::string encoding;      ///< of a DBF that does not say (no .cpg, no language id)
  int epsg = 0;  ///< coordinate system of a file that does not say; 0 = refuse such files
};

/// Reads a mapping from TOML. Throws `InputError` naming the entry at fault: unknown attributes,
/// words outside the vocabulary, units and numbers out of range.
[[nodiscard]] GisColumns parse_gis_columns(std::string_view toml);

/// Reads the lines of a local Shapefile, GeoPackage, GeoJSON or GML file, also inside a ZIP
/// (`/vsizip/`), in any coordinate system with a definition.
///
/// Topology: every vertex within the tolerance of an earlier one is the same place. Lines meet
/// where they share a place, at ends and in between, and are cut there; lines that cross without a
/// shared vertex do not meet. At one place, lines of different levels (`layer`, else bridge +1,
/// tunnel -1) meet only if one of those levels has a single end there: a bridge over a road does
/// not, a bridge's end on a road does. Z values are ignored: heights come from an elevation model.
///
/// Lines of multi-lines are counted one by one. `Road::way_id` is the `id` column, or without one
/// the number of the feature in the file, from 1. Vertices that are nowhere (NaN, off the Earth,
/// outside the coordinate system's area of use) leave a gap over which no line is drawn; a file
/// most of whose vertices are nowhere is refused, and if exchanged axes explain it, the error says
/// so. Throws `InputError`, also for a file without a line or with none of the mapped columns.
[[nodiscard]] RoadImport import_gis(const std::filesystem::path& file, const GisColumns& columns,
                                    const Progress& progress = {});

}  // namespace route
