// SPDX-License-Identifier: Apache-2.0
#include "route/contraction_hierarchy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "hierarchy_fixture.hpp"
#include "random_roads.hpp"
#include "route/dijkstra.hpp"
#include "route/distance_table.hpp"
#include "route/graph_builder.hpp"

namespace {

using route::ArcId;
using route::CchMetric;
using route::CchQuery;
using route::CchTopology;
using route::CchWays;
using route::kInfinity;
using route::NodeId;
using route::Seed;
using route::Simd;
using route::Weight;
using support::weights_of;

route::SearchTree from(const route::RoadGraph& graph, const route::Metric& metric, NodeId node) {
  const Seed seed{node, 0};
  return dijkstra(graph, metric, {&seed, 1}, route::Direction::Forward);
}

/// Whether the arcs lead from one node to the other and weigh what they should.
bool is_way(const route::RoadGraph& graph, const route::Metric& metric, const CchQuery::Way& way,
            NodeId start, NodeId goal) {
  NodeId at = start;
  Weight sum = 0;
  for (const ArcId arc : way.arcs) {
    if (graph.tail(arc) != at) {
      return false;
    }
    at = graph.head(arc);
    sum = route::add(sum, metric.weights[arc]);
  }
  return at == goal && sum == way.weight && way.from == start && way.to == goal;
}

bool equal_slots(const CchMetric& a, const CchMetric& b) {
  for (std::size_t profile = 0; profile < a.profile_count(); ++profile) {
    if (!std::ranges::equal(a.up(profile), b.up(profile)) ||
        !std::ranges::equal(a.down(profile), b.down(profile))) {
      return false;
    }
  }
  return a.profile_count() == b.profile_count();
}

TEST(Hierarchy, AnswersEveryPairAsDijkstraDoes) {
  std::size_t pairs = 0;
  std::size_t reachable = 0;
  for (std::uint32_t seed = 1; seed <= 32; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 60, 60 + seed * 3);
    const auto metric = support::random_metric(graph, seed);
    const support::Hierarchy hierarchy(graph);
    const CchMetric customized(hierarchy.topology, weights_of({&metric, 1}));
    const CchWays ways(customized, 0, metric.weights.raw());
    CchQuery query(customized);
    for (const NodeId start : graph.nodes()) {
      const auto tree = from(graph, metric, start);
      for (const NodeId goal : graph.nodes()) {
        const Weight expected = tree.distance[goal];
        ASSERT_EQ(query.distance(start, goal), expected);
        const Seed begin{start, 0};
        const Seed end{goal, 0};
        const auto way = query.way({&begin, 1}, {&end, 1}, ways);
        ASSERT_EQ(way.has_value(), expected < kInfinity);
        ASSERT_TRUE(!way || (way->weight == expected && is_way(graph, metric, *way, start, goal)));
        ++pairs;
        reachable += way.has_value() ? 1U : 0U;
      }
    }
  }
  EXPECT_GE(pairs, 100'000U);
  EXPECT_GT(reachable, 20'000U);
}

TEST(Hierarchy, AnyOrderGivesTheSameAnswers) {
  const auto graph = support::random_roads(3, 50, 90);
  const auto metric = support::random_metric(graph, 3);
  std::vector<NodeId> order(graph.nodes().begin(), graph.nodes().end());
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    support::Draw random(seed);
    for (std::uint32_t i = 50; i-- > 1;) {
      std::swap(order[i], order[random(i + 1)]);
    }
    const CchTopology topology(graph.net(), order);
    const CchMetric customized(topology, weights_of({&metric, 1}));
    CchQuery query(customized);
    for (const NodeId start : graph.nodes()) {
      const auto tree = from(graph, metric, start);
      for (const NodeId goal : graph.nodes()) {
        ASSERT_EQ(query.distance(start, goal), tree.distance[goal]) << seed;
      }
    }
  }
}

TEST(Hierarchy, ProfilesSideBySideEqualEachAlone) {
  const auto graph = support::random_roads(11, 200, 420);
  const support::Hierarchy hierarchy(graph);
  std::vector<route::Metric> metrics;
  for (std::uint32_t i = 0; i < CchMetric::kMostProfiles; ++i) {
    metrics.push_back(support::random_metric(graph, 100 + i));
  }
  for (std::size_t count = 1; count <= metrics.size(); ++count) {
    const CchMetric together(hierarchy.topology, weights_of(std::span(metrics).first(count)));
    for (std::size_t i = 0; i < count; ++i) {
      const CchMetric alone(hierarchy.topology, weights_of({&metrics[i], 1}));
      EXPECT_TRUE(std::ranges::equal(together.up(i), alone.up(0))) << i << " of " << count;
      EXPECT_TRUE(std::ranges::equal(together.down(i), alone.down(0))) << i << " of " << count;
    }
  }
}

/// The instruction sets this machine can run.
std::vector<Simd> all_simd() {
  std::vector<Simd> all{Simd::Plain};
  for (const Simd simd : {Simd::Avx2, Simd::Avx512}) {
    if (simd <= route::best_simd()) {
      all.push_back(simd);
    }
  }
  return all;
}

TEST(Hierarchy, EveryInstructionSetComputesTheSame) {
  const auto graph = support::random_roads(12, 300, 650);
  const support::Hierarchy hierarchy(graph);
  route::SeedLists nodes;
  for (const NodeId node : graph.nodes()) {
    const Seed seed{node, node.value % 3};
    nodes.add({&seed, 1});
  }
  for (const std::size_t count : {1U, 2U, 4U, 8U}) {
    std::vector<route::Metric> metrics;
    for (std::uint32_t i = 0; i < count; ++i) {
      metrics.push_back(support::random_metric(graph, 200 + i));
    }
    const CchMetric plain(hierarchy.topology, weights_of(metrics), Simd::Plain);
    const auto table = distance_table(plain, count - 1, nodes, nodes);
    for (const Simd simd : all_simd()) {
      const CchMetric wide(hierarchy.topology, weights_of(metrics), simd);
      EXPECT_TRUE(equal_slots(plain, wide)) << count;
      EXPECT_EQ(table, distance_table(wide, count - 1, nodes, nodes)) << count;
      CchQuery query(wide, count - 1);
      for (const NodeId node : graph.nodes()) {
        EXPECT_EQ(route::add(query.distance(node, NodeId{0}), node.value % 3),
                  table.at(node.value, 0));
      }
    }
  }
}

TEST(Hierarchy, AnUpdateEqualsANewCustomization) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 400, 700);
    const support::Hierarchy hierarchy(graph);
    std::vector<route::Metric> metrics;
    for (std::uint32_t i = 0; i < 1 + seed % 4; ++i) {
      metrics.push_back(support::random_metric(graph, seed + 50 * i));
    }
    CchMetric updated(hierarchy.topology, weights_of(metrics));
    const CchMetric original(hierarchy.topology, weights_of(metrics));
    const auto before = metrics;
    support::Draw random(seed);
    std::vector<ArcId> changed;
    for (const std::uint32_t count : {1U, 3U, 20U, 200U}) {
      changed.clear();
      for (std::uint32_t i = 0; i < count; ++i) {
        changed.push_back({random(static_cast<std::uint32_t>(graph.arc_count()))});
        for (route::Metric& metric : metrics) {
          metric.weights[changed.back()] = random(3) == 0 ? random(30) : kInfinity;
        }
      }
      updated.update_arcs(weights_of(metrics), changed);
      EXPECT_TRUE(equal_slots(updated, CchMetric(hierarchy.topology, weights_of(metrics))))
          << count;
    }
    const std::vector<ArcId> everything(graph.arcs().begin(), graph.arcs().end());
    metrics = before;
    updated.update_arcs(weights_of(metrics), everything);
    EXPECT_TRUE(equal_slots(updated, original));
  }
}

TEST(Hierarchy, ClosingNeverShortensAWay) {
  const auto graph = support::random_roads(21, 150, 330);
  auto metric = support::random_metric(graph, 21);
  const support::Hierarchy hierarchy(graph);
  CchMetric customized(hierarchy.topology, weights_of({&metric, 1}));
  route::SeedLists nodes;
  for (const NodeId node : graph.nodes()) {
    const Seed seed{node, 0};
    nodes.add({&seed, 1});
  }
  auto before = distance_table(customized, 0, nodes, nodes);
  support::Draw random(21);
  for (int round = 0; round < 30; ++round) {
    const ArcId closed{random(static_cast<std::uint32_t>(graph.arc_count()))};
    metric.weights[closed] = kInfinity;
    customized.update_arcs(weights_of({&metric, 1}), {&closed, 1});
    const auto after = distance_table(customized, 0, nodes, nodes);
    for (const NodeId start : graph.nodes()) {
      for (const NodeId goal : graph.nodes()) {
        ASSERT_GE(after.at(start.value, goal.value), before.at(start.value, goal.value));
      }
    }
    before = after;
  }
}

TEST(Hierarchy, TablesOfAnySizeEqualTheQueries) {
  const auto graph = support::random_roads(31, 250, 520);
  const auto metric = support::random_metric(graph, 31);
  const support::Hierarchy hierarchy(graph);
  const CchMetric customized(hierarchy.topology, weights_of({&metric, 1}));
  CchQuery query(customized);
  support::Draw random(31);
  for (const std::size_t targets : {0U, 1U, 63U, 64U, 65U, 130U}) {
    route::SeedLists sources;
    route::SeedLists goals;
    std::vector<NodeId> from_nodes;
    std::vector<NodeId> to_nodes;
    for (std::size_t i = 0; i < 40; ++i) {
      const Seed seed{NodeId{random(250)}, random(5)};
      sources.add({&seed, 1});
    }
    for (std::size_t i = 0; i < targets; ++i) {
      const Seed seed{NodeId{random(250)}, random(5)};
      goals.add({&seed, 1});
    }
    const auto table = distance_table(customized, 0, sources, goals);
    const auto nearest = nearest_targets(customized, 0, goals);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      Weight best = kInfinity;
      for (std::size_t j = 0; j < goals.size(); ++j) {
        ASSERT_EQ(table.at(i, j), query.distance(sources[i], goals[j]));
        const Seed start{sources[i].front().node, 0};
        best = std::min(best, query.distance({&start, 1}, goals[j]));
      }
      const auto& found = nearest[sources[i].front().node];
      ASSERT_EQ(found.weight, best);
      if (best < kInfinity) {
        const Seed start{sources[i].front().node, 0};
        ASSERT_EQ(query.distance({&start, 1}, goals[found.target]), best);
      }
    }
  }
}

TEST(Hierarchy, APlaceWithoutSeedsIsOutOfReach) {
  const auto graph = support::random_roads(5, 10, 30);
  const auto metric = support::random_metric(graph, 5);
  const support::Hierarchy hierarchy(graph);
  const CchMetric customized(hierarchy.topology, weights_of({&metric, 1}));
  route::SeedLists one;
  one.add({});
  const Seed seed{NodeId{1}, 0};
  one.add({&seed, 1});
  const auto table = distance_table(customized, 0, one, one);
  EXPECT_EQ(table.at(0, 0), kInfinity);
  EXPECT_EQ(table.at(0, 1), kInfinity);
  EXPECT_EQ(table.at(1, 0), kInfinity);
  EXPECT_EQ(table.at(1, 1), 0U);
  CchQuery query(customized);
  EXPECT_EQ(query.distance({}, {&seed, 1}), kInfinity);
}

TEST(Hierarchy, OfOneNodeAndOfNoneWorks) {
  route::GraphBuilder builder;
  builder.add_node({350'000'000, 1'390'000'000});
  const auto graph = builder.build();
  const support::Hierarchy hierarchy(graph);
  const route::Metric metric{route::IdVector<ArcId, Weight>(0), {}, 0};
  const CchMetric customized(hierarchy.topology, weights_of({&metric, 1}));
  CchQuery query(customized);
  EXPECT_EQ(query.distance(NodeId{0}, NodeId{0}), 0U);

  const std::vector<std::uint32_t> first_out{0};
  const CchTopology empty({first_out, {}, {}}, {});
  const CchMetric nothing(empty, weights_of({&metric, 1}));
  EXPECT_EQ(nothing.up(0).size(), 0U);
  EXPECT_EQ(nearest_targets(nothing, 0, {}).size(), 0U);
}

TEST(Hierarchy, WeightsNearInfinityDoNotWrap) {
  route::GraphBuilder builder;
  for (int i = 0; i < 4; ++i) {
    builder.add_node({350'000'000 + i * 1000, 1'390'000'000});
  }
  for (std::uint32_t i = 0; i < 3; ++i) {
    builder.add_edge({i}, {i + 1}, route::Road{});
  }
  const auto graph = builder.build();
  route::Metric metric;
  metric.weights = route::IdVector<ArcId, Weight>(graph.arc_count(), kInfinity - 1);
  const support::Hierarchy hierarchy(graph);
  const CchMetric customized(hierarchy.topology, weights_of({&metric, 1}));
  CchQuery query(customized);
  EXPECT_EQ(query.distance(NodeId{0}, NodeId{1}), kInfinity - 1);
  EXPECT_EQ(query.distance(NodeId{0}, NodeId{2}), kInfinity);
  EXPECT_EQ(query.distance(NodeId{0}, NodeId{3}), kInfinity);
}

}  // namespace
