// SPDX-License-Identifier: Apache-2.0
#include "edge_index.hpp"

#define BOOST_ALLOW_DEPRECATED_HEADERS  // Boost.Geometry 1.74 includes one and says so
#include <algorithm>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <iterator>
#include <utility>

namespace route {
namespace {

namespace bg = boost::geometry;
using Point = bg::model::d2::point_xy<double>;
using BoxXY = bg::model::box<Point>;
using Entry = std::pair<BoxXY, EdgeId>;

BoxXY to_xy(const Box& box) {
  return {{static_cast<double>(box.low.lon_e7), static_cast<double>(box.low.lat_e7)},
          {static_cast<double>(box.high.lon_e7), static_cast<double>(box.high.lat_e7)}};
}

std::vector<Entry> boxes_of_edges(const RoadGraph& graph) {
  std::vector<Entry> entries;
  entries.reserve(graph.edge_count());
  for (const EdgeId edge : graph.edges()) {
    Box box;
    for (const LatLon point : graph.shape(edge)) {
      box.add(point);
    }
    entries.emplace_back(to_xy(box), edge);
  }
  return entries;
}

}  // namespace

struct EdgeIndex::Tree {
  bg::index::rtree<Entry, bg::index::rstar<16>> boxes;
};

EdgeIndex::EdgeIndex(const RoadGraph& graph)
    : tree_(std::make_unique<Tree>(Tree{decltype(Tree::boxes)(boxes_of_edges(graph))})) {}

EdgeIndex::~EdgeIndex() = default;

std::vector<EdgeId> EdgeIndex::near(const Box& box) const {
  std::vector<Entry> found;
  tree_->boxes.query(bg::index::intersects(to_xy(box)), std::back_inserter(found));
  std::vector<EdgeId> edges;
  edges.reserve(found.size());
  for (const auto& [where, edge] : found) {
    edges.push_back(edge);
  }
  std::sort(edges.begin(), edges.end());
  return edges;
}

}  // namespace route
