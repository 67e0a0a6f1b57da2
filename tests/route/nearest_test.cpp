// SPDX-License-Identifier: Apache-2.0
#include "route/nearest.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "random_roads.hpp"
#include "route/distance_table.hpp"

namespace {

using route::DistanceTable;
using route::EdgeId;
using route::kInfinity;
using route::nearest_targets;
using route::NearTarget;
using route::RoadPosition;

std::vector<RoadPosition> draw_places(support::Draw& random, std::uint32_t edges,
                                      std::size_t count) {
  std::vector<RoadPosition> places;
  while (places.size() < count) {
    places.push_back({EdgeId{random(edges)}, random(11) / 10.0, {}});
  }
  return places;
}

/// The row of the table in order.
std::vector<NearTarget> sorted_row(const DistanceTable& table, std::size_t source) {
  std::vector<NearTarget> row;
  for (std::size_t target = 0; target < table.targets(); ++target) {
    if (table.at(source, target) < kInfinity) {
      row.push_back({target, table.at(source, target)});
    }
  }
  std::ranges::stable_sort(row, {}, &NearTarget::duration);
  return row;
}

TEST(NearestTargets, EqualTheSortedRowOfTheTable) {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    const std::uint32_t edges = 5 + seed;
    const auto graph = support::random_roads(seed, 3 + seed / 2, edges);
    const auto metric = support::random_metric(graph, seed);
    support::Draw random(seed);
    const auto sources = draw_places(random, edges, 8);
    const auto targets = draw_places(random, edges, 12);
    const auto table = route::distance_table(graph, metric, sources, targets);
    for (std::size_t source = 0; source < sources.size(); ++source) {
      for (const std::size_t count : {0U, 1U, 3U, 20U}) {
        auto expected = sorted_row(table, source);
        expected.resize(std::min(expected.size(), count));
        EXPECT_EQ(nearest_targets({graph, metric, sources[source]}, targets, count), expected);
      }
    }
  }
}

TEST(NearestTargets, OfNoTargetsAreNone) {
  const auto graph = support::random_roads(1, 5, 8);
  const auto metric = support::random_metric(graph, 1);
  EXPECT_TRUE(nearest_targets({graph, metric, {EdgeId{0}, 0.5, {}}}, {}, 3).empty());
}

}  // namespace
