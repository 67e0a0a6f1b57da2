// SPDX-License-Identifier: Apache-2.0
#include "route/snapping.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <tuple>

#include "route/graph_builder.hpp"
#include "support/map_sketch.hpp"

namespace route {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

bool every_edge(EdgeId) {
  return true;
}

// Looks at every segment of every edge.
std::vector<RoadPosition> nearest_by_hand(const RoadGraph& graph, LatLon place,
                                          const RoadIndex::EdgeFilter& usable, double limit_m,
                                          std::size_t count) {
  std::vector<RoadPosition> found;
  for (const EdgeId edge : graph.edges()) {
    if (!usable(edge)) {
      continue;
    }
    RoadPosition best{edge, 0, {}, kNoLimit};
    double before = 0;
    const auto shape = graph.shape(edge);
    for (std::size_t i = 0; i + 1 < shape.size(); ++i) {
      const double share = nearest_fraction(place, shape[i], shape[i + 1]);
      const LatLon point = interpolate(shape[i], shape[i + 1], share);
      const double length = distance_m(shape[i], shape[i + 1]);
      if (distance_m(place, point) < best.distance_m) {
        best = {edge, before + share * length, point, distance_m(place, point)};
      }
      before += length;
    }
    best.fraction = before > 0 ? best.fraction / before : 0;
    if (best.distance_m <= limit_m) {
      found.push_back(best);
    }
  }
  std::ranges::sort(found, {},
                    [](const RoadPosition& p) { return std::tuple(p.distance_m, p.edge); });
  found.resize(std::min(found.size(), count));
  return found;
}

RoadGraph random_town(std::mt19937& random, std::uint32_t nodes, std::uint32_t edges) {
  const auto place = [&random] {
    return LatLon{static_cast<std::int32_t>(328'000'000 + random() % 500'000),
                  static_cast<std::int32_t>(1'307'000'000 + random() % 500'000)};
  };
  GraphBuilder builder;
  std::vector<LatLon> positions;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    positions.push_back(place());
    builder.add_node(positions.back());
  }
  for (std::uint32_t edge = 0; edge < edges; ++edge) {
    const NodeId from{static_cast<std::uint32_t>(random() % nodes)};
    const NodeId to{static_cast<std::uint32_t>(random() % nodes)};
    Polyline shape{positions[from.value]};
    for (auto bends = random() % 4; bends > 0; --bends) {
      shape.push_back(place());
    }
    shape.push_back(positions[to.value]);
    builder.add_edge(from, to, Road{}, shape);
  }
  return builder.build();
}

void expect_same(const std::vector<RoadPosition>& found,
                 const std::vector<RoadPosition>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].edge, expected[i].edge);
    EXPECT_EQ(found[i].point, expected[i].point);
    EXPECT_EQ(found[i].distance_m, expected[i].distance_m);
    EXPECT_NEAR(found[i].fraction, expected[i].fraction, 1e-12);
  }
}

TEST(RoadIndex, EqualsLookingAtEveryEdge) {
  const auto odd_edges = [](EdgeId edge) { return edge.value % 2 == 1; };
  for (unsigned seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const RoadGraph graph = random_town(random, 60, 5 + 30 * seed);
    const RoadIndex index(graph);
    for (int query = 0; query < 60; ++query) {
      const LatLon place{static_cast<std::int32_t>(327'900'000 + random() % 700'000),
                         static_cast<std::int32_t>(1'306'900'000 + random() % 700'000)};
      const double limit = query % 3 == 0 ? 300 : kNoLimit;
      expect_same(index.nearest(place, odd_edges, limit, 5),
                  nearest_by_hand(graph, place, odd_edges, limit, 5));
    }
  }
}

TEST(RoadIndex, EqualDistancesAreOrderedByEdge) {
  const support::MapSketch town(
      "  b\n"
      "  |\n"
      "a-x-c\n"
      "  |\n"
      "  d");
  const RoadIndex index(town.graph());
  const auto found = index.nearest(town.position('x'), every_edge, 1, 4);
  ASSERT_EQ(found.size(), 4);
  for (std::uint32_t edge = 0; edge < 4; ++edge) {
    EXPECT_EQ(found[edge].edge, EdgeId{edge});
    EXPECT_EQ(found[edge].distance_m, 0);
  }
}

TEST(RoadIndex, FractionIsMeasuredAlongTheBendsOfTheEdge) {
  const support::MapSketch town(
      "a--+\n"
      "   |\n"
      "   +--------b",
      10);
  const RoadIndex index(town.graph());
  const auto at_the_end = index.nearest(town.position('b'), every_edge, 1);
  ASSERT_EQ(at_the_end.size(), 1);
  EXPECT_NEAR(at_the_end[0].fraction, 1, 1e-9);
  const LatLon corner = town.graph().shape(EdgeId{0})[2];
  const auto at_the_corner = index.nearest(corner, every_edge, 1);
  ASSERT_EQ(at_the_corner.size(), 1);
  EXPECT_NEAR(at_the_corner[0].fraction, 5.0 / 14.0, 1e-4);
}

TEST(RoadIndex, NothingIsNearerThanTheLimit) {
  const support::MapSketch town("a----b", 10);
  const RoadIndex index(town.graph());
  const LatLon away = from_degrees(town.position('a').lat() + 0.001, town.position('a').lon());
  const double distance = distance_m(away, town.position('a'));
  EXPECT_TRUE(index.nearest(away, every_edge, distance - 0.1).empty());
  EXPECT_EQ(index.nearest(away, every_edge, distance + 0.1).size(), 1);
  EXPECT_TRUE(index.nearest(away, every_edge, -1).empty());
  EXPECT_TRUE(index.nearest(away, every_edge, kNoLimit, 0).empty());
}

TEST(RoadIndex, UnusableEdgesAreNeverFound) {
  const support::MapSketch town(
      "a----b\n"
      "\n"
      "\n"
      "c====d",
      10);
  const RoadIndex index(town.graph());
  const EdgeId stairs = town.edge('c', 'd');
  const auto found = index.nearest(
      town.position('c'), [&](EdgeId edge) { return edge != stairs; }, kNoLimit, 9);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].edge, town.edge('a', 'b'));
  EXPECT_NEAR(found[0].distance_m, 30, 0.1);
}

TEST(RoadIndex, AnEmptyGraphHasNoPositions) {
  const RoadGraph graph = GraphBuilder().build();
  EXPECT_TRUE(RoadIndex(graph).nearest(from_degrees(35, 139), every_edge, kNoLimit).empty());
}

TEST(RoadIndex, RoadsAcrossTheAntimeridianAreFoundFromBothSides) {
  GraphBuilder builder;
  const NodeId west = builder.add_node(from_degrees(-17, 179.9));
  const NodeId middle = builder.add_node(from_degrees(-17, 180));
  const NodeId far_west = builder.add_node(from_degrees(-17, 179.5));
  builder.add_edge(west, far_west, Road{});
  const EdgeId wanted = builder.add_edge(west, middle, Road{});
  const RoadGraph graph = builder.build();
  const auto found = RoadIndex(graph).nearest(from_degrees(-17, -179.999), every_edge, 200);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].edge, wanted);
  EXPECT_EQ(found[0].fraction, 1);
}

}  // namespace
}  // namespace route
