// SPDX-License-Identifier: Apache-2.0
#include "route/dijkstra.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "random_roads.hpp"

namespace {

using route::Direction;
using route::kInfinity;
using route::NodeId;
using route::Weight;

using Matrix = std::vector<std::vector<Weight>>;

/// Shortest distances between all pairs (Floyd and Warshall).
Matrix all_pairs(const route::RoadGraph& graph, const route::Metric& metric) {
  const std::size_t n = graph.node_count();
  Matrix distance(n, std::vector<Weight>(n, kInfinity));
  for (std::size_t i = 0; i < n; ++i) {
    distance[i][i] = 0;
  }
  for (const route::ArcId arc : graph.arcs()) {
    Weight& direct = distance[graph.tail(arc).value][graph.head(arc).value];
    direct = std::min(direct, metric.weights[arc]);
  }
  for (std::size_t via = 0; via < n; ++via) {
    for (auto& row : distance) {
      for (std::size_t to = 0; to < n; ++to) {
        row[to] = std::min(row[to], route::add(row[via], distance[via][to]));
      }
    }
  }
  return distance;
}

TEST(Dijkstra, EqualsFloydWarshallInBothDirections) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const std::uint32_t nodes = 2 + seed % 14;
    const auto graph = support::random_roads(seed, nodes, nodes + seed % 9);
    const auto metric = support::random_metric(graph, seed);
    const Matrix oracle = all_pairs(graph, metric);
    for (const NodeId from : graph.nodes()) {
      const route::Seed seed_at{from, 0};
      const auto ahead = route::dijkstra(graph, metric, {&seed_at, 1}, Direction::Forward);
      const auto back = route::dijkstra(graph, metric, {&seed_at, 1}, Direction::Backward);
      for (const NodeId to : graph.nodes()) {
        ASSERT_EQ(ahead.distance[to], oracle[from.value][to.value]);
        ASSERT_EQ(back.distance[to], oracle[to.value][from.value]);
      }
    }
  }
}

TEST(Dijkstra, LastArcsOfTheTreeAddUpToTheDistances) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 30, 60);
    const auto metric = support::random_metric(graph, seed);
    const std::vector<route::Seed> seeds{{NodeId{0}, 4}, {NodeId{7}, 0}, {NodeId{7}, 9}};
    const auto tree = route::dijkstra(graph, metric, seeds, Direction::Forward);
    EXPECT_EQ(tree.distance[NodeId{7}], 0U);
    for (const NodeId node : graph.nodes()) {
      const route::ArcId arc = tree.via[node];
      if (arc.valid()) {
        EXPECT_EQ(graph.head(arc), node);
        EXPECT_EQ(tree.distance[node], tree.distance[graph.tail(arc)] + metric.weights[arc]);
      } else {
        EXPECT_TRUE(tree.distance[node] == kInfinity || node == NodeId{0} || node == NodeId{7});
      }
    }
  }
}

TEST(Dijkstra, WithoutSeedsNothingIsReached) {
  const auto graph = support::random_roads(1, 5, 8);
  const auto tree =
      route::dijkstra(graph, support::random_metric(graph, 1), {}, Direction::Forward);
  for (const NodeId node : graph.nodes()) {
    EXPECT_EQ(tree.distance[node], kInfinity);
  }
}

TEST(Dijkstra, DistancesNearTheLimitDoNotWrap) {
  const auto graph = support::random_roads(3, 6, 14);
  auto metric = support::random_metric(graph, 3);
  for (Weight& weight : metric.weights.raw()) {
    weight = kInfinity - 1;
  }
  const route::Seed seed{NodeId{0}, 5};
  const auto tree = route::dijkstra(graph, metric, {&seed, 1}, Direction::Forward);
  for (const NodeId node : graph.nodes()) {
    EXPECT_EQ(tree.distance[node], node == NodeId{0} ? 5 : kInfinity);
  }
}

}  // namespace
