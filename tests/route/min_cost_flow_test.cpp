// SPDX-License-Identifier: Apache-2.0
#include "route/min_cost_flow.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "draw.hpp"

namespace {

using route::MinCostFlow;

struct PlainArc {
  std::size_t tail;
  std::size_t head;
  std::int64_t capacity;
  std::int64_t cost;
};

constexpr std::int64_t kFar = 1'000'000'000;

/// Shortest residual distances between all pairs (Floyd and Warshall); knows nothing of the solver.
std::vector<std::vector<std::int64_t>> residual_distances(std::size_t nodes,
                                                          const std::vector<PlainArc>& arcs,
                                                          const MinCostFlow& flow) {
  std::vector distance(nodes, std::vector<std::int64_t>(nodes, kFar));
  const auto offer = [&](std::size_t from, std::size_t to, std::int64_t cost) {
    distance[from][to] = std::min(distance[from][to], cost);
  };
  for (std::size_t i = 0; i < nodes; ++i) {
    distance[i][i] = 0;
  }
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    if (flow.flow_on(i) < arcs[i].capacity) {
      offer(arcs[i].tail, arcs[i].head, arcs[i].cost);
    }
    if (flow.flow_on(i) > 0) {
      offer(arcs[i].head, arcs[i].tail, -arcs[i].cost);
    }
  }
  for (std::size_t via = 0; via < nodes; ++via) {
    for (std::size_t from = 0; from < nodes; ++from) {
      for (std::size_t to = 0; to < nodes; ++to) {
        if (distance[from][via] < kFar && distance[via][to] < kFar) {
          offer(from, to, distance[from][via] + distance[via][to]);
        }
      }
    }
  }
  return distance;
}

TEST(MinCostFlow, TakesTheCheapWayFirstAndTheDearOneForTheRest) {
  MinCostFlow network(4);
  network.add_arc(0, 1, 2, 1);
  network.add_arc(1, 3, 2, 1);
  const std::size_t dear = network.add_arc(0, 2, 5, 10);
  network.add_arc(2, 3, 5, 10);
  const auto result = network.solve(0, 3, 4);
  EXPECT_EQ(result.flow, 4);
  EXPECT_EQ(result.cost, 2 * 2 + 2 * 20);
  EXPECT_EQ(network.flow_on(dear), 2);
}

TEST(MinCostFlow, TakesBackAnEarlierChoiceWhenThatIsCheaper) {
  // The cheapest single path 0-1-2-3 blocks both ways; two units need 0-1-3 and 0-2-3.
  MinCostFlow network(4);
  network.add_arc(0, 1, 1, 1);
  network.add_arc(0, 2, 1, 4);
  const std::size_t shortcut = network.add_arc(1, 2, 1, 1);
  network.add_arc(1, 3, 1, 5);
  network.add_arc(2, 3, 1, 1);
  EXPECT_EQ(network.solve(0, 3, 2).cost, 1 + 5 + 4 + 1);
  EXPECT_EQ(network.flow_on(shortcut), 0);
}

TEST(MinCostFlow, UnreachableSinkGivesNoFlow) {
  MinCostFlow network(3);
  network.add_arc(0, 1, 7, 1);
  EXPECT_EQ(network.solve(0, 2, 5).flow, 0);
}

TEST(MinCostFlow, RandomNetworksKeepTheFlowRulesAndHaveNoNegativeCycle) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    support::Draw random(seed);
    const std::uint32_t nodes = 3 + random(8);
    std::vector<PlainArc> arcs;
    MinCostFlow network(nodes);
    for (std::size_t i = 0; i < 3 * nodes; ++i) {
      arcs.push_back({random(nodes), random(nodes), random(5), random(10)});
      EXPECT_EQ(network.add_arc(arcs[i].tail, arcs[i].head, arcs[i].capacity, arcs[i].cost), i);
    }
    const auto limit = static_cast<std::int64_t>(1 + random(12));
    const auto result = network.solve(0, nodes - 1, limit);

    std::vector<std::int64_t> surplus(nodes, 0);
    std::int64_t cost = 0;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      ASSERT_GE(network.flow_on(i), 0);
      ASSERT_LE(network.flow_on(i), arcs[i].capacity);
      surplus[arcs[i].tail] -= network.flow_on(i);
      surplus[arcs[i].head] += network.flow_on(i);
      cost += network.flow_on(i) * arcs[i].cost;
    }
    EXPECT_EQ(cost, result.cost);
    EXPECT_EQ(surplus.front(), -result.flow);
    EXPECT_EQ(surplus.back(), result.flow);
    EXPECT_TRUE(std::all_of(surplus.begin() + 1, surplus.end() - 1, [](auto s) { return s == 0; }));

    const auto residual = residual_distances(nodes, arcs, network);
    for (std::size_t i = 0; i < nodes; ++i) {
      EXPECT_GE(residual[i][i], 0) << "a cheaper flow of the same size exists";
    }
    EXPECT_TRUE(result.flow == limit || residual[0][nodes - 1] == kFar) << "more could be sent";
  }
}

}  // namespace
