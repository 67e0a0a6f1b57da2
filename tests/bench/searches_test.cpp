// SPDX-License-Identifier: Apache-2.0
// The judges are judged by each other and, where it fits, by the library's own plain search.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../route/random_roads.hpp"
#include "boost_search.hpp"
#include "plain_search.hpp"
#include "route/dijkstra.hpp"

namespace {

using bench::BoostSearch;
using bench::Net;
using bench::PlainSearch;
using route::kInfinity;
using route::NodeId;

struct RandomNet {
  explicit RandomNet(std::uint32_t seed)
      : graph(support::random_roads(seed, 60, 90)), metric(support::random_metric(graph, seed)) {
    const auto view = graph.net();
    net.first_out.assign(view.first_out.begin(), view.first_out.end());
    net.heads.assign(view.heads.begin(), view.heads.end());
    net.positions.assign(view.positions.begin(), view.positions.end());
    net.weights = metric.weights.raw();
  }
  route::RoadGraph graph;
  route::Metric metric;
  Net net;
};

TEST(Searches, PlainBoostAndLibraryAgreeOnTreesForwardAndBackward) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const RandomNet random(seed);
    const Net back = bench::reversed(random.net);
    const std::vector<NodeId> seeds{NodeId{seed}, NodeId{2 * seed}, NodeId{seed}};
    const std::vector<route::Seed> library_seeds{{NodeId{seed}, 0}, {NodeId{2 * seed}, 0}};
    for (const auto direction : {route::Direction::Forward, route::Direction::Backward}) {
      const Net& net = direction == route::Direction::Forward ? random.net : back;
      const auto expected =
          route::dijkstra(random.graph, random.metric, library_seeds, direction).distance.raw();
      PlainSearch plain(net);
      BoostSearch boost(net);
      EXPECT_TRUE(std::ranges::equal(plain.tree(seeds), expected)) << "seed " << seed;
      EXPECT_TRUE(std::ranges::equal(boost.tree(seeds), expected)) << "seed " << seed;
    }
  }
}

TEST(Searches, StoppingEarlyGivesTheDistanceOfTheTree) {
  const RandomNet random(5);
  PlainSearch plain(random.net);
  PlainSearch whole(random.net);
  BoostSearch boost(random.net);
  std::ptrdiff_t unreachable = 0;
  for (std::uint32_t from = 0; from < 60; from += 7) {
    const NodeId source{from};
    const auto tree = whole.tree({&source, 1});
    std::vector<route::Weight> by_plain;
    std::vector<route::Weight> by_boost;
    for (std::uint32_t to = 0; to < tree.size(); ++to) {
      by_plain.push_back(plain.distance(source, NodeId{to}));
      by_boost.push_back(boost.distance(source, NodeId{to}));
    }
    EXPECT_TRUE(std::ranges::equal(by_plain, tree)) << "from " << from;
    EXPECT_TRUE(std::ranges::equal(by_boost, tree)) << "from " << from;
    unreachable += std::ranges::count(tree, kInfinity);
  }
  EXPECT_GT(unreachable, 0);  // the case is met
}

TEST(Searches, TurnedRoundTwiceIsTheSameNetUpToTheOrderOfArcs) {
  const RandomNet random(3);
  const Net twice = bench::reversed(bench::reversed(random.net));
  EXPECT_EQ(twice.first_out, random.net.first_out);
  for (std::size_t node = 0; node < 60; ++node) {
    const auto arcs_of = [node](const Net& net) {
      std::vector<std::pair<NodeId, route::Weight>> arcs;
      for (auto arc = net.first_out[node]; arc < net.first_out[node + 1]; ++arc) {
        arcs.emplace_back(net.heads[arc], net.weights[arc]);
      }
      std::ranges::sort(arcs);
      return arcs;
    };
    EXPECT_EQ(arcs_of(twice), arcs_of(random.net));
  }
}

}  // namespace
