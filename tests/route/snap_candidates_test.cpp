// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <tuple>

#include "draw.hpp"
#include "profiles_fixture.hpp"
#include "route/graph_builder.hpp"
#include "route/snapping.hpp"
#include "support/map_sketch.hpp"

namespace route {
namespace {

using support::Draw;
using support::MapSketch;
using support::shipped;

/// Sign of the turn from a-b to c.
int turn(LatLon a, LatLon b, LatLon c) {
  const std::int64_t area = (std::int64_t{b.lon_e7} - a.lon_e7) * (c.lat_e7 - a.lat_e7) -
                            (std::int64_t{b.lat_e7} - a.lat_e7) * (c.lon_e7 - a.lon_e7);
  return (area > 0 ? 1 : 0) - (area < 0 ? 1 : 0);
}

/// Looks at every wall; one met in the last 5 cm before the road does not count. Places are drawn
/// such that no line runs through the end of a wall.
bool crosses_by_hand(const RoadGraph& graph, LatLon from, LatLon road) {
  const double length = distance_m(from, road);
  const LatLon to = interpolate(road, from, std::min(0.05 / length, 1.0));
  for (const EdgeId edge : graph.edges()) {
    const auto shape = graph.shape(edge);
    for (std::size_t i = 1; is_wall(graph.road(edge)) && i < shape.size(); ++i) {
      const LatLon a = shape[i - 1];
      const LatLon b = shape[i];
      if (turn(a, b, from) * turn(a, b, to) < 0 && turn(from, to, a) * turn(from, to, b) < 0) {
        return true;
      }
    }
  }
  return false;
}

/// Looks at every segment of every edge.
std::vector<SnapCandidate> by_hand(const RoadGraph& graph, const SnapMask& mask, LatLon place,
                                   double limit_m) {
  std::vector<SnapCandidate> free;
  std::vector<SnapCandidate> crossing;
  for (const EdgeId edge : graph.edges()) {
    const auto shape = graph.shape(edge);
    SnapCandidate best_free{{edge, 0, {}, std::numeric_limits<double>::infinity()}, false};
    SnapCandidate best{best_free.position, true};
    for (std::size_t i = 1; mask[edge] != 0 && i < shape.size(); ++i) {
      const double share = nearest_fraction(place, shape[i - 1], shape[i]);
      const LatLon point = interpolate(shape[i - 1], shape[i], share);
      const RoadPosition position{edge, 0, point, distance_m(place, point)};
      if (position.distance_m < best.position.distance_m) {
        best.position = position;
      }
      if (position.distance_m < best_free.position.distance_m &&
          !crosses_by_hand(graph, place, point)) {
        best_free.position = position;
      }
    }
    if (best_free.position.distance_m <= limit_m) {
      free.push_back(best_free);
    }
    if (best.position.distance_m <= limit_m) {
      crossing.push_back(best);
    }
  }
  auto& chosen = free.empty() ? crossing : free;
  std::ranges::sort(chosen, {}, [](const SnapCandidate& candidate) {
    return std::tuple(candidate.position.distance_m, candidate.position.edge);
  });
  return chosen;
}

/// A third of the roads are walls, one of ten on a bridge.
RoadGraph walled_town(Draw& random, std::uint32_t nodes, std::uint32_t edges) {
  const auto place = [&random] {
    return LatLon{357'000'000 + static_cast<std::int32_t>(random(400'000)),
                  1'395'000'000 + static_cast<std::int32_t>(random(400'000))};
  };
  GraphBuilder builder;
  std::vector<LatLon> positions;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    positions.push_back(place());
    builder.add_node(positions.back());
  }
  for (std::uint32_t edge = 0; edge < edges; ++edge) {
    const std::uint32_t from = random(nodes);
    const std::uint32_t to = random(nodes);
    Road road;
    road.road_class = RoadClass::Residential;
    road.foot = random(3) == 0 ? Tri::No : Tri::Yes;
    road.bridge = random(10) == 0 ? 1 : 0;
    builder.add_edge(NodeId{from}, NodeId{to}, road, {positions[from], place(), positions[to]});
  }
  return builder.build();
}

TEST(SnapCandidates, EqualLookingAtEveryRoadAndEveryWall) {
  std::size_t crossing = 0;
  std::size_t detours = 0;
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw random(seed);
    const RoadGraph graph = walled_town(random, 30, 6 + 4 * seed);
    const RoadIndex index(graph);
    const Metric metric = make_metric(graph, {shipped("walk")});
    const SnapMask mask = snap_mask(graph, metric);
    for (int query = 0; query < 60; ++query) {
      const LatLon place{356'950'000 + static_cast<std::int32_t>(random(500'000)),
                         1'394'950'000 + static_cast<std::int32_t>(random(500'000))};
      const double limit = query % 2 == 0 ? 400 : 4000;
      auto expected = by_hand(graph, mask, place, limit);
      expected.resize(std::min<std::size_t>(expected.size(), 3));
      const auto found = index.snap_candidates(place, mask, limit, 3);
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].position.edge, expected[i].position.edge);
        EXPECT_EQ(found[i].position.point, expected[i].position.point);
        EXPECT_EQ(found[i].crosses_wall, expected[i].crosses_wall);
      }
      if (!found.empty()) {
        crossing += found[0].crosses_wall ? 1U : 0U;
        const auto plain = index.nearest(
            place, [&mask](EdgeId edge) { return mask[edge] != 0; }, limit);
        detours += plain.at(0).edge != found[0].position.edge ? 1U : 0U;
      }
    }
  }
  EXPECT_GT(crossing, 20U);
  EXPECT_GT(detours, 50U);
}

TEST(SnapCandidates, DoNotLeadAcrossAMotorwayWhileThereIsAnotherStreet) {
  const MapSketch town(R"(
      a--------------b
      |              |
      c--------------d
      |              |
      |              |
      |              |
      e--------------f )",
                       20, [](char from, char to, Road& road) {
                         if (std::string{from, to} == "cd" || std::string{from, to} == "dc") {
                           road.foot = Tri::No;
                         }
                       });
  const RoadIndex index(town.graph());
  const Metric metric = make_metric(town.graph(), {shipped("walk")});
  const SnapMask mask = snap_mask(town.graph(), metric);
  const LatLon middle = interpolate(town.position('c'), town.position('d'), 0.5);
  const LatLon south = town.position('e');
  const LatLon home = interpolate(middle, {south.lat_e7, middle.lon_e7}, 0.2);  // 16 m south of it
  const auto found = index.snap_candidates(home, mask, 200);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].position.edge, town.edge('e', 'f'));
  EXPECT_FALSE(found[0].crosses_wall);
  EXPECT_NEAR(found[0].position.distance_m, 64, 0.2);
  const auto near_only = index.snap_candidates(home, mask, 60);
  ASSERT_EQ(near_only.size(), 1);
  EXPECT_EQ(near_only[0].position.edge, town.edge('a', 'b'));
  EXPECT_TRUE(near_only[0].crosses_wall);
  EXPECT_TRUE(index.snap_candidates(home, mask, 30).empty());
  EXPECT_TRUE(index.snap_candidates(home, mask, 200, 0).empty());
}

TEST(SnapCandidates, PassBelowABridgeAndAboveATunnel) {
  Road road;
  road.road_class = RoadClass::Motorway;
  EXPECT_TRUE(is_wall(road));
  road.bridge = 1;
  EXPECT_FALSE(is_wall(road));
  road = {};
  EXPECT_FALSE(is_wall(road));
  road.foot = Tri::No;
  EXPECT_TRUE(is_wall(road));
  road.tunnel = 1;
  EXPECT_FALSE(is_wall(road));
  road = {};
  road.barrier = Barrier::Wall;
  EXPECT_TRUE(is_wall(road));
}

TEST(SnapCandidates, ALineThatEndsAtAWallDoesNotCrossIt) {
  const MapSketch town("a----b----c", 20, [](char from, char to, Road& road) {
    road.foot = from == 'c' || to == 'c' ? Tri::No : Tri::Yes;
  });
  const RoadIndex index(town.graph());
  const Metric metric = make_metric(town.graph(), {shipped("walk")});
  const LatLon place = interpolate(town.position('b'), town.position('c'), 0.3);  // on the wall
  const auto found = index.snap_candidates(place, snap_mask(town.graph(), metric), 200);
  ASSERT_EQ(found.size(), 1);
  EXPECT_FALSE(found[0].crosses_wall);
  EXPECT_EQ(found[0].position.point, town.position('b'));
}

TEST(SnapCandidates, ARoadThatIsUsedIsNoWallBeforeItself) {
  GraphBuilder builder;
  const NodeId a = builder.add_node(from_degrees(35.7, 139.5));
  const NodeId b = builder.add_node(from_degrees(35.701234, 139.507891));
  Road road;  // vehicles only
  road.road_class = RoadClass::Trunk;
  road.foot = Tri::No;
  road.vehicle = Tri::Yes;
  builder.add_edge(a, b, road);
  const RoadGraph graph = builder.build();
  const RoadIndex index(graph);
  const SnapMask mask = snap_mask(graph, make_metric(graph, {shipped("vehicle")}));
  Draw random(1);
  for (int i = 0; i < 500; ++i) {
    const LatLon place{357'000'000 + static_cast<std::int32_t>(random(12'000)),
                       1'395'000'000 + static_cast<std::int32_t>(random(78'000))};
    const auto found = index.snap_candidates(place, mask, 2000);
    ASSERT_EQ(found.size(), 1);
    EXPECT_FALSE(found[0].crosses_wall);
  }
}

TEST(SnapCandidates, IslandsAreAvoided) {
  const MapSketch town(R"(
      a----b

      c--------d
      |        |
      e--------f )",
                       20);
  const RoadIndex index(town.graph());
  const Metric metric = make_metric(town.graph(), {shipped("walk")});
  const auto found =
      index.snap_candidates(town.position('a'), snap_mask(town.graph(), metric), 300, 9);
  ASSERT_FALSE(found.empty());
  for (const SnapCandidate& candidate : found) {
    EXPECT_NE(candidate.position.edge, town.edge('a', 'b'));
  }
}

}  // namespace
}  // namespace route
