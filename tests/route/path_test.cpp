// SPDX-License-Identifier: Apache-2.0
#include "route/path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "route/error.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::ArcId;
using route::EdgeId;
using route::find_path;
using route::HazardKind;
using route::kInfinity;
using route::make_metric;
using route::Metric;
using route::NodeId;
using route::RoadPosition;
using route::Weight;
using support::MapSketch;
using support::shipped;

using Hazards = route::IdVector<EdgeId, std::vector<route::EdgeHazard>>;

/// The place `fraction` of the way from node a to node b along their edge.
RoadPosition on(const MapSketch& town, char a, char b, double fraction) {
  const EdgeId edge = town.edge(a, b);
  const bool along = town.graph().tail(town.graph().forward_arc(edge)) == town.node(a);
  return {edge, along ? fraction : 1 - fraction, {}};
}

TEST(Path, GoesFromTheMiddleOfOneEdgeToTheMiddleOfAnother) {
  const MapSketch town("a----b----c", 10);  // 50 m each
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const auto path = find_path({town.graph(), metric, shipped("walk")}, on(town, 'a', 'b', 0.8),
                              on(town, 'b', 'c', 0.6));
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(town.names(path->arcs), "abc");
  EXPECT_EQ(path->duration, 40'000U);
  EXPECT_NEAR(path->length_m, 40, 1e-9);
  ASSERT_EQ(path->shape.size(), 3U);
  EXPECT_NEAR(route::distance_m(path->shape[0], town.position('b')), 10, 0.05);
  EXPECT_EQ(path->shape[1], town.position('b'));
  EXPECT_NEAR(route::distance_m(town.position('b'), path->shape[2]), 30, 0.05);
}

TEST(Path, WithinOneEdgeItRunsStraightInEitherDirection) {
  const MapSketch town("a----b", 10);
  const auto metric = make_metric(town.graph(), {shipped("assisted")});
  const auto there = on(town, 'a', 'b', 0.9);
  const auto here = on(town, 'a', 'b', 0.5);
  const auto path = find_path({town.graph(), metric, shipped("assisted")}, there, here);
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->arcs.size(), 1U);
  EXPECT_EQ(path->duration, 40'000U);
  EXPECT_GT(path->shape.front().lon_e7, path->shape.back().lon_e7);
}

TEST(Path, AgainstAOneWayItGoesRoundTheBlock) {
  const MapSketch town(R"(
      a----b
      |    |
      d----c )",
                       10, [](char from, char to, route::Road& road) {
                         if (std::string{from, to} == "ab" || std::string{from, to} == "ba") {
                           road.oneway_vehicle = from == 'a' ? 1 : 2;
                         }
                       });
  const auto metric = make_metric(town.graph(), {shipped("vehicle")});
  const route::PathRequest request{town.graph(), metric, shipped("vehicle")};
  const auto back = find_path(request, on(town, 'a', 'b', 0.6), on(town, 'a', 'b', 0.4));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(town.names(back->arcs), "abcdab");
  EXPECT_EQ(find_path(request, on(town, 'a', 'b', 0.4), on(town, 'a', 'b', 0.6))->arcs.size(), 1U);
}

TEST(Path, WheelchairTakesTheLongWayRoundTheStairs) {
  const MapSketch town(R"(
      a----b====S
      |         |
      |         |
      |         |
      +----c----+ )",
                       20);
  const auto names_for = [&town](std::string_view profile) {
    const auto metric = make_metric(town.graph(), {shipped(profile)});
    const auto path = find_path({town.graph(), metric, shipped(profile)}, on(town, 'a', 'b', 0),
                                on(town, 'c', 'S', 1));
    return town.names(path->arcs);
  };
  EXPECT_EQ(names_for("walk"), "abS");
  EXPECT_EQ(names_for("wheelchair"), "acS");
}

TEST(Path, NoWayIsAnOrdinaryAnswer) {
  const MapSketch town("a----b====c----d");
  const auto metric = make_metric(town.graph(), {shipped("wheelchair")});
  EXPECT_FALSE(find_path({town.graph(), metric, shipped("wheelchair")}, on(town, 'a', 'b', 0.5),
                         on(town, 'c', 'd', 0.5))
                   .has_value());
}

TEST(Path, FromAPlaceToItselfTakesNoTime) {
  const MapSketch town("a----b");
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const auto here = on(town, 'a', 'b', 0.25);
  const auto path = find_path({town.graph(), metric, shipped("walk")}, here, here);
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->duration, 0U);
  EXPECT_EQ(path->length_m, 0);
  EXPECT_EQ(path->shape.size(), 2U);
}

TEST(Path, TellsStairsSlopesUnverifiedLengthAndHazards) {
  const MapSketch town("a----b====c----d====e", 10, [](char from, char to, route::Road& road) {
    const std::string name{from, to};
    if (name == "cd" || name == "dc") {
      road.wheelchair = route::Tri::Unknown;
      road.surface = route::Surface::Unknown;
      road.slope_permille = name == "cd" ? 80 : -80;
    }
    if (name == "ab" || name == "ba") {
      road.slope_permille = name == "ab" ? -30 : 30;
    }
  });
  Hazards hazards(town.graph().edge_count());
  hazards[town.edge('a', 'b')] = {{HazardKind::Flood, 1, 900}, {HazardKind::Landslide, 1, {}}};
  hazards[town.edge('c', 'd')] = {{HazardKind::Flood, 3, 1800}};
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const auto path = find_path({town.graph(), metric, shipped("walk"), &hazards},
                              on(town, 'a', 'b', 0), on(town, 'd', 'e', 1));
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->steps_met, 2U);
  EXPECT_DOUBLE_EQ(path->steps_length_m, 100);
  EXPECT_DOUBLE_EQ(path->unverified_m, 50);
  EXPECT_EQ(path->steepest_up_permille, 80);
  EXPECT_EQ(path->steepest_down_permille, 30);
  EXPECT_THAT(path->hazards, testing::ElementsAre(route::EdgeHazard{HazardKind::Flood, 3, 900},
                                                  route::EdgeHazard{HazardKind::Landslide, 1, {}}));
}

TEST(Path, APositionAtANodeTravelsNothingOfItsEdge) {
  const MapSketch town("a----b----c");
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const auto path = find_path({town.graph(), metric, shipped("walk")}, on(town, 'a', 'b', 1),
                              on(town, 'b', 'c', 1));
  EXPECT_EQ(town.names(path->arcs), "bc");
}

TEST(Path, PartialWeightIsRoundedAndKeepsBans) {
  EXPECT_EQ(route::partial_weight(1000, 0, 1), 1000U);
  EXPECT_EQ(route::partial_weight(1000, 0.75, 0.25), 500U);
  EXPECT_EQ(route::partial_weight(3, 0, 0.5), 2U);
  EXPECT_EQ(route::partial_weight(kInfinity, 0.5, 0.5), kInfinity);
}

TEST(Path, SeedsStandAtTheEndsThatCanBeReached) {
  const MapSketch town("a----b", 10, [](char from, char, route::Road& road) {
    road.oneway_vehicle = from == 'a' ? 1 : 2;
  });
  const auto metric = make_metric(town.graph(), {shipped("vehicle")});
  const auto here = on(town, 'a', 'b', 0.25);
  const auto ahead = route::seeds_at(town.graph(), metric, here, route::Direction::Forward);
  const auto back = route::seeds_at(town.graph(), metric, here, route::Direction::Backward);
  ASSERT_EQ(ahead.size(), 1U);
  EXPECT_EQ(ahead[0].node, town.node('b'));
  EXPECT_EQ(ahead[0].weight, 12'500U);
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].node, town.node('a'));
}

/// Weight of the pieces of a path, summed again from the arcs.
Weight summed(const route::RoadGraph& graph, const Metric& metric, const route::Path& path,
              const RoadPosition& from, const RoadPosition& to) {
  Weight sum = 0;
  for (std::size_t i = 0; i < path.arcs.size(); ++i) {
    const ArcId arc = path.arcs[i];
    const bool forward = graph.is_forward(arc);
    const bool partial_start = i == 0 && graph.edge(arc) == from.edge;
    const bool partial_end = i + 1 == path.arcs.size() && graph.edge(arc) == to.edge;
    const double begin = partial_start ? from.fraction : (forward ? 0 : 1);
    const double end = partial_end ? to.fraction : (forward ? 1 : 0);
    sum += route::partial_weight(metric.weights[arc], begin, end);
    EXPECT_TRUE(i == 0 || graph.head(path.arcs[i - 1]) == graph.tail(arc)) << "the way is broken";
  }
  return sum;
}

TEST(Path, IsAConnectedWayWhoseArcsAddUpAndNoPlainSearchFindsAShorter) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 12, 20);
    const auto metric = support::random_metric(graph, seed);
    support::Draw random(seed);
    const auto draw = [&random] {
      return RoadPosition{EdgeId{random(20)}, 0.01 + random(98) / 100.0, {}};
    };
    const RoadPosition from = draw();
    const RoadPosition to = draw();
    const auto tree = route::dijkstra(
        graph, metric, route::seeds_at(graph, metric, from, route::Direction::Forward),
        route::Direction::Forward);
    Weight best = route::along_one_edge(graph, metric, from, to);
    for (const auto& end : route::seeds_at(graph, metric, to, route::Direction::Backward)) {
      best = std::min(best, route::add(tree.distance[end.node], end.weight));
    }
    const auto path = find_path({graph, metric, shipped("walk")}, from, to);
    ASSERT_EQ(path.has_value(), best < kInfinity);
    if (path.has_value()) {
      EXPECT_EQ(path->duration, best);
      EXPECT_EQ(summed(graph, metric, *path, from, to), best);
      EXPECT_GE(path->shape.size(), 2U);
    }
  }
}

TEST(Path, APositionOutsideItsEdgeIsABug) {
  const MapSketch town("a----b");
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  EXPECT_ANY_THROW(static_cast<void>(
      route::seeds_at(town.graph(), metric, {EdgeId{0}, 1.5, {}}, route::Direction::Forward)));
}

}  // namespace
