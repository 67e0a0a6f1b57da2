// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "route/road_graph.hpp"

namespace route {

struct SlopeReport {
  std::size_t edges = 0;
  std::size_t edges_without_height = 0;  ///< outside the model or over "no data"
  std::size_t edges_levelled = 0;        ///< bridges and tunnels: slope between their portals
  double steepest_permille = 0;
};

struct EdgeSlopes {
  std::vector<std::int16_t> permille;  ///< by edge, forward; `Road::kUnknownIncline` if not known
  SlopeReport report;
};

/// Slope of every edge from an elevation model:
///   GeoTIFF, SRTM HGT or ASCII grid in any CRS with a definition, also inside a ZIP as
///   `/vsizip/archive.zip/file`;
///
///   標高タイル of 国土地理院, text or PNG: the folder above z/x/y; the deepest zoom under the
///   town;
///
///   基盤地図情報 DEM5A/10B sheets (.xml) of one spacing: a file, a folder, a ZIP, a ZIP of ZIPs.
///
/// Heights at the nodes are bilinear samples averaged over a small disc; an edge's slope is the
/// height difference of its ends over its length, so noise between them invents no cliffs; edges
/// shorter than 20 m or two pixels get the slope of the ground along them over that baseline.
/// Nodes within bridges and tunnels lie on the line between the portals. At most 1000 permille.
/// Throws `InputError` when the file is not a raster with a position, is damaged, or does not cover
/// any road; the error names the model's range and the town's.
[[nodiscard]] EdgeSlopes slopes_from_dem(const RoadGraph& graph, const std::filesystem::path& dem);

}  // namespace route
