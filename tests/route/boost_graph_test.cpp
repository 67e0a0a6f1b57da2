// SPDX-License-Identifier: Apache-2.0
#include "route/boost_graph.hpp"

#include <gtest/gtest.h>

#include <boost/concept/assert.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <random>
#include <string>
#include <vector>

#include "route/graph_builder.hpp"
#include "support/map_sketch.hpp"

namespace route {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<RoadGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<RoadGraph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<RoadGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<RoadGraph>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<RoadGraph, std::uint32_t, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<ArcWeights, ArcId>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<ArcIndexMap, ArcId>));

IdVector<ArcId, Weight> lengths_in_metres(const RoadGraph& graph) {
  IdVector<ArcId, Weight> weights(graph.arc_count());
  for (const ArcId arc : graph.arcs()) {
    weights[arc] = graph.road(graph.edge(arc)).length_mm / 1000;
  }
  return weights;
}

std::vector<Weight> bgl_distances(const RoadGraph& graph, const IdVector<ArcId, Weight>& weights,
                                  NodeId source) {
  std::vector<Weight> distance(graph.node_count());
  boost::dijkstra_shortest_paths(
      graph, source.value,
      boost::weight_map(ArcWeights(weights))
          .distance_map(boost::make_iterator_property_map(distance.begin(), VertexIndexMap()))
          .distance_inf(kInfinity));
  return distance;
}

// Rounds of relaxation until nothing changes (Bellman and Ford): no queue, nothing to get wrong.
std::vector<Weight> relaxed_distances(const RoadGraph& graph,
                                      const IdVector<ArcId, Weight>& weights, NodeId source) {
  std::vector<Weight> distance(graph.node_count(), kInfinity);
  distance[source.value] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (const ArcId arc : graph.arcs()) {
      const Weight over = add(distance[graph.tail(arc).value], weights[arc]);
      if (over < distance[graph.head(arc).value]) {
        distance[graph.head(arc).value] = over;
        changed = true;
      }
    }
  }
  return distance;
}

TEST(BoostGraph, DijkstraWalksRoundABan) {
  const support::MapSketch town(
      "a----b\n"
      "|    |\n"
      "+----c",
      10);
  const RoadGraph& graph = town.graph();
  auto weights = lengths_in_metres(graph);
  EXPECT_EQ(bgl_distances(graph, weights, town.node('a'))[town.node('b').value], 50);
  weights[graph.forward_arc(town.edge('a', 'b'))] = kInfinity;
  EXPECT_EQ(bgl_distances(graph, weights, town.node('a'))[town.node('b').value], 20 + 50 + 20);
}

TEST(BoostGraph, StrongComponentsFindTheIslands) {
  const support::MapSketch town("a--b  c--d  e--f--g");
  std::vector<int> component(town.graph().node_count());
  const int count = boost::strong_components(
      town.graph(), boost::make_iterator_property_map(component.begin(), VertexIndexMap()));
  EXPECT_EQ(count, 3);
  EXPECT_EQ(component[town.node('a').value], component[town.node('b').value]);
  EXPECT_EQ(component[town.node('e').value], component[town.node('g').value]);
  EXPECT_NE(component[town.node('b').value], component[town.node('c').value]);
}

// Loops and parallel edges included.
RoadGraph random_graph(std::mt19937& random, std::uint32_t nodes, int edges) {
  GraphBuilder builder;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    builder.add_node(
        {static_cast<std::int32_t>(random() % 1000), static_cast<std::int32_t>(random() % 1000)});
  }
  for (int edge = 0; edge < edges; ++edge) {
    builder.add_edge(NodeId{static_cast<std::uint32_t>(random() % nodes)},
                     NodeId{static_cast<std::uint32_t>(random() % nodes)}, Road{});
  }
  return builder.build();
}

TEST(BoostGraph, DijkstraEqualsRelaxationOnRandomGraphs) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const RoadGraph graph = random_graph(random, 40, 70);
    IdVector<ArcId, Weight> weights(graph.arc_count());
    for (const ArcId arc : graph.arcs()) {
      weights[arc] = random() % 5 == 0 ? kInfinity : static_cast<Weight>(random() % 1000);
    }
    EXPECT_EQ(bgl_distances(graph, weights, NodeId{0}),
              relaxed_distances(graph, weights, NodeId{0}));
  }
}

TEST(BoostGraph, DegreesAndIndicesAgreeWithTheGraph) {
  const support::MapSketch town("a--b--c");
  const RoadGraph& graph = town.graph();
  const std::uint32_t b = town.node('b').value;
  EXPECT_EQ(num_vertices(graph), 3);
  EXPECT_EQ(num_edges(graph), 4);
  EXPECT_EQ(out_degree(b, graph), 2);
  EXPECT_EQ(in_degree(b, graph), 2);
  EXPECT_EQ(degree(b, graph), 4);
  for (auto [arc, end] = in_edges(b, graph); arc != end; ++arc) {
    EXPECT_EQ(target(*arc, graph), b);
    EXPECT_EQ(get(boost::edge_index, graph, *arc), get(get(boost::edge_index, graph), *arc));
  }
}

}  // namespace
}  // namespace route
