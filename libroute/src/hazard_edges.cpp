// SPDX-License-Identifier: Apache-2.0
#define BOOST_ALLOW_DEPRECATED_HEADERS  // Boost.Geometry 1.74 includes one and says so
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <iterator>
#include <utility>

#include "edge_hazards.hpp"
#include "polygon.hpp"
#include "route/hazard.hpp"

// One box query per zone against the boxes of the edges, then the exact test.

namespace route {
namespace {

namespace bg = boost::geometry;
using Point = bg::model::d2::point_xy<double>;
using BoxXY = bg::model::box<Point>;
using Entry = std::pair<BoxXY, EdgeId>;
using EdgeTree = bg::index::rtree<Entry, bg::index::rstar<16>>;

BoxXY to_xy(const Box& box) {
  return {{static_cast<double>(box.low.lon_e7), static_cast<double>(box.low.lat_e7)},
          {static_cast<double>(box.high.lon_e7), static_cast<double>(box.high.lat_e7)}};
}

EdgeTree index_edges(const RoadGraph& graph) {
  std::vector<Entry> entries;
  entries.reserve(graph.edge_count());
  for (const EdgeId edge : graph.edges()) {
    Box box;
    for (const LatLon point : graph.shape(edge)) {
      box.add(point);
    }
    entries.emplace_back(to_xy(box), edge);
  }
  return EdgeTree(entries);
}

bool passes_above(const Road& road, const HazardZone& zone) {
  const bool water = zone.kind != HazardKind::Landslide && zone.kind != HazardKind::Fire;
  return water && zone.rank <= 2 && road.bridge != 0 && road.tunnel == 0;
}

}  // namespace

IdVector<EdgeId, std::vector<EdgeHazard>> hazards_on_edges(const RoadGraph& graph,
                                                           const HazardMap& map) {
  IdVector<EdgeId, std::vector<EdgeHazard>> result(graph.edge_count());
  const EdgeTree tree = index_edges(graph);
  std::vector<Entry> near;
  for (const HazardZone& zone : map.zones) {
    const BandedPolygon area(zone.rings);
    near.clear();
    tree.query(bg::index::intersects(to_xy(area.box())), std::back_inserter(near));
    for (const auto& [box, edge] : near) {
      if (!passes_above(graph.road(edge), zone) && area.touches(graph.shape(edge))) {
        merge_hazard(result[edge], {zone.kind, zone.rank, zone.arrival_s});
      }
    }
  }
  return result;
}

}  // namespace route
