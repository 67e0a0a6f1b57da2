// SPDX-License-Identifier: Apache-2.0
// A metric that is changed in place is the metric made anew; closing never helps; reopening
// restores.
#include <gtest/gtest.h>

#include <algorithm>

#include "draw.hpp"
#include "profiles_fixture.hpp"
#include "route/dijkstra.hpp"
#include "route/graph_builder.hpp"
#include "route/metric.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::apply;
using route::arc_changes;
using route::EdgeHazard;
using route::EdgeId;
using route::edges_changed;
using route::HazardKind;
using route::kInfinity;
using route::make_metric;
using route::Metric;
using route::MetricRequest;
using route::NodeId;
using support::MapSketch;
using support::shipped;

using Hazards = route::IdVector<EdgeId, std::vector<EdgeHazard>>;

/// Roads of every kind between random places: loops, parallel roads, stairs, one-ways, gaps in what
/// is known, zero lengths.
route::RoadGraph random_town(support::Draw& random) {
  constexpr std::array kClasses{route::RoadClass::Residential, route::RoadClass::Footway,
                                route::RoadClass::Steps, route::RoadClass::Primary};
  route::GraphBuilder builder;
  const std::uint32_t nodes = 5 + random(40);
  for (std::uint32_t i = 0; i < nodes; ++i) {
    builder.add_node({357'000'000 + static_cast<std::int32_t>(random(20'000)),
                      1'395'000'000 + static_cast<std::int32_t>(random(20'000))});
  }
  for (std::uint32_t i = 0; i < 2 * nodes; ++i) {
    route::Road road;
    road.length_mm = random(8) == 0 ? 0 : random(200'000);
    road.road_class = kClasses.at(random(kClasses.size()));
    road.width_cm = static_cast<std::uint16_t>(random(2) * (60 + random(1400)));
    road.slope_permille = static_cast<std::int16_t>(static_cast<int>(random(200)) - 100);
    road.surface = static_cast<route::Surface>(random(7));
    road.oneway_foot = static_cast<std::uint8_t>(random(6) == 0 ? 1 + random(2) : 0);
    builder.add_edge({random(nodes)}, {random(nodes)}, road);
  }
  return builder.build();
}

Hazards random_hazards(const route::RoadGraph& graph, support::Draw& random) {
  Hazards hazards(graph.edge_count());
  for (const EdgeId edge : graph.edges()) {
    for (std::uint32_t i = random(3); i > 0; --i) {
      EdgeHazard hazard{
          static_cast<HazardKind>(random(7)), static_cast<std::uint8_t>(1 + random(3)), {}};
      if (random(3) != 0) {
        hazard.arrival_s = random(10) * 60;
      }
      hazard.depth_cm =
          static_cast<std::uint16_t>(is_water(hazard.kind) && random(2) == 0 ? 1 + random(40) : 0);
      hazards[edge].push_back(hazard);
    }
  }
  return hazards;
}

std::vector<EdgeId> random_edges(const route::RoadGraph& graph, support::Draw& random) {
  std::vector<EdgeId> edges;
  const auto count = static_cast<std::uint32_t>(graph.edge_count());
  for (std::uint32_t i = random(count / 2 + 1); i > 0; --i) {
    edges.push_back({random(count)});  // the same one may come twice
  }
  return edges;
}

/// Brings the metric from one state to the next in place.
void change(const route::RoadGraph& graph, const MetricRequest& before, const MetricRequest& after,
            Metric& metric) {
  const auto edges = edges_changed(graph, before, after);
  EXPECT_TRUE(std::is_sorted(edges.begin(), edges.end()));
  apply(graph, arc_changes(graph, metric, after, edges), metric);
}

TEST(MetricChange, EqualsTheMetricMadeAnewThroughAnyClosingsAndTimes) {
  std::size_t changes = 0;
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    support::Draw random(seed);
    const auto graph = random_town(random);
    const Hazards hazards = random_hazards(graph, random);
    const auto& profile = support::shipped_profiles()[random(9)];
    const route::Conditions conditions{random(2) == 0, random(2) == 0};
    MetricRequest state{profile, conditions, &hazards, 0, {}};
    Metric metric = make_metric(graph, state);
    for (int step = 0; step < 12; ++step) {
      MetricRequest next{profile, conditions, &hazards, random(12) * 60,
                         random_edges(graph, random)};
      const auto edges = edges_changed(graph, state, next);
      changes += arc_changes(graph, metric, next, edges).size();
      change(graph, state, next, metric);
      ASSERT_EQ(metric, make_metric(graph, next)) << step;
      state.at_s = next.at_s;
      state.closed = next.closed;
    }
  }
  EXPECT_GT(changes, 5000U);
}

TEST(MetricChange, OnlyArcsWhoseWeightChangesAreTold) {
  const MapSketch town("a--b--c==d");
  const auto& graph = town.graph();
  const MetricRequest open{shipped("wheelchair"), {}, nullptr, 0, {}};
  const MetricRequest shut{shipped("wheelchair"),
                           {},
                           nullptr,
                           0,
                           {town.edge('c', 'd'), town.edge('a', 'b'), town.edge('a', 'b')}};
  const auto edges = edges_changed(graph, open, shut);
  EXPECT_EQ(edges.size(), 2U);
  // The stairs were banned before.
  const auto changes = arc_changes(graph, make_metric(graph, open), shut, edges);
  ASSERT_EQ(changes.size(), 2U);
  for (const auto& one : changes) {
    EXPECT_EQ(graph.edge(one.arc), town.edge('a', 'b'));
    EXPECT_EQ(one.weight, kInfinity);
  }
  EXPECT_TRUE(edges_changed(graph, shut, shut).empty());
}

TEST(MetricChange, ANewSpeedLeavesTheMainPartAsItIs) {
  const MapSketch town("a--b--c");
  const auto& graph = town.graph();
  const MetricRequest day{shipped("walk")};
  const MetricRequest night{shipped("walk"), {.night = true}};
  Metric metric = make_metric(graph, day);
  std::vector<EdgeId> all(graph.edges().begin(), graph.edges().end());
  const auto changes = arc_changes(graph, metric, night, all);
  EXPECT_EQ(changes.size(), graph.arc_count());
  apply(graph, changes, metric);
  EXPECT_EQ(metric, make_metric(graph, night));
}

/// Distances from every node to every node.
std::vector<route::IdVector<NodeId, route::Weight>> all_distances(const route::RoadGraph& graph,
                                                                  const Metric& metric) {
  std::vector<route::IdVector<NodeId, route::Weight>> rows;
  for (const NodeId node : graph.nodes()) {
    const route::Seed seed{node, 0};
    rows.push_back(route::dijkstra(graph, metric, {&seed, 1}, route::Direction::Forward).distance);
  }
  return rows;
}

TEST(MetricChange, ClosingNeverShortensAndReopeningRestoresBitForBit) {
  std::size_t longer = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    support::Draw random(seed + 1000);
    const auto graph = random_town(random);
    const Hazards hazards = random_hazards(graph, random);
    const auto& profile = support::shipped_profiles()[random(9)];
    const MetricRequest open{profile, {}, &hazards, 120, {}};
    const MetricRequest shut{profile, {}, &hazards, 120, random_edges(graph, random)};
    const Metric before = make_metric(graph, open);
    Metric metric = before;
    const auto open_rows = all_distances(graph, metric);
    change(graph, open, shut, metric);
    const auto shut_rows = all_distances(graph, metric);
    for (std::size_t row = 0; row < open_rows.size(); ++row) {
      for (const NodeId node : graph.nodes()) {
        ASSERT_GE(shut_rows[row][node], open_rows[row][node]);
        longer += shut_rows[row][node] > open_rows[row][node] ? 1U : 0U;
      }
    }
    change(graph, shut, open, metric);
    EXPECT_EQ(metric, before);
  }
  EXPECT_GT(longer, 1000U);
}

TEST(MetricChange, AsTimePassesDurationsOnlyGrow) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    support::Draw random(seed + 2000);
    const auto graph = random_town(random);
    const Hazards hazards = random_hazards(graph, random);
    const auto& profile = support::shipped_profiles()[random(9)];
    auto before = all_distances(graph, make_metric(graph, {profile, {}, &hazards, 0, {}}));
    for (std::uint32_t at_s = 60; at_s <= 600; at_s += 60) {
      auto after = all_distances(graph, make_metric(graph, {profile, {}, &hazards, at_s, {}}));
      for (std::size_t row = 0; row < before.size(); ++row) {
        for (const NodeId node : graph.nodes()) {
          ASSERT_GE(after[row][node], before[row][node]);
        }
      }
      before = std::move(after);
    }
  }
}

}  // namespace
