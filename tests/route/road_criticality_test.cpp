// SPDX-License-Identifier: Apache-2.0
#include "route/road_criticality.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "draw.hpp"
#include "hierarchy_fixture.hpp"
#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "route/dijkstra.hpp"
#include "route/path.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::CriticalRoad;
using route::EdgeId;
using route::Metric;
using route::PlannedWay;
using route::RoadGraph;
using route::RoadLoss;
using support::Draw;
using support::Hierarchy;

/// The ways of some people on one metric; those without any way are left out.
std::vector<PlannedWay> draw_ways(const RoadGraph& graph, const Metric& metric, Draw& draw) {
  std::vector<PlannedWay> ways;
  const auto place = [&] {
    const EdgeId edge{draw(static_cast<std::uint32_t>(graph.edge_count()))};
    return route::RoadPosition{edge, draw(5) / 4.0, {}};
  };
  std::vector<route::RoadPosition> shelters{place(), place(), place()};
  for (int i = 0; i < 40; ++i) {
    PlannedWay way;
    way.start = place();
    way.target = shelters[draw(3)];
    const auto path = find_path({graph, metric, support::shipped("walk")}, way.start, way.target);
    if (path) {
      way.arcs = path->arcs;
      way.duration = path->duration;
      const std::uint32_t kind = draw(3);
      way.limit = kind == 0 ? route::kInfinity : way.duration + draw(15) - (kind == 1 ? 0U : 2U);
      if (kind == 2 && way.duration < 2) {
        way.limit = 0;
      }
      ways.push_back(way);
    }
  }
  return ways;
}

/// Closes every road in turn and searches anew with Dijkstra's algorithm.
std::vector<CriticalRoad> brute_force(const RoadGraph& graph,
                                      std::span<const route::RoadUsers> groups, std::size_t count,
                                      RoadLoss loss) {
  std::vector<CriticalRoad> roads;
  for (const EdgeId edge : graph.edges()) {
    CriticalRoad road{.edge = edge};
    for (const route::RoadUsers& group : groups) {
      Metric closed = group.metric;
      closed.weights[graph.forward_arc(edge)] = route::kInfinity;
      closed.weights[graph.backward_arc(edge)] = route::kInfinity;
      for (const PlannedWay& way : group.ways) {
        if (way.duration > way.limit) {
          continue;
        }
        road.users += way.start.edge == edge || way.target.edge == edge ||
                      std::ranges::any_of(
                          way.arcs, [&](route::ArcId arc) { return graph.edge(arc) == edge; });
        // Places on a road nobody gets through are still joined to its ends.
        const Metric& ends = loss == RoadLoss::Whole ? closed : group.metric;
        const auto tree =
            dijkstra(graph, closed, seeds_at(graph, ends, way.start, route::Direction::Forward),
                     route::Direction::Forward);
        route::Weight best = along_one_edge(graph, ends, way.start, way.target);
        for (const route::Seed& end :
             seeds_at(graph, ends, way.target, route::Direction::Backward)) {
          best = std::min(best, route::add(tree.distance[end.node], end.weight));
        }
        if (best >= route::kInfinity || best > way.limit) {
          ++road.stranded;
          road.at_start += way.start.edge == edge;
          road.at_target += way.target.edge == edge;
        }
      }
    }
    if (road.stranded > 0) {
      roads.push_back(road);
    }
  }
  std::stable_sort(roads.begin(), roads.end(), [](const CriticalRoad& a, const CriticalRoad& b) {
    return std::tie(b.stranded, a.edge) < std::tie(a.stranded, b.edge);
  });
  roads.resize(std::min(roads.size(), count));
  return roads;
}

TEST(RoadCriticality, RanksAsClosingEveryRoadInTurnDoes) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const RoadGraph graph = support::random_roads(seed, 12 + seed % 20, 30 + seed % 25);
    const Hierarchy hierarchy(graph);
    const std::array metrics{support::random_metric(graph, seed),
                             support::random_metric(graph, seed + 1000)};
    const std::array ways{draw_ways(graph, metrics[0], draw), draw_ways(graph, metrics[1], draw)};
    const std::array<route::RoadUsers, 2> groups{{{metrics[0], ways[0]}, {metrics[1], ways[1]}}};
    for (const RoadLoss loss : {RoadLoss::Whole, RoadLoss::Through}) {
      for (const std::size_t count : {1U, 3U, 20U}) {
        const auto found =
            route::most_critical_roads({graph, hierarchy.topology, groups, count, loss});
        EXPECT_EQ(found.roads, brute_force(graph, groups, count, loss)) << count;
      }
    }
  }
}

/// Two quarters, a bridge between them, and people a, b, c who flee to S.
class TwoQuarters : public testing::Test {
 protected:
  TwoQuarters()
      : town_(R"(
          a----b
          |    |
          c----d----e----S
                    |    |
                    f----g )"),
        hierarchy_(town_.graph()),
        metric_(make_metric(town_.graph(), {support::shipped("walk")})) {}

  [[nodiscard]] PlannedWay way(char a, char b, route::Weight spare = route::kInfinity) const {
    PlannedWay planned;
    planned.start = {town_.edge(a, b), 0.5, {}};
    planned.target = {town_.edge('S', 'g'), 0.25, {}};
    const auto path = find_path({town_.graph(), metric_, support::shipped("walk")}, planned.start,
                                planned.target);
    planned.arcs = path.value().arcs;
    planned.duration = path->duration;
    planned.limit = std::min(route::kInfinity, planned.duration + spare);
    return planned;
  }
  [[nodiscard]] route::Criticality critical(std::span<const PlannedWay> ways, std::size_t count,
                                            RoadLoss loss = RoadLoss::Whole) const {
    const route::RoadUsers users{metric_, ways};
    return route::most_critical_roads(
        {town_.graph(), hierarchy_.topology, std::span(&users, 1), count, loss});
  }

  support::MapSketch town_;
  Hierarchy hierarchy_;
  Metric metric_;
};

TEST_F(TwoQuarters, TheOnlyRoadBetweenThemStrandsEverybodyAndARingNobody) {
  const std::vector ways{way('a', 'b'), way('a', 'c'), way('c', 'd')};
  const auto found = critical(ways, 9);
  ASSERT_GE(found.roads.size(), 2U);
  std::vector<EdgeId> all{town_.edge('d', 'e'), town_.edge('S', 'g')};
  std::ranges::sort(all);
  EXPECT_EQ(found.roads[0].edge, all[0]);
  EXPECT_EQ(found.roads[1].edge, all[1]);
  EXPECT_EQ(found.roads[0].stranded, 3U);
  for (const CriticalRoad& road : found.roads) {
    EXPECT_NE(road.edge, town_.edge('e', 'S')) << "there is a way round";
    EXPECT_EQ(road.at_target, road.edge == town_.edge('S', 'g') ? 3U : 0U);
  }
}

TEST_F(TwoQuarters, WhereOnlyPassingThroughIsLostTheEndsOfTheWayStayOpen) {
  const std::vector ways{way('a', 'b'), way('a', 'c'), way('c', 'd')};
  const auto found = critical(ways, 9, RoadLoss::Through);
  ASSERT_EQ(found.roads.size(), 1U);
  EXPECT_EQ(found.roads[0].edge, town_.edge('d', 'e'));
}

TEST_F(TwoQuarters, ADetourThatTakesTooLongIsNoWay) {
  const std::vector ways{way('c', 'd', 1000)};
  const auto found = critical(ways, 9);
  EXPECT_TRUE(std::ranges::any_of(
      found.roads, [&](const CriticalRoad& road) { return road.edge == town_.edge('e', 'S'); }));
}

TEST_F(TwoQuarters, WhoIsLateAnywayIsLeftOut) {
  std::vector ways{way('a', 'b'), way('a', 'c')};
  ways[1].limit = ways[1].duration - 1;
  const auto found = critical(ways, 20);
  EXPECT_EQ(found.late, 1U);
  EXPECT_EQ(found.roads.front().stranded, 1U);
}

TEST_F(TwoQuarters, NobodyMakesNoRoadCritical) {
  EXPECT_TRUE(critical({}, 20).roads.empty());
  const std::vector ways{way('a', 'b')};
  EXPECT_TRUE(critical(ways, 0).roads.empty());
}

}  // namespace
