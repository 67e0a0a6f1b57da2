// SPDX-License-Identifier: Apache-2.0
#include "chains.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../route/draw.hpp"
#include "export.hpp"
#include "plain_search.hpp"

namespace {

using bench::collapse_chains;
using bench::Net;
using bench::PlainSearch;
using route::kInfinity;
using route::NodeId;
using testing::ElementsAre;
using testing::IsEmpty;

struct Arc {
  std::uint32_t tail;
  std::uint32_t head;
  route::Weight weight;
};

/// A net of these arcs; node i lies at latitude i, so that it is known again after collapsing.
Net net_of(std::uint32_t nodes, std::vector<Arc> arcs) {
  std::ranges::stable_sort(arcs, {}, &Arc::tail);
  Net net;
  net.first_out.assign(nodes + 1, 0);
  for (const Arc& arc : arcs) {
    net.heads.push_back(NodeId{arc.head});
    net.weights.push_back(arc.weight);
    ++net.first_out[arc.tail + 1];
  }
  for (std::uint32_t node = 0; node < nodes; ++node) {
    net.first_out[node + 1] += net.first_out[node];
    net.positions.push_back({static_cast<std::int32_t>(node), 0});
  }
  return net;
}

Net collapsed(const Net& net) {
  return collapse_chains(net.view(), net.weights,
                         std::vector<std::uint8_t>(net.positions.size(), 1));
}

std::vector<std::int32_t> names(const Net& net) {
  std::vector<std::int32_t> names;
  for (const route::LatLon position : net.positions) {
    names.push_back(position.lat_e7);
  }
  return names;
}

TEST(Chains, BothDirectionsOfAChainAreSummedOnTheirOwn) {
  const Net net =
      collapsed(net_of(4, {{0, 1, 1}, {1, 2, 2}, {2, 3, 4}, {3, 2, 10}, {2, 1, 20}, {1, 0, 40}}));
  EXPECT_THAT(names(net), ElementsAre(0, 3));
  EXPECT_THAT(net.first_out, ElementsAre(0, 1, 2));
  EXPECT_THAT(net.weights, ElementsAre(7, 70));
}

TEST(Chains, AOneWayChainStaysOneWay) {
  const Net net = collapsed(net_of(
      5,
      {{0, 1, 1}, {1, 2, 2}, {2, 0, 9}, {0, 2, 50}, {2, 3, 1}, {3, 2, 1}, {0, 4, 1}, {4, 0, 1}}));
  EXPECT_THAT(names(net), ElementsAre(3, 4));  // 0, 2 lie between them once 1 is gone
  EXPECT_THAT(net.weights, ElementsAre(1 + 9 + 1, 1 + 3 + 1));
}

TEST(Chains, OfParallelArcsTheQuickestStaysAndLoopsGo) {
  const Net net = collapsed(net_of(2, {{0, 1, 5}, {0, 1, 3}, {0, 0, 1}, {1, 0, 4}, {1, 0, 8}}));
  EXPECT_THAT(net.heads, ElementsAre(NodeId{1}, NodeId{0}));
  EXPECT_THAT(net.weights, ElementsAre(3, 4));
}

TEST(Chains, ClosedArcsAndUnmarkedNodesFallOut) {
  const Net net = net_of(3, {{0, 1, 5}, {1, 0, 5}, {1, 2, 1}, {2, 1, 1}, {0, 2, kInfinity}});
  const Net small = collapse_chains(net.view(), net.weights, std::vector<std::uint8_t>{1, 1, 0});
  EXPECT_THAT(names(small), ElementsAre(0, 1));
  EXPECT_THAT(small.weights, ElementsAre(5, 5));
}

TEST(Chains, NothingMarkedLeavesNothing) {
  const Net net = net_of(2, {{0, 1, 5}, {1, 0, 5}});
  const Net small = collapse_chains(net.view(), net.weights, std::vector<std::uint8_t>{0, 0});
  EXPECT_THAT(small.positions, IsEmpty());
  EXPECT_THAT(small.first_out, ElementsAre(0));
}

/// A ring, so that all reach all, and arcs across it: many chains, parallel arcs, loops, ties.
Net ring_with_arcs(std::uint32_t seed) {
  support::Draw draw(seed);
  const std::uint32_t nodes = 3 + draw(40);
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    arcs.push_back({i, (i + 1) % nodes, draw(20)});
  }
  for (std::uint32_t i = draw(nodes); i > 0; --i) {
    arcs.push_back({draw(nodes), draw(nodes), draw(60)});
  }
  return net_of(nodes, arcs);
}

TEST(Chains, DistancesBetweenTheNodesThatStayDoNotChange) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    const Net net = ring_with_arcs(seed);
    const Net small = collapsed(net);
    ASSERT_GE(small.positions.size(), 2U) << "seed " << seed;
    PlainSearch before(net);
    PlainSearch after(small);
    const auto name = names(small);
    for (std::uint32_t from = 0; from < name.size(); ++from) {
      for (std::uint32_t to = 0; to < name.size(); ++to) {
        const auto way = before.distance(NodeId{static_cast<std::uint32_t>(name[from])},
                                         NodeId{static_cast<std::uint32_t>(name[to])});
        ASSERT_EQ(after.distance(NodeId{from}, NodeId{to}), way) << "seed " << seed;
      }
    }
  }
}

TEST(Chains, NoNodeWithTwoNeighboursIsLeftBetweenOthers) {
  support::Draw draw(11);
  constexpr std::uint32_t kNodes = 200;
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < 260; ++i) {
    const std::uint32_t a = draw(kNodes);
    const std::uint32_t b = draw(kNodes);
    arcs.push_back({a, b, 1 + draw(9)});
    arcs.push_back({b, a, 1 + draw(9)});
  }
  const Net small = collapsed(net_of(kNodes, arcs));
  for (std::size_t node = 0; node < small.positions.size(); ++node) {
    EXPECT_NE(small.first_out[node + 1] - small.first_out[node], 2U) << node;
  }
}

}  // namespace
