// SPDX-License-Identifier: Apache-2.0
#include "edge_hazards.hpp"
#include "edge_index.hpp"
#include "polygon.hpp"
#include "route/hazard.hpp"

// One box query per zone against the boxes of the edges, then the exact test.

namespace route {
namespace {

bool passes_above(const Road& road, const HazardZone& zone) {
  return is_water(zone.kind) && zone.rank <= 2 && road.bridge != 0 && road.tunnel == 0;
}

}  // namespace

IdVector<EdgeId, std::vector<EdgeHazard>> hazards_on_edges(const RoadGraph& graph,
                                                           const HazardMap& map) {
  IdVector<EdgeId, std::vector<EdgeHazard>> result(graph.edge_count());
  const EdgeIndex index(graph);
  for (const HazardZone& zone : map.zones) {
    const BandedPolygon area(zone.rings);
    for (const EdgeId edge : index.near(area.box())) {
      if (!passes_above(graph.road(edge), zone) && area.touches(graph.shape(edge))) {
        add_hazard(result[edge], {zone.kind, zone.rank, zone.arrival_s, zone.depth_cm});
      }
    }
  }
  return result;
}

}  // namespace route
