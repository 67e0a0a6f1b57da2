// SPDX-License-Identifier: Apache-2.0
#pragma once

// From ways as they stand in a map to edges between nodes.
//
// Ways are cut where they share a node with another way or with themselves, at their ends, where
// coordinates are missing (no straight line is drawn over the gap), and at obstacles. A ring that
// begins where nothing else is begins at its first crossing instead, if it has two. Ways that
// follow each other are never joined: an edge has one way id, by which it may be closed.
//
// Obstacles on nodes: a node cannot carry a weight, so the obstacle moves to the segments beside
// it: to all of them but the longest. Two segments at the same node are thus never both free, and
// whoever passes the node meets the obstacle at least once, on a plain way exactly once. The way is
// cut at the other end of such a segment too, so that no one living further down the road is shut
// in with the obstacle. At a dead end there is nothing to pass and nothing is marked.

#include <cstdint>
#include <string>
#include <vector>

#include "osm_tags.hpp"
#include "route/geo.hpp"
#include "route/osm_import.hpp"

namespace route {

struct SourceWay {
  Road road;
  std::string name;
  std::size_t first_ref = 0;  ///< into `SourceMap::refs`
  std::size_t last_ref = 0;   ///< behind the last one
};

struct SourceNode {
  LatLon position;
  bool placed = false;  ///< its coordinates are known
  Obstacle obstacle;
};

/// The roads of a file. `nodes[i]` has the id `node_ids[i]`; ids ascend.
struct SourceMap {
  std::vector<SourceWay> ways;
  std::vector<std::int64_t> refs;
  std::vector<std::int64_t> node_ids;
  std::vector<SourceNode> nodes;
  bool has_source_ids = true;  ///< false: ids are running numbers that mean nothing outside
};

/// Makes the graph and completes the report. Nodes in order of their ids, edges in order of the
/// ways and along them.
[[nodiscard]] RoadGraph cut_ways(const SourceMap& map, BuildReport& report);

}  // namespace route
