// SPDX-License-Identifier: Apache-2.0
#include "support/map_sketch.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace support {
namespace {

constexpr std::string_view kTown = R"(
    a----b====S
    |         "
    +----c----+---d)";

TEST(MapSketch, LettersBecomeNodesAndBendsDoNot) {
  const MapSketch town(kTown, 50);
  EXPECT_EQ(town.graph().node_count(), 6);  // a b S c d and the fork below S
}

TEST(MapSketch, LengthIsTheNumberOfCells) {
  const MapSketch town(kTown, 50);
  const auto& graph = town.graph();
  EXPECT_EQ(graph.road(town.edge('a', 'b')).length_mm, 250'000);
  EXPECT_EQ(graph.road(town.edge('a', 'c')).length_mm, 350'000);
  EXPECT_EQ(graph.shape(town.edge('a', 'c')).size(), 3);
}

TEST(MapSketch, CellsAreSquareAndDownIsSouth) {
  const MapSketch town("a-b\n|\nc", 100);
  EXPECT_NEAR(route::distance_m(town.position('a'), town.position('b')), 200, 0.02);
  EXPECT_NEAR(route::distance_m(town.position('a'), town.position('c')), 200, 0.02);
  EXPECT_LT(town.position('c').lat_e7, town.position('a').lat_e7);
  EXPECT_GT(town.position('b').lon_e7, town.position('a').lon_e7);
}

TEST(MapSketch, DoubleLinesAreStairs) {
  const MapSketch town("a==b\n\"\nc--d");
  EXPECT_EQ(town.graph().road(town.edge('a', 'b')).road_class, route::RoadClass::Steps);
  EXPECT_EQ(town.graph().road(town.edge('a', 'c')).road_class, route::RoadClass::Steps);
  EXPECT_EQ(town.graph().road(town.edge('c', 'd')).road_class, route::RoadClass::Residential);
}

TEST(MapSketch, EdgesCanBeAltered) {
  const MapSketch town("a--b--c", 10, [](char from, char to, route::Road& road) {
    if (from == 'b' && to == 'c') {
      road.width_cm = 80;
    }
  });
  EXPECT_EQ(town.graph().road(town.edge('a', 'b')).width_cm, 300);
  EXPECT_EQ(town.graph().road(town.edge('c', 'b')).width_cm, 80);
}

TEST(MapSketch, ArcsAreReadOutAsLetters) {
  const MapSketch town("a--b--c");
  const auto& graph = town.graph();
  const std::vector arcs{graph.forward_arc(town.edge('a', 'b')),
                         graph.forward_arc(town.edge('b', 'c'))};
  EXPECT_EQ(town.names(arcs), "abc");
}

TEST(MapSketch, DrawingsWithoutMeaningAreRefused) {
  EXPECT_THROW(MapSketch("a--"), std::invalid_argument);
  EXPECT_THROW(MapSketch("a-=b"), std::invalid_argument);
  EXPECT_THROW(MapSketch("a--a"), std::invalid_argument);
  EXPECT_THROW(MapSketch("a--b ?"), std::invalid_argument);
  EXPECT_THROW((void)MapSketch("a--b c").edge('a', 'c'), std::invalid_argument);
  EXPECT_THROW((void)MapSketch("a--b").node('z'), std::invalid_argument);
}

}  // namespace
}  // namespace support
