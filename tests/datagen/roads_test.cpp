// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "sample_town.hpp"

namespace {

using datagen_test::RoadFile;
using datagen_test::Way;
using testing::Contains;
using testing::Pair;

class Roads : public testing::Test {
 protected:
  Roads() : file_(datagen_test::roads_of(datagen_test::make_town(200, 1))) {}
  RoadFile file_;
};

/// Whether two straight stretches cross.
bool cross(registry::Position a, registry::Position b, registry::Position c, registry::Position d) {
  const auto side = [](registry::Position p, registry::Position q, registry::Position r) {
    return (q.lon - p.lon) * (r.lat - p.lat) - (q.lat - p.lat) * (r.lon - p.lon) > 0;
  };
  return side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b);
}

TEST_F(Roads, NearlyAllNodesHangTogetherAndTheGardenPathDoesNot) {
  std::map<std::int64_t, std::int64_t> parent;
  const std::function<std::int64_t(std::int64_t)> root = [&](std::int64_t node) {
    auto [at, added] = parent.try_emplace(node, node);
    return at->second == node ? node : at->second = root(at->second);
  };
  for (const Way& way : file_.ways) {
    for (std::size_t i = 1; way.road() && i < way.nodes.size(); ++i) {
      parent[root(way.nodes[i - 1])] = root(way.nodes[i]);
    }
  }
  std::map<std::int64_t, std::size_t> sizes;
  for (const auto& [node, up] : parent) {
    ++sizes[root(node)];
  }
  std::size_t largest = 0;
  for (const auto& [piece, size] : sizes) {
    largest = std::max(largest, size);
  }
  EXPECT_GE(static_cast<double>(largest), 0.95 * static_cast<double>(parent.size()));
  EXPECT_EQ(sizes.size(), 2U) << "the town and one garden path";
}

TEST_F(Roads, EveryKindOfRoadAndObstacleOccurs) {
  std::set<std::pair<std::string, std::string>> seen;
  std::set<std::string> keys;
  for (const Way& way : file_.ways) {
    seen.insert(way.tags.begin(), way.tags.end());
    for (const auto& [key, value] : way.tags) {
      keys.insert(key);
    }
  }
  for (const auto& [node, tags] : file_.node_tags) {
    seen.insert(tags.begin(), tags.end());
  }
  for (const char* kind : {"trunk", "primary", "secondary", "tertiary", "unclassified",
                           "residential", "service", "footway", "path", "steps", "pedestrian"}) {
    EXPECT_THAT(seen, Contains(Pair("highway", kind)));
  }
  for (const char* barrier : {"bollard", "gate", "cycle_barrier"}) {
    EXPECT_THAT(seen, Contains(Pair("barrier", barrier)));
  }
  EXPECT_THAT(seen, Contains(Pair("bridge", "yes")));
  EXPECT_THAT(seen, Contains(Pair("tunnel", "yes")));
  EXPECT_THAT(seen, Contains(Pair("layer", "-1")));
  EXPECT_THAT(seen, Contains(Pair("oneway", "yes")));
  EXPECT_THAT(seen, Contains(Pair("access", "private")));
  EXPECT_THAT(seen, Contains(Pair("railway", "level_crossing")));
  EXPECT_THAT(seen, Contains(Pair("sidewalk", "both")));
  for (const char* key : {"step_count", "width", "surface", "name"}) {
    EXPECT_THAT(keys, Contains(key));
  }
}

TEST_F(Roads, NothingButBridgesCrossesTheRiver) {
  const Way& river = file_.way_with("waterway", "river");
  std::size_t bridges = 0;
  for (const Way& way : file_.ways) {
    if (!way.road()) {
      continue;
    }
    std::size_t crossings = 0;
    for (std::size_t i = 1; i < way.nodes.size(); ++i) {
      for (std::size_t k = 1; k < river.nodes.size(); ++k) {
        crossings += cross(file_.places.at(way.nodes[i - 1]), file_.places.at(way.nodes[i]),
                           file_.places.at(river.nodes[k - 1]), file_.places.at(river.nodes[k]))
                         ? 1U
                         : 0U;
      }
    }
    if (crossings > 0) {
      EXPECT_TRUE(way.tags.contains("bridge")) << way.id;
      EXPECT_EQ(crossings, 1U);
      ++bridges;
    }
  }
  EXPECT_EQ(bridges, 4U);
}

TEST_F(Roads, OneTunnelPassesBelowTheRailwayWithoutAJunction) {
  const Way& rail = file_.way_with("railway", "rail");
  const Way& tunnel = file_.way_with("tunnel", "yes");
  EXPECT_FALSE(rail.road());
  EXPECT_EQ(
      std::ranges::count_if(file_.ways, [](const Way& way) { return way.tags.contains("tunnel"); }),
      1);
  for (const std::int64_t node : tunnel.nodes) {
    EXPECT_EQ(std::ranges::count(rail.nodes, node), 0);
  }
}

TEST_F(Roads, IdsArePositiveAndRisingAndNothingTellsWhenTheFileWasMade) {
  std::int64_t last = 0;
  std::size_t falls = 0;
  for (const std::int64_t id : file_.ids) {
    EXPECT_GT(id, 0);
    falls += id <= last ? 1 : 0;
    last = id;
  }
  EXPECT_EQ(falls, 1U) << "nodes, then ways";
  EXPECT_FALSE(file_.has_metadata);
  EXPECT_THAT(file_.header, testing::Not(Contains("timestamp")));
  EXPECT_THAT(file_.header, testing::Not(Contains("osmosis_replication_timestamp")));
}

TEST_F(Roads, EveryMemberOfAWayIsInTheFileAndStretchesAreShort) {
  for (const Way& way : file_.ways) {
    ASSERT_GE(way.nodes.size(), 2U);
    for (std::size_t i = 1; i < way.nodes.size(); ++i) {
      ASSERT_TRUE(file_.places.contains(way.nodes[i]));
      const double length =
          datagen_test::metres(file_.places.at(way.nodes[i - 1]), file_.places.at(way.nodes[i]));
      EXPECT_GT(length, 0.2) << way.id;
      EXPECT_LT(length, 40) << way.id;
    }
  }
}

}  // namespace
