// SPDX-License-Identifier: Apache-2.0
#include "route/graph_builder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "route/error.hpp"

namespace route {
namespace {

const LatLon kHome = from_degrees(32.8, 130.7);
const LatLon kCorner = from_degrees(32.8, 130.701);
const LatLon kSchool = from_degrees(32.801, 130.701);

TEST(GraphBuilder, AnEmptyBuilderMakesAnEmptyGraph) {
  const RoadGraph graph = GraphBuilder().build();
  EXPECT_EQ(graph.node_count(), 0);
  EXPECT_EQ(graph.arc_count(), 0);
  EXPECT_TRUE(graph.edges().empty());
}

TEST(GraphBuilder, LengthComesFromTheShapeUnlessGiven) {
  GraphBuilder builder;
  const NodeId home = builder.add_node(kHome);
  const NodeId school = builder.add_node(kSchool);
  const EdgeId measured = builder.add_edge(home, school, Road{}, {kHome, kCorner, kSchool});
  Road given;
  given.length_mm = 1234;
  const EdgeId told = builder.add_edge(home, school, given);
  const RoadGraph graph = builder.build();
  const double metres_along = distance_m(kHome, kCorner) + distance_m(kCorner, kSchool);
  EXPECT_NEAR(graph.road(measured).length_mm, metres_along * 1000, 0.5);
  EXPECT_EQ(graph.road(told).length_mm, 1234);
}

// Near the poles 1e-7 degree of longitude is less than half a millimetre.
TEST(GraphBuilder, DifferentPlacesAreAtLeastAMillimetreApart) {
  GraphBuilder builder;
  const NodeId a = builder.add_node({899'999'000, 0});
  const NodeId b = builder.add_node({899'999'000, 1});
  const EdgeId tiny = builder.add_edge(a, b, Road{});
  const EdgeId point = builder.add_edge(a, a, Road{});
  const RoadGraph graph = builder.build();
  EXPECT_EQ(graph.road(tiny).length_mm, 1);
  EXPECT_EQ(graph.road(point).length_mm, 0);
}

TEST(GraphBuilder, ArcsAreSortedByTailAndThenByInsertion) {
  GraphBuilder builder;
  const NodeId a = builder.add_node(kHome);
  const NodeId b = builder.add_node(kCorner);
  const EdgeId first = builder.add_edge(b, a, Road{});
  const EdgeId second = builder.add_edge(a, b, Road{});
  const EdgeId loop = builder.add_edge(a, a, Road{}, {kHome, kSchool, kHome});
  const RoadGraph graph = builder.build();

  std::vector<std::pair<EdgeId, bool>> from_a;
  for (const ArcId arc : graph.arcs_out(a)) {
    from_a.emplace_back(graph.edge(arc), graph.is_forward(arc));
  }
  EXPECT_EQ(from_a, (std::vector<std::pair<EdgeId, bool>>{
                        {first, false}, {second, true}, {loop, true}, {loop, false}}));
  EXPECT_EQ(graph.arcs_in(a).size(), 4);
  EXPECT_EQ(graph.head(graph.forward_arc(loop)), a);
  EXPECT_EQ(graph.tail(graph.backward_arc(first)), a);
}

TEST(GraphBuilder, NamesAndSourceIdsAreKept) {
  GraphBuilder builder;
  const NodeId a = builder.add_node(kHome, 4'294'967'296);
  const NodeId b = builder.add_node(kCorner, -7);
  const EdgeId named = builder.add_edge(a, b, Road{}, "下通");
  const EdgeId same_name = builder.add_edge(b, a, Road{}, "下通");
  const EdgeId nameless = builder.add_edge(a, b, Road{});
  const RoadGraph graph = builder.build();
  EXPECT_EQ(graph.name(named), "下通");
  EXPECT_EQ(graph.name(same_name), "下通");
  EXPECT_EQ(graph.road(named).name, graph.road(same_name).name);
  EXPECT_EQ(graph.name(nameless), "");
  EXPECT_EQ(graph.source_id(a), 4'294'967'296);
  EXPECT_EQ(graph.source_id(b), -7);
}

TEST(GraphBuilder, BuildingLeavesTheBuilderEmpty) {
  GraphBuilder builder;
  builder.add_node(kHome);
  EXPECT_EQ(builder.build().node_count(), 1);
  EXPECT_EQ(builder.build().node_count(), 0);
}

TEST(GraphBuilder, WhatDoesNotFitBreaksTheContract) {
  GraphBuilder builder;
  const NodeId a = builder.add_node(kHome);
  const NodeId b = builder.add_node(kCorner);
  EXPECT_THROW(builder.add_edge(a, NodeId{2}, Road{}), std::logic_error);
  EXPECT_THROW(builder.add_edge(a, b, Road{}, {kHome, kSchool}), std::logic_error);
  EXPECT_THROW(builder.add_edge(a, b, Road{}, Polyline{kHome}), std::logic_error);
  EXPECT_THROW(builder.add_edge(a, b, Road{}, std::string_view("a\0b", 3)), std::logic_error);
}

TEST(GraphBuilder, SlopesAreReplacedAndNothingElse) {
  GraphBuilder builder;
  const NodeId a = builder.add_node(kHome, 11);
  const NodeId b = builder.add_node(kCorner, 12);
  Road road;
  road.incline_permille = 30;
  builder.add_edge(a, b, road, "坂");
  builder.add_edge(b, a, road);
  const RoadGraph flat = builder.build();
  const std::vector<std::int16_t> slopes{55, -1000};
  const RoadGraph steep = with_slopes(flat, slopes);
  EXPECT_EQ(steep.road(EdgeId{0}).slope_permille, 55);
  EXPECT_EQ(steep.road(EdgeId{1}).slope_permille, -1000);
  EXPECT_EQ(steep.road(EdgeId{0}).incline_permille, 30);
  EXPECT_EQ(steep.name(EdgeId{0}), "坂");
  EXPECT_EQ(flat.road(EdgeId{0}).slope_permille, Road::kUnknownIncline);

  const std::vector<std::int16_t> none(2, Road::kUnknownIncline);
  const RoadGraph back = with_slopes(steep, none);
  EXPECT_TRUE(std::ranges::equal(back.image(), flat.image()));
  EXPECT_THROW((void)with_slopes(flat, std::span(slopes).first(1)), std::logic_error);
}

TEST(GraphBuilder, ForwardStarHoldsExactlyTheEdgesAdded) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    GraphBuilder builder;
    const std::uint32_t nodes = 1 + static_cast<std::uint32_t>(random() % 30);
    for (std::uint32_t node = 0; node < nodes; ++node) {
      builder.add_node({static_cast<std::int32_t>(random() % 10'000), 0});
    }
    std::vector<std::pair<NodeId, NodeId>> added;
    for (int edge = 0; edge < 60; ++edge) {
      added.emplace_back(NodeId{static_cast<std::uint32_t>(random() % nodes)},
                         NodeId{static_cast<std::uint32_t>(random() % nodes)});
      builder.add_edge(added.back().first, added.back().second, Road{});
    }
    const RoadGraph graph = builder.build();
    std::set<std::uint32_t> seen_out;
    std::set<std::uint32_t> seen_in;
    for (const NodeId node : graph.nodes()) {
      for (const ArcId arc : graph.arcs_out(node)) {
        const auto [from, to] = added[graph.edge(arc).value];
        EXPECT_EQ(graph.tail(arc), node);
        EXPECT_EQ(graph.is_forward(arc) ? from : to, node);
        EXPECT_EQ(graph.is_forward(arc) ? to : from, graph.head(arc));
        seen_out.insert(arc.value);
      }
      for (const ArcId arc : graph.arcs_in(node)) {
        EXPECT_EQ(graph.head(arc), node);
        seen_in.insert(arc.value);
      }
    }
    EXPECT_EQ(seen_out.size(), 2 * added.size());
    EXPECT_EQ(seen_in.size(), 2 * added.size());
  }
}

}  // namespace
}  // namespace route
