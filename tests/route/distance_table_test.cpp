// SPDX-License-Identifier: Apache-2.0
#include "route/distance_table.hpp"

#include <gtest/gtest.h>

#include "hierarchy_fixture.hpp"
#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "route/path.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::kInfinity;
using route::RoadPosition;

std::vector<RoadPosition> random_positions(const route::RoadGraph& graph, std::uint32_t seed,
                                           std::size_t count) {
  support::Draw random(seed);
  std::vector<RoadPosition> positions;
  for (std::size_t i = 0; i < count; ++i) {
    const route::EdgeId edge{random(static_cast<std::uint32_t>(graph.edge_count()))};
    positions.push_back({edge, random(101) / 100.0, {}});
  }
  return positions;
}

/// The weights of a path's arcs, the partial ones at its ends weighed anew.
route::Weight weight_along(const route::RoadGraph& graph, const route::Metric& metric,
                           const route::Path& path, const RoadPosition& from,
                           const RoadPosition& to) {
  route::Weight sum = 0;
  for (std::size_t i = 0; i < path.arcs.size(); ++i) {
    const route::ArcId arc = path.arcs[i];
    const double tail = graph.is_forward(arc) ? 0 : 1;
    const double begin = i == 0 && graph.edge(arc) == from.edge ? from.fraction : tail;
    const double end =
        i + 1 == path.arcs.size() && graph.edge(arc) == to.edge ? to.fraction : 1 - tail;
    sum += route::partial_weight(metric.weights[arc], begin, end);
  }
  return sum;
}

TEST(DistanceTable, EveryEntryEqualsTheSinglePath) {
  std::size_t reachable = 0;
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 20, 40);
    auto metric = support::random_metric(graph, seed);
    for (route::Weight& weight : metric.weights.raw()) {
      weight = weight < kInfinity ? weight * 37 : weight;  // parts that do not divide evenly
    }
    const auto sources = random_positions(graph, seed, 15);
    const auto targets = random_positions(graph, seed + 1000, 9);
    const auto table = route::distance_table(graph, metric, sources, targets);
    ASSERT_EQ(table.sources(), sources.size());
    ASSERT_EQ(table.targets(), targets.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
      for (std::size_t j = 0; j < targets.size(); ++j) {
        const auto path =
            route::find_path({graph, metric, support::shipped("walk")}, sources[i], targets[j]);
        ASSERT_EQ(table.at(i, j), path.has_value() ? path->duration : kInfinity);
        reachable += path.has_value() ? 1U : 0U;
      }
    }
  }
  EXPECT_GT(reachable, 1000U);
}

TEST(DistanceTable, OnAHierarchyEqualsThePlainOne) {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 40, 90);
    auto metric = support::random_metric(graph, seed);
    for (route::Weight& weight : metric.weights.raw()) {
      weight = weight < kInfinity ? weight * 37 : weight;
    }
    const support::Hierarchy hierarchy(graph);
    const route::CchMetric customized(hierarchy.topology, support::weights_of({&metric, 1}));
    const auto sources = random_positions(graph, seed, 70);
    const auto targets = random_positions(graph, seed + 1000, 70);
    const auto table = distance_table(graph, metric, sources, targets);
    EXPECT_EQ(distance_table({graph, metric, customized}, sources, targets), table);
    route::CchQuery query(customized);
    const route::CchWays ways(customized, 0, metric.weights.raw());
    for (std::size_t i = 0; i < sources.size(); ++i) {
      for (std::size_t j = 0; j < targets.size(); ++j) {
        const route::PathRequest request{graph, metric, support::shipped("walk")};
        const auto path = find_path(request, {query, ways}, sources[i], targets[j]);
        ASSERT_EQ(table.at(i, j), path ? path->duration : kInfinity);
        ASSERT_TRUE(!path ||
                    weight_along(graph, metric, *path, sources[i], targets[j]) == path->duration);
      }
    }
  }
}

TEST(DistanceTable, IsDirected) {
  const support::MapSketch town("a----b----c", 10, [](char from, char to, route::Road& road) {
    road.oneway_vehicle = from < to ? 1 : 2;
  });
  const auto& car = support::shipped("vehicle");
  const auto metric = route::make_metric(town.graph(), {car});
  const std::vector<RoadPosition> places{{town.edge('a', 'b'), 0.5, {}},
                                         {town.edge('b', 'c'), 0.5, {}}};
  const auto table = route::distance_table(town.graph(), metric, places, places);
  EXPECT_EQ(table.at(0, 0), 0U);
  EXPECT_EQ(table.at(0, 1), 2 * 8'334U);  // half of 16.667 s twice, each piece rounded
  EXPECT_EQ(table.at(1, 0), kInfinity);
}

TEST(DistanceTable, MayBeEmpty) {
  const support::MapSketch town("a----b");
  const auto metric = route::make_metric(town.graph(), {support::shipped("walk")});
  const std::vector<RoadPosition> places{{town.edge('a', 'b'), 0.5, {}}};
  EXPECT_EQ(route::distance_table(town.graph(), metric, {}, places).sources(), 0U);
  EXPECT_EQ(route::distance_table(town.graph(), metric, places, {}).targets(), 0U);
}

}  // namespace
