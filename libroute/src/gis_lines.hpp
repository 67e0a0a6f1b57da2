// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "way_cutter.hpp"

namespace route {

/// One line of a GIS file.
struct GisLine {
  Road road;
  std::string name;
  std::size_t first = 0;  ///< into `GisLines::points`
  std::size_t last = 0;   ///< behind the last one
};

/// The lines of a GIS file, before it is known where they meet.
struct GisLines {
  std::vector<GisLine> lines;
  std::vector<LatLon> points;
  std::vector<bool> placed;  ///< by point: false = it is nowhere
  bool has_ids = false;      ///< ways carry ids of the file, so that twins with two ids are two
};

/// Finds the places where lines meet (rules: `import_gis`), drops lines without length and exact
/// twins, and tells both in the report.
[[nodiscard]] SourceMap join_lines(const GisLines& lines, double tolerance_m, BuildReport& report);

}  // namespace route
