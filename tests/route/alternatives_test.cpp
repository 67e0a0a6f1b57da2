// SPDX-License-Identifier: Apache-2.0
#include "route/alternatives.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "every_way.hpp"
#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::EdgeId;
using route::find_alternative;
using route::find_path;
using route::kInfinity;
using route::make_metric;
using route::RoadPosition;
using route::Weight;
using support::Leg;
using support::MapSketch;
using support::shipped;

using Shared = std::pair<Weight, Weight>;  // shared, total

/// Shared and total duration of a way, the first way being given by its legs.
Shared measure(const route::RoadGraph& graph, const route::Metric& metric,
               std::span<const Leg> first, std::span<const Leg> way) {
  Shared sum{0, 0};
  for (const Leg& leg : way) {
    double common = 0;
    for (const Leg& taken : first) {
      if (graph.edge(taken.arc) == graph.edge(leg.arc)) {
        const auto [a, b] = std::minmax(taken.begin, taken.end);
        const auto [c, d] = std::minmax(leg.begin, leg.end);
        common += std::max(std::min(b, d) - std::max(a, c), 0.0);
      }
    }
    sum.first += route::partial_weight(metric.weights[leg.arc], 0, common);
    sum.second += leg.weight;
  }
  return sum;
}

/// The legs of a path between two positions.
std::vector<Leg> legs_of(const route::RoadGraph& graph, const route::Path& path,
                         const RoadPosition& from, const RoadPosition& to) {
  std::vector<Leg> legs;
  for (std::size_t i = 0; i < path.arcs.size(); ++i) {
    const auto arc = path.arcs[i];
    const bool ahead = graph.is_forward(arc);
    const bool at_start = i == 0 && graph.edge(arc) == from.edge;
    const bool at_end = i + 1 == path.arcs.size() && graph.edge(arc) == to.edge;
    legs.push_back(
        {arc, at_start ? from.fraction : (ahead ? 0 : 1), at_end ? to.fraction : (ahead ? 1 : 0)});
  }
  return legs;
}

TEST(Alternative, SharesTheLeastAmongAllWaysAndIsTheFastestOfThose) {
  std::size_t found = 0;
  std::size_t none = 0;
  for (std::uint32_t seed = 1; seed <= 4000; ++seed) {
    SCOPED_TRACE(seed);
    const std::uint32_t edges = 4 + seed % 9;
    const auto graph = support::random_roads(seed, 2 + seed % 6, edges);
    const auto metric = support::random_metric(graph, seed);
    support::Draw random(seed);
    const RoadPosition from{EdgeId{random(edges)}, random(11) / 10.0, {}};
    const RoadPosition to{EdgeId{random(edges)}, random(11) / 10.0, {}};
    const route::PathRequest request{graph, metric, shipped("walk")};
    const auto first = find_path(request, from, to);
    if (!first) {
      continue;
    }
    const auto taken = legs_of(graph, *first, from, to);
    Shared best{kInfinity, kInfinity};
    support::EveryWay(graph, metric, [&](std::span<const Leg> way) {
      best = std::min(best, measure(graph, metric, taken, way));
    }).between(from, to);
    const auto second = find_alternative(request, *first, from, to);
    ASSERT_EQ(second.has_value(), best.first < best.second);
    if (!second) {
      ++none;
      continue;
    }
    ++found;
    EXPECT_EQ((Shared{second->shared_duration, second->path.duration}), best);
    EXPECT_EQ(second->extra, second->path.duration - first->duration);
    EXPECT_LE(second->shared_length_m, second->path.length_m + 1e-6);
  }
  EXPECT_GT(found, 300U);
  EXPECT_GT(none, 300U);
}

TEST(Alternative, GoesRoundTheOtherSideOfTheBlock) {
  const MapSketch town(R"(
      a----b----S
           |    |
           |    |
           c----d )",
                       10);
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const route::PathRequest request{town.graph(), metric, shipped("walk")};
  const RoadPosition from{town.edge('a', 'b'), 0, {}};
  const RoadPosition to{town.edge('b', 'S'), 1, {}};
  const auto first = find_path(request, from, to);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(town.names(first->arcs), "abS");
  const auto second = find_alternative(request, *first, from, to);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(town.names(second->path.arcs), "abcdS");
  EXPECT_NEAR(second->shared_length_m, 50, 1e-9);  // the dead end a-b has no second way
  const Weight block = metric.weights[town.graph().forward_arc(town.edge('a', 'b'))];
  EXPECT_EQ(second->shared_duration, block);
  EXPECT_EQ(second->extra, metric.weights[town.graph().forward_arc(town.edge('b', 'c'))] * 2);
}

TEST(Alternative, LeavesTheFirstEdgeAtItsOtherEnd) {
  const MapSketch town(R"(
      a----b
      |    |
      d----c )",
                       10);
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const route::PathRequest request{town.graph(), metric, shipped("walk")};
  const RoadPosition from{town.edge('a', 'b'), 0.4, {}};
  const RoadPosition to{town.edge('d', 'c'), 0.5, {}};
  const auto first = find_path(request, from, to);
  ASSERT_TRUE(first.has_value());
  const auto second = find_alternative(request, *first, from, to);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->shared_duration, 0U);
  EXPECT_EQ(second->shared_length_m, 0);
}

TEST(Alternative, IsNoneWhereThereIsOneWayOnly) {
  const MapSketch town("a----b----c");
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const route::PathRequest request{town.graph(), metric, shipped("walk")};
  const RoadPosition from{town.edge('a', 'b'), 0.2, {}};
  const RoadPosition to{town.edge('b', 'c'), 0.7, {}};
  const auto first = find_path(request, from, to);
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(find_alternative(request, *first, from, to).has_value());
  const auto nowhere = find_path(request, from, from);
  ASSERT_TRUE(nowhere.has_value());
  EXPECT_FALSE(find_alternative(request, *nowhere, from, from).has_value());
}

}  // namespace
