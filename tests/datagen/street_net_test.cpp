// SPDX-License-Identifier: Apache-2.0
#include "datagen/street_net.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "datagen/random.hpp"

namespace {

using datagen::join_strokes;
using datagen::Random;
using datagen::StreetNet;
using datagen::Stroke;

Stroke road(datagen::Line line, int layer = 0) {
  return {std::move(line), {{"highway", "residential"}}, layer, {}, false};
}

std::vector<std::size_t> shared(const StreetNet& net, std::size_t a, std::size_t b) {
  std::vector<std::size_t> nodes;
  for (const std::size_t node : net.ways.at(a).nodes) {
    if (std::ranges::count(net.ways.at(b).nodes, node) > 0) {
      nodes.push_back(node);
    }
  }
  return nodes;
}

TEST(StreetNet, CrossingStreetsShareOneNode) {
  const StreetNet net = join_strokes({road({{0, 50}, {100, 50}}), road({{40, 0}, {40, 100}})});
  const auto nodes = shared(net, 0, 1);
  ASSERT_EQ(nodes.size(), 1U);
  EXPECT_NEAR(net.nodes[nodes[0]].plan.x, 40, 1e-9);
  EXPECT_NEAR(net.nodes[nodes[0]].plan.y, 50, 1e-9);
}

TEST(StreetNet, AStreetThatEndsJustBesideAnotherJoinsIt) {
  const StreetNet net = join_strokes({road({{0, 50}, {100, 50}}), road({{40, 0}, {40, 49.7}})});
  EXPECT_EQ(shared(net, 0, 1).size(), 1U);
}

TEST(StreetNet, ABridgeMeetsTheRoadsAtItsHeadsAndNotTheOneBelow) {
  const StreetNet net = join_strokes({road({{0, 0}, {0, 50}}), road({{0, 50}, {0, 150}}, 1),
                                      road({{0, 150}, {0, 200}}), road({{-100, 100}, {100, 100}}),
                                      road({{-100, 100}, {-100, 0}, {0, 0}})});
  EXPECT_EQ(shared(net, 0, 1).size(), 1U);
  EXPECT_EQ(shared(net, 1, 2).size(), 1U);
  EXPECT_TRUE(shared(net, 1, 3).empty());
}

TEST(StreetNet, PiecesNoStreetLeadsToAreLeftOutUnlessTheyStandApart) {
  std::vector<Stroke> strokes = {road({{0, 0}, {200, 0}}), road({{0, 500}, {20, 500}})};
  EXPECT_EQ(join_strokes(strokes).ways.size(), 1U);
  strokes[1].apart = true;
  EXPECT_EQ(join_strokes(strokes).ways.size(), 2U);
}

TEST(StreetNet, ABarrierStandsOnANodeOfItsOwnWayOnly) {
  Stroke yard = road({{50, 0}, {50, 40}});
  yard.barrier = "gate";
  const StreetNet net = join_strokes({road({{0, 0}, {200, 0}}), yard});
  const auto gate = std::ranges::find_if(net.nodes, [](const auto& node) {
    return node.tags == datagen::Tags{{"barrier", "gate"}};
  });
  ASSERT_NE(gate, net.nodes.end());
  const auto node = static_cast<std::size_t>(gate - net.nodes.begin());
  EXPECT_EQ(std::ranges::count(net.ways[0].nodes, node), 0);
  EXPECT_EQ(std::ranges::count(net.ways[1].nodes, node), 1);
}

TEST(StretchIndex, NearestAgreesWithAllStretchesLookedAtOneByOne) {
  constexpr std::uint64_t kSeed = 17;
  SCOPED_TRACE(kSeed);
  Random random(kSeed, "stretches");
  std::vector<Stroke> strokes;
  for (int i = 0; i < 60; ++i) {
    const datagen::Point from{random.real(0, 800), random.real(0, 800)};
    strokes.push_back(road({from, {from.x + random.real(-90, 90), from.y + random.real(-90, 90)}}));
    strokes.back().apart = true;
  }
  const StreetNet net = join_strokes(strokes);
  const datagen::StretchIndex index(net);
  for (int i = 0; i < 300; ++i) {
    const datagen::Point p{random.real(-50, 850), random.real(-50, 850)};
    double expected = 60;
    for (const auto& s : index.stretches()) {
      const auto foot = between(s.from, s.to, nearest_share(p, s.from, s.to));
      expected = std::min(expected, distance(p, foot));
    }
    EXPECT_DOUBLE_EQ(index.nearest(p), expected);
  }
}

TEST(Random, AStreamDependsOnSeedAndPurposeOnly) {
  EXPECT_EQ(Random(1, "a").next(), Random(1, "a").next());
  EXPECT_NE(Random(1, "a").next(), Random(2, "a").next());
  EXPECT_NE(Random(1, "a").next(), Random(1, "b").next());
}

TEST(Random, WholeNumbersReachBothEndsEvenly) {
  Random random(3, "dice");
  std::array<int, 6> seen{};
  for (int i = 0; i < 6000; ++i) {
    ++seen.at(static_cast<std::size_t>(random.whole(1, 6) - 1));
  }
  for (const int count : seen) {
    EXPECT_NEAR(count, 1000, 150);
  }
}

TEST(Random, WeightsOfZeroAreNeverDrawn) {
  Random random(4, "weights");
  const std::array<double, 4> weights = {0, 1, 0, 3};
  std::array<int, 4> seen{};
  for (int i = 0; i < 4000; ++i) {
    ++seen.at(random.weighted(weights));
  }
  EXPECT_EQ(seen[0] + seen[2], 0);
  EXPECT_NEAR(seen[3], 3000, 200);
}

}  // namespace
