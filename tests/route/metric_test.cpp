// SPDX-License-Identifier: Apache-2.0
#include "route/metric.hpp"

#include <gtest/gtest.h>

#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "route/dijkstra.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::ArcId;
using route::EdgeHazard;
using route::EdgeId;
using route::HazardKind;
using route::kInfinity;
using route::make_metric;
using route::Metric;
using route::NodeId;
using support::MapSketch;
using support::shipped;

using Hazards = route::IdVector<EdgeId, std::vector<EdgeHazard>>;

TEST(Metric, WeightIsLengthOverSpeedInMilliseconds) {
  const MapSketch town("a--b", 12.345);
  const auto metric = make_metric(town.graph(), {shipped("assisted")});
  const EdgeId edge = town.edge('a', 'b');
  const auto length_mm = town.graph().road(edge).length_mm;
  EXPECT_EQ(metric.weights[town.graph().forward_arc(edge)], 2 * length_mm);  // 0.5 m/s
  EXPECT_EQ(metric.banned_arcs, 0U);
}

TEST(Metric, OnlyARoadWithoutLengthCostsNothing) {
  const MapSketch town("a-b-c", 10, [](char from, char, route::Road& road) {
    road.length_mm = from == 'a' ? 1 : road.length_mm;
  });
  const auto metric = make_metric(town.graph(), {shipped("vehicle")});
  EXPECT_EQ(metric.weights[town.graph().forward_arc(town.edge('a', 'b'))], 1U);
  route::GraphBuilder builder;
  const NodeId a = builder.add_node({0, 0});
  const NodeId b = builder.add_node({0, 0});
  route::Road road;
  road.road_class = route::RoadClass::Residential;
  builder.add_edge(a, b, road);
  const auto graph = builder.build();
  EXPECT_EQ(make_metric(graph, {shipped("walk")}).weights[ArcId{0}], 0U);
}

TEST(Metric, ClosedEdgesAndBansAreInfinite) {
  const MapSketch town("a--b==c--d");
  const route::MetricRequest request{shipped("wheelchair"), {}, nullptr, 0, {town.edge('a', 'b')}};
  const auto metric = make_metric(town.graph(), request);
  EXPECT_EQ(metric.banned_arcs, 4U);
  for (const ArcId arc : town.graph().arcs()) {
    EXPECT_EQ(metric.weights[arc], route::arc_weight(town.graph(), arc, request));
  }
  EXPECT_EQ(metric.weights[town.graph().forward_arc(town.edge('a', 'b'))], kInfinity);
  EXPECT_EQ(metric.weights[town.graph().backward_arc(town.edge('b', 'c'))], kInfinity);
}

struct HazardCase {
  const char* what;
  EdgeHazard hazard;
  std::uint32_t at_s;
  bool closed;
};

TEST(Metric, HazardsCloseByKindRankAndTime) {
  const MapSketch town("a--b");
  const std::vector<HazardCase> cases{
      {"water to 50 cm", {HazardKind::Flood, 1, {}}, 0, true},
      {"tsunami before it arrives", {HazardKind::Tsunami, 4, 600}, 599, false},
      {"tsunami when it arrives", {HazardKind::Tsunami, 4, 600}, 600, true},
      {"landslide warning zone", {HazardKind::Landslide, 1, {}}, 0, false},
      {"special landslide warning zone", {HazardKind::Landslide, 2, {}}, 0, true},
      {"fire", {HazardKind::Fire, 1, 60}, 60, true},
  };
  for (const HazardCase& one : cases) {
    Hazards hazards(1);
    hazards[EdgeId{0}] = {one.hazard};
    const auto metric = make_metric(town.graph(), {shipped("walk"), {}, &hazards, one.at_s});
    EXPECT_EQ(metric.weights[ArcId{0}] == kInfinity, one.closed) << one.what;
  }
}

/// One row per thing that comes over a road 6 m wide, one letter per profile of the file, in its
/// order: o passes, x does not.
struct HazardRow {
  const char* what;
  EdgeHazard hazard;
  std::uint16_t width_cm;
  std::string_view passes;
};

TEST(Metric, HazardsStopEachProfileAtItsOwnLimit) {
  // walk, assisted, rollator, three chairs (self, pushed, power), two stretchers, vehicle
  const std::vector<HazardRow> rows{
      {"water to 10 cm", {HazardKind::InlandFlood, 1, {}, 10}, 600, "ooooooooo"},
      {"water to 11 cm", {HazardKind::InlandFlood, 1, {}, 11}, 600, "oooxxxxxo"},
      {"water to 30 cm", {HazardKind::Flood, 1, {}, 30}, 600, "oooxxxxxo"},
      {"water to 31 cm", {HazardKind::Tsunami, 1, {}, 31}, 600, "xxxxxxxxx"},
      {"water below 50 cm, no finer", {HazardKind::StormSurge, 1, {}}, 600, "xxxxxxxxx"},
      {"landslide warning zone", {HazardKind::Landslide, 1, {}}, 600, "ooooooooo"},
      {"special warning zone", {HazardKind::Landslide, 2, {}}, 600, "xxxxxxxxx"},
      {"fire", {HazardKind::Fire, 1, {}}, 600, "xxxxxxxxx"},
      {"collapse rank 2", {HazardKind::Blockage, 2, {}}, 600, "ooooooooo"},
      {"collapse rank 3", {HazardKind::Blockage, 3, {}}, 600, "ooxxxxoox"},
      {"collapse rank 4", {HazardKind::Blockage, 4, {}}, 600, "oxxxxxxxx"},
      {"collapse rank 5", {HazardKind::Blockage, 5, {}}, 600, "xxxxxxxxx"},
      {"collapse rank 5, 10.75 m wide", {HazardKind::Blockage, 5, {}}, 1075, "oxxxxxxxx"},
      {"collapse rank 5, 11 m wide", {HazardKind::Blockage, 5, {}}, 1100, "oxxoooxox"},
      {"collapse rank 5, 12 m wide", {HazardKind::Blockage, 5, {}}, 1200, "oooooooox"},
      {"collapse rank 5, 13 m wide", {HazardKind::Blockage, 5, {}}, 1300, "ooooooooo"},
      {"collapse rank 5, width unknown", {HazardKind::Blockage, 5, {}}, 0, "xxxxxxxxx"},
  };
  for (const HazardRow& row : rows) {
    const MapSketch town("a--b", 10,
                         [&row](char, char, route::Road& road) { road.width_cm = row.width_cm; });
    Hazards hazards(1);
    hazards[EdgeId{0}] = {row.hazard};
    std::string passes;
    for (const auto& profile : support::shipped_profiles()) {
      const auto metric = make_metric(town.graph(), {profile, {}, &hazards});
      passes += metric.weights[ArcId{0}] < kInfinity ? 'o' : 'x';
    }
    EXPECT_EQ(passes, row.passes) << row.what;
  }
}

TEST(Metric, EachDepthClassStopsWhomItIsTooDeepFor) {
  const MapSketch town("a--b");
  route::MobilityProfile boat = shipped("walk");
  for (const auto& [limit_cm, deepest] :
       {std::pair{49, 0}, std::pair{50, 1}, std::pair{299, 1}, std::pair{300, 2}, std::pair{500, 3},
        std::pair{1000, 4}, std::pair{1999, 4}, std::pair{2000, 5}}) {
    boat.max_flood_depth_cm = static_cast<std::uint16_t>(limit_cm);
    for (std::uint8_t rank = 1; rank <= 6; ++rank) {
      Hazards hazards(1);
      hazards[EdgeId{0}] = {{HazardKind::Flood, rank, {}}};
      EXPECT_EQ(make_metric(town.graph(), {boat, {}, &hazards}).banned_arcs == 0, rank <= deepest)
          << limit_cm << " cm, rank " << static_cast<int>(rank);
    }
  }
}

TEST(Metric, ShallowWaterNowAndDeepWaterLaterStopDifferentPeopleAtDifferentTimes) {
  const MapSketch town("a--b");
  Hazards hazards(1);
  hazards[EdgeId{0}] = {{HazardKind::Flood, 1, 600, 20}, {HazardKind::Flood, 2, 1800}};
  const auto open = [&](const char* profile, std::uint32_t at_s) {
    return make_metric(town.graph(), {shipped(profile), {}, &hazards, at_s}).banned_arcs == 0;
  };
  EXPECT_TRUE(open("wheelchair", 599));
  EXPECT_FALSE(open("wheelchair", 600));
  EXPECT_TRUE(open("walk", 1799));
  EXPECT_FALSE(open("walk", 1800));
}

TEST(Metric, DeepWaterProfilesPassShallowClasses) {
  const MapSketch town("a--b");
  Hazards hazards(1);
  hazards[EdgeId{0}] = {{HazardKind::Flood, 1, {}}};
  route::MobilityProfile lorry = shipped("vehicle");
  lorry.max_flood_depth_cm = 50;
  EXPECT_EQ(make_metric(town.graph(), {lorry, {}, &hazards}).banned_arcs, 0U);
  lorry.max_flood_depth_cm = 49;
  EXPECT_EQ(make_metric(town.graph(), {lorry, {}, &hazards}).banned_arcs, 2U);
}

TEST(Metric, AnIslandIsNotUsable) {
  const MapSketch town(R"(
      a--b--c==d--e
      |     |
      +-----+   )");
  const auto metric = make_metric(town.graph(), {shipped("wheelchair")});
  EXPECT_TRUE(metric.usable(town.graph(), town.edge('a', 'b')));
  EXPECT_FALSE(metric.usable(town.graph(), town.edge('c', 'd')));
  EXPECT_FALSE(metric.usable(town.graph(), town.edge('d', 'e')));
  EXPECT_EQ(metric.in_main_part[town.node('d')], 0);
}

TEST(Metric, AOneWayTrapIsNotUsable) {
  // d can be driven into, not out of.
  const MapSketch town(R"(
      a--b--d
      |  |
      +--c )",
                       10, [](char from, char to, route::Road& road) {
                         const bool into_trap = (from == 'b' && to == 'd');
                         const bool from_trap = (from == 'd' && to == 'b');
                         road.oneway_vehicle = into_trap ? 1 : (from_trap ? 2 : 0);
                       });
  const auto car = make_metric(town.graph(), {shipped("vehicle")});
  EXPECT_FALSE(car.usable(town.graph(), town.edge('b', 'd')));
  EXPECT_TRUE(
      make_metric(town.graph(), {shipped("walk")}).usable(town.graph(), town.edge('b', 'd')));
}

TEST(Metric, AOneWayRingIsUsable) {
  const MapSketch town(
      R"(
      a--b
      |  |
      d--c )",
      10, [](char from, char to, route::Road& road) {
        const std::string ring = "abcda";
        road.oneway_vehicle = ring.find(std::string{from, to}) != std::string::npos ? 1 : 2;
      });
  const auto car = make_metric(town.graph(), {shipped("vehicle")});
  EXPECT_EQ(car.banned_arcs, 4U);
  EXPECT_TRUE(car.usable(town.graph(), town.edge('a', 'b')));
}

TEST(Metric, WhereEverythingIsClosedNothingIsUsable) {
  const MapSketch town("a--b--c");
  const auto metric = make_metric(
      town.graph(), {shipped("walk"), {}, nullptr, 0, {town.edge('a', 'b'), town.edge('b', 'c')}});
  EXPECT_FALSE(metric.usable(town.graph(), town.edge('a', 'b')));
}

/// Nodes that reach `node` and are reached from it, by two plain searches.
std::vector<std::uint8_t> part_of(const route::RoadGraph& graph, const Metric& metric,
                                  NodeId node) {
  const route::Seed seed{node, 0};
  const auto out = route::dijkstra(graph, metric, {&seed, 1}, route::Direction::Forward);
  const auto in = route::dijkstra(graph, metric, {&seed, 1}, route::Direction::Backward);
  std::vector<std::uint8_t> part;
  for (const NodeId other : graph.nodes()) {
    part.push_back(out.distance[other] < kInfinity && in.distance[other] < kInfinity ? 1 : 0);
  }
  return part;
}

TEST(Metric, MainPartIsTheLargestMutuallyReachablePart) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 3 + seed % 17, 2 + seed % 23);
    // All roads are open; directions are closed by one-ways drawn from the seed.
    support::Draw random(seed);
    route::GraphBuilder builder;
    for (const NodeId node : graph.nodes()) {
      builder.add_node(graph.position(node));
    }
    for (const EdgeId edge : graph.edges()) {
      route::Road road;
      road.length_mm = 1000;
      road.road_class = route::RoadClass::Residential;
      road.oneway_foot = static_cast<std::uint8_t>(random(3));
      builder.add_edge(graph.tail(graph.forward_arc(edge)), graph.head(graph.forward_arc(edge)),
                       road);
    }
    const auto roads = builder.build();
    const auto metric = make_metric(roads, {shipped("walk")});
    std::vector<std::uint8_t> largest;
    std::ptrdiff_t most = 0;
    for (const NodeId node : roads.nodes()) {
      const auto part = part_of(roads, metric, node);
      const auto size = std::count(part.begin(), part.end(), 1);
      if (size > most) {
        most = size;
        largest = part;
      }
    }
    EXPECT_EQ(metric.in_main_part.raw(), largest);
  }
}

TEST(Metric, ARoadOfAHundredThousandPiecesNeedsNoDeepStack) {
  route::GraphBuilder builder;
  NodeId before = builder.add_node({0, 0});
  for (std::int32_t i = 1; i < 100'000; ++i) {
    const NodeId next = builder.add_node({0, i * 100});
    route::Road road;
    road.road_class = route::RoadClass::Residential;
    builder.add_edge(before, next, road);
    before = next;
  }
  const auto graph = builder.build();
  const auto metric = make_metric(graph, {shipped("walk")});
  EXPECT_EQ(metric.in_main_part[before], 1);
}

}  // namespace
