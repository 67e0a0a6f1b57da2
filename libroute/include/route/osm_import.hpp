// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "route/road_graph.hpp"

namespace route {

/// What became of the ways of a road file. Nothing is dropped silently.
struct BuildReport {
  std::size_t ways_read = 0;  ///< ways with a `highway` tag (or a ferry, ...); GIS: lines
  std::size_t ways_used = 0;
  std::map<std::string, std::size_t> ways_dropped;  ///< reason -> count
  /// What was repaired, or not understood and therefore stays unknown -> count.
  std::map<std::string, std::size_t> remarks;
  std::size_t nodes = 0;  ///< nodes of the graph, after collapsing chains
  std::size_t edges = 0;
  std::size_t missing_nodes = 0;  ///< way members whose coordinates are not in the file
  std::size_t components = 0;     ///< connected pieces, ignoring access and direction
  std::size_t nodes_in_largest = 0;
  double length_km = 0;
};

struct RoadImport {
  RoadGraph graph;
  BuildReport report;
};

/// Share of the work done so far, 0 to 1, with the name of the step.
using Progress = std::function<void(std::string_view step, double share)>;

/// Reads `.osm`, `.osm.gz`, `.osm.bz2` or `.osm.pbf`. Ways are cut at shared nodes, at barriers
/// and at their ends; chains between cuts become one edge with a shape. Node and way ids are those
/// of the file. Tags: <https://wiki.openstreetmap.org/wiki/Key:highway>, JP `yh:WIDTH`.
/// Throws `InputError` for a file that is not OSM, is truncated or holds no road.
[[nodiscard]] RoadImport import_osm(const std::filesystem::path& file,
                                    const Progress& progress = {});

}  // namespace route
