// SPDX-License-Identifier: Apache-2.0
#include "route/node_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "random_roads.hpp"
#include "route/contraction_hierarchy.hpp"

namespace {

using route::NodeId;

/// A net with a node on every crossing of a square grid.
struct Grid {
  explicit Grid(std::uint32_t side) {
    for (std::uint32_t y = 0; y < side; ++y) {
      for (std::uint32_t x = 0; x < side; ++x) {
        positions.push_back({static_cast<std::int32_t>(350'000'000 + 1000 * y),
                             static_cast<std::int32_t>(1'390'000'000 + 1000 * x)});
        const auto join = [&](bool is_there, std::uint32_t other) {
          if (is_there) {
            heads.push_back(NodeId{other});
          }
        };
        const std::uint32_t self = y * side + x;
        join(x > 0, self - 1);
        join(x + 1 < side, self + 1);
        join(y > 0, self - side);
        join(y + 1 < side, self + side);
        first_out.push_back(static_cast<std::uint32_t>(heads.size()));
      }
    }
  }
  [[nodiscard]] route::NetView net() const { return {first_out, heads, positions}; }

  std::vector<std::uint32_t> first_out{0};
  std::vector<NodeId> heads;
  std::vector<route::LatLon> positions;
};

bool has_every_node_once(std::vector<NodeId> order, std::size_t count) {
  std::ranges::sort(order);
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    if (order[i] != NodeId{i}) {
      return false;
    }
  }
  return order.size() == count;
}

TEST(NodeOrder, HoldsEveryNodeOnceWhateverTheNet) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const std::uint32_t nodes = 1 + seed * 3;
    const auto graph = support::random_roads(seed, nodes, seed * 5);  // loops, parallels, islands
    EXPECT_TRUE(has_every_node_once(route::nested_dissection(graph.net()), nodes));
  }
}

TEST(NodeOrder, OfNothingIsNothing) {
  const std::vector<std::uint32_t> first_out{0};
  EXPECT_TRUE(route::nested_dissection({first_out, {}, {}}).empty());
}

TEST(NodeOrder, IsTheSameEveryTime) {
  const auto graph = support::random_roads(7, 300, 700);
  EXPECT_EQ(route::nested_dissection(graph.net()), route::nested_dissection(graph.net()));
}

TEST(NodeOrder, NodesAtOnePlaceAreNoObstacle) {
  Grid grid(12);
  std::ranges::fill(grid.positions, grid.positions.front());
  EXPECT_TRUE(has_every_node_once(route::nested_dissection(grid.net()), 144));
}

TEST(NodeOrder, FoldsALongChainEvenly) {
  Grid chain(1);
  const std::uint32_t length = 100'000;
  chain.first_out = {0};
  chain.positions.clear();
  for (std::uint32_t i = 0; i < length; ++i) {
    chain.positions.push_back({350'000'000, static_cast<std::int32_t>(1'390'000'000 + i)});
    if (i > 0) {
      chain.heads.push_back(NodeId{i - 1});
    }
    if (i + 1 < length) {
      chain.heads.push_back(NodeId{i + 1});
    }
    chain.first_out.push_back(static_cast<std::uint32_t>(chain.heads.size()));
  }
  const route::CchTopology topology(chain.net(), route::nested_dissection(chain.net()));
  EXPECT_LE(topology.levels(), 40U);
  EXPECT_LE(topology.arc_count(), 2U * length);
}

TEST(NodeOrder, OfAGridIsNearlyAsGoodAsCuttingItByHand) {
  const std::uint32_t side = 33;
  const Grid grid(side);
  const route::CchTopology topology(grid.net(), route::nested_dissection(grid.net()));
  // Halving squares by their middle lines has separators of 33 + 16 + 16 + 8 + 8 ... nodes above
  // a corner, and 7.75 n log2(n) is the leading term of its arcs (George 1973).
  EXPECT_LE(topology.levels(), 110U);
  EXPECT_LE(topology.arc_count(), 13'000U);
}

}  // namespace
