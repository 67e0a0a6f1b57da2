// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "hierarchy_fixture.hpp"
#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "route/alternatives.hpp"
#include "route/turn_net.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::ArcId;
using route::CchMetric;
using route::CchTopology;
using route::EdgeId;
using route::find_path;
using route::kInfinity;
using route::Metric;
using route::NodeId;
using route::RoadGraph;
using route::RoadPosition;
using route::TurnBans;
using route::TurnNet;
using route::TurnRestriction;
using route::Weight;
using support::MapSketch;
using support::shipped;

ArcId arc_between(const MapSketch& town, char a, char b) {
  const EdgeId edge = town.edge(a, b);
  const ArcId arc = town.graph().forward_arc(edge);
  return town.graph().tail(arc) == town.node(a) ? arc : town.graph().backward_arc(edge);
}

/// The turn along three letters.
TurnRestriction turn(const MapSketch& town, const char* abc) {
  return {arc_between(town, abc[0], abc[1]), arc_between(town, abc[1], abc[2])};
}

RoadPosition middle_of(const MapSketch& town, char a, char b) {
  return {town.edge(a, b), 0.5, {}};
}

/// What a vehicle answers with these bans: names along the way, "" for none.
std::string way_under(const MapSketch& town, std::vector<TurnRestriction> bans,
                      const RoadPosition& from, const RoadPosition& to) {
  const TurnBans turns(std::move(bans));
  const auto& vehicle = shipped("vehicle");
  const auto metric = make_metric(town.graph(), {vehicle});
  const auto path = find_path({town.graph(), metric, vehicle, nullptr, &turns}, from, to);
  return path ? town.names(path->arcs) : "";
}

const char* const kBlock = R"(
    a----b----c
         |    |
         e----d
         |
         f )";

TEST(TurnSearch, ABannedTurnIsReplacedByTheWayRoundTheBlock) {
  const MapSketch town(kBlock);
  const auto from = middle_of(town, 'a', 'b');
  const auto to = middle_of(town, 'e', 'f');
  EXPECT_EQ(way_under(town, {}, from, to), "abef");
  EXPECT_EQ(way_under(town, {turn(town, "abe")}, from, to), "abcbef");
  EXPECT_EQ(way_under(town, {turn(town, "abe"), turn(town, "bcb")}, from, to), "abcdef");
  // With the turn at e gone too, the car comes round the block and passes b a second time.
  EXPECT_EQ(
      way_under(town, {turn(town, "abe"), turn(town, "def"), turn(town, "bcb"), turn(town, "cbe")},
                from, to),
      "abcdebef");
}

TEST(TurnSearch, TurningRoundIsAllowedUntilItIsBanned) {
  const MapSketch town(R"(
    a----b----c
         |
         d )");
  const auto from = middle_of(town, 'a', 'b');
  const auto to = middle_of(town, 'b', 'd');
  EXPECT_EQ(way_under(town, {turn(town, "abd")}, from, to), "abcbd");
  EXPECT_EQ(way_under(town, {turn(town, "abd"), turn(town, "bcb")}, from, to), "");
}

TEST(TurnSearch, ADirectPieceMakesNoTurn) {
  const MapSketch town("a----b");
  const RoadPosition from{town.edge('a', 'b'), 0.2, {}};
  const RoadPosition to{town.edge('a', 'b'), 0.8, {}};
  EXPECT_EQ(way_under(town, {turn(town, "aba"), turn(town, "bab")}, from, to).size(), 2U);
}

TEST(TurnSearch, ASecondWayObeysTheTurnsToo) {
  const MapSketch town(kBlock);
  const auto& vehicle = shipped("vehicle");
  const auto metric = make_metric(town.graph(), {vehicle});
  const auto from = middle_of(town, 'a', 'b');
  const auto to = middle_of(town, 'e', 'f');
  const TurnBans none;
  const route::PathRequest free{town.graph(), metric, vehicle, nullptr, &none};
  const auto second = find_alternative(free, *find_path(free, from, to), from, to);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(town.names(second->path.arcs), "abcdef");
  const TurnBans bans({turn(town, "def")});
  const route::PathRequest bound{town.graph(), metric, vehicle, nullptr, &bans};
  const auto bound_second = find_alternative(bound, *find_path(bound, from, to), from, to);
  for (std::size_t i = 1; bound_second && i < bound_second->path.arcs.size(); ++i) {
    EXPECT_FALSE(bans.contains(bound_second->path.arcs[i - 1], bound_second->path.arcs[i]));
  }
}

/// Bans about every `one_in`-th turn.
TurnBans random_bans(const RoadGraph& graph, std::uint32_t seed, std::uint32_t one_in) {
  support::Draw random(seed);
  std::vector<TurnRestriction> bans;
  for (const ArcId from : graph.arcs()) {
    for (const ArcId to : graph.arcs_out(graph.head(from))) {
      if (random(one_in) == 0) {
        bans.push_back({from, to});
      }
    }
  }
  return TurnBans(bans);
}

RoadPosition random_place(support::Draw& random, const RoadGraph& graph) {
  return {EdgeId{random(static_cast<std::uint32_t>(graph.edge_count()))}, random(101) / 100.0, {}};
}

/// Tries every way that uses no arc twice: with turns to obey, nodes may have to be passed twice.
class EveryTrail {
 public:
  EveryTrail(const RoadGraph& graph, const Metric& metric, const TurnBans& bans)
      : graph_(graph), metric_(metric), bans_(bans), used_(graph.arc_count()) {}

  Weight shortest(const RoadPosition& from, const RoadPosition& to) {
    to_ = to;
    best_ = route::along_one_edge(graph_, metric_, from, to);
    for (const bool forward : {true, false}) {
      const ArcId arc = arc_of(from.edge, forward);
      follow(arc, route::partial_weight(metric_.weights[arc], from.fraction, forward ? 1 : 0));
    }
    return best_;
  }

 private:
  [[nodiscard]] ArcId arc_of(EdgeId edge, bool forward) const {
    return forward ? graph_.forward_arc(edge) : graph_.backward_arc(edge);
  }

  void follow(ArcId arc, Weight so_far) {
    if (so_far >= best_) {
      return;
    }
    for (const bool forward : {true, false}) {
      const ArcId last = arc_of(to_.edge, forward);
      if (graph_.tail(last) == graph_.head(arc) && !bans_.contains(arc, last)) {
        best_ = std::min(
            best_, route::add(so_far, route::partial_weight(metric_.weights[last], forward ? 0 : 1,
                                                            to_.fraction)));
      }
    }
    for (const ArcId next : graph_.arcs_out(graph_.head(arc))) {
      if (used_[next] == 0 && !bans_.contains(arc, next)) {
        used_[next] = 1;
        follow(next, route::add(so_far, metric_.weights[next]));
        used_[next] = 0;
      }
    }
  }

  const RoadGraph& graph_;
  const Metric& metric_;
  const TurnBans& bans_;
  route::IdVector<ArcId, std::uint8_t> used_;
  RoadPosition to_;
  Weight best_ = kInfinity;
};

TEST(TurnSearch, NoTrailIsShorterOnTinyMaps) {
  std::size_t ways = 0;
  std::size_t detours = 0;
  for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 5, 7);
    const auto metric = support::random_metric(graph, seed);
    const auto bans = random_bans(graph, seed + 1, 2 + seed % 5);
    support::Draw random(seed);
    const RoadPosition from = random_place(random, graph);
    const RoadPosition to = random_place(random, graph);
    const Weight expected = EveryTrail(graph, metric, bans).shortest(from, to);
    const auto path = find_path({graph, metric, shipped("vehicle"), nullptr, &bans}, from, to);
    const auto free = find_path({graph, metric, shipped("vehicle")}, from, to);
    ASSERT_EQ(path ? path->duration : kInfinity, expected);
    ASSERT_LE(free ? free->duration : kInfinity, expected);
    ways += path.has_value() ? 1U : 0U;
    detours += path && free->duration < expected ? 1U : 0U;
  }
  EXPECT_GT(ways, 600U);
  EXPECT_GT(detours, 80U);
}

/// Everything above the turns of a graph, in objects that stay where they are.
struct Turns {
  Turns(const RoadGraph& graph, const Metric& metric, TurnBans obeyed)
      : bans(std::move(obeyed)),
        net(graph, metric),
        topology(net.net(), net.order()),
        weights(net.weights(metric, bans)),
        span(weights),
        customized(topology, {&span, 1}),
        ways(customized, 0, weights),
        query(customized),
        roads{graph, metric, bans, net, customized} {}

  TurnBans bans;
  TurnNet net;
  CchTopology topology;
  std::vector<Weight> weights;
  std::span<const Weight> span;
  CchMetric customized;
  route::CchWays ways;
  route::CchQuery query;
  route::CustomizedTurns roads;
};

/// Sum of the pieces, or infinity if the way breaks or makes a banned turn. Positions must not lie
/// at nodes.
Weight checked_sum(const route::CustomizedTurns& roads, const route::Path& path,
                   const RoadPosition& from, const RoadPosition& to) {
  Weight sum = 0;
  for (std::size_t i = 0; i < path.arcs.size(); ++i) {
    const ArcId arc = path.arcs[i];
    const bool forward = roads.graph.is_forward(arc);
    const double begin = i == 0 ? from.fraction : (forward ? 0 : 1);
    const double end = i + 1 == path.arcs.size() ? to.fraction : (forward ? 1 : 0);
    sum = route::add(sum, route::partial_weight(roads.metric.weights[arc], begin, end));
    if (i > 0 && (roads.graph.head(path.arcs[i - 1]) != roads.graph.tail(arc) ||
                  roads.bans.contains(path.arcs[i - 1], arc))) {
      return kInfinity;
    }
  }
  return sum;
}

TEST(TurnNet, TheHierarchyAnswersAsTheSearchOverArcsDoes) {
  std::size_t pairs = 0;
  std::size_t reached = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 30, 30 + seed);
    const auto metric = support::random_metric(graph, seed);
    const auto bans = random_bans(graph, seed, 2 + seed % 7);
    Turns turns(graph, metric, bans);
    const route::PathRequest request{graph, metric, shipped("vehicle"), nullptr, &bans};
    support::Draw random(seed);
    std::vector<RoadPosition> places;
    for (int i = 0; i < 14; ++i) {
      const EdgeId edge{random(static_cast<std::uint32_t>(graph.edge_count()))};
      places.push_back({edge, 0.01 + random(98) / 100.0, {}});
    }
    places.push_back(places.front());  // and two places on one edge
    places.back().fraction = 1 - places.back().fraction;
    const auto table = distance_table(turns.roads, places, places);
    for (std::size_t from = 0; from < places.size(); ++from) {
      for (std::size_t to = 0; to < places.size(); ++to) {
        const auto plain = find_path(request, places[from], places[to]);
        const auto path =
            find_path(request, {turns.roads, turns.query, turns.ways}, places[from], places[to]);
        const Weight expected = plain ? plain->duration : kInfinity;
        ASSERT_EQ(table.at(from, to), expected);
        ASSERT_EQ(path.has_value(), plain.has_value());
        ++pairs;
        if (path) {
          ASSERT_EQ(path->duration, expected);
          ASSERT_EQ(checked_sum(turns.roads, *path, places[from], places[to]), expected);
          ASSERT_EQ(checked_sum(turns.roads, *plain, places[from], places[to]), expected);
          ++reached;
        }
      }
    }
  }
  EXPECT_GE(pairs, 13'000U);
  EXPECT_GT(reached, 4'000U);
}

TEST(TurnNet, WithoutBansItGivesTheDurationsOfTheRoads) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 40, 80);
    const auto metric = support::random_metric(graph, seed);
    const Turns turns(graph, metric, {});
    support::Draw random(seed);
    std::vector<RoadPosition> places;
    for (int i = 0; i < 20; ++i) {
      places.push_back(random_place(random, graph));
    }
    EXPECT_EQ(distance_table(turns.roads, places, places),
              distance_table(graph, metric, places, places));
  }
}

TEST(TurnNet, NewBansAndClosuresAreAChangeOfWeightsOnly) {
  const auto graph = support::random_roads(5, 60, 140);
  auto metric = support::random_metric(graph, 5);
  Turns before(graph, metric, {});
  for (std::uint32_t i = 0; i < graph.arc_count(); i += 9) {
    metric.weights[ArcId{i}] = kInfinity;
  }
  const auto bans = random_bans(graph, 9, 4);
  const auto weights = before.net.weights(metric, bans);
  std::vector<ArcId> changed;
  for (std::uint32_t turn = 0; turn < weights.size(); ++turn) {
    if (weights[turn] != before.weights[turn]) {
      changed.push_back({turn});
    }
  }
  const std::span<const Weight> span = weights;
  before.customized.update_arcs({&span, 1}, changed);
  const CchMetric anew(before.topology, {&span, 1});
  EXPECT_TRUE(std::ranges::equal(anew.up(0), before.customized.up(0)));
  EXPECT_TRUE(std::ranges::equal(anew.down(0), before.customized.down(0)));
}

TEST(TurnNet, HoldsTheTurnsBetweenOpenArcsOnly) {
  const MapSketch town("a----b----c====d");
  const auto metric = make_metric(town.graph(), {shipped("vehicle")});
  const TurnNet net(town.graph(), metric);
  EXPECT_EQ(net.net().node_count(), 4U);  // ab, ba, bc, cb; no stairs
  EXPECT_EQ(net.net().arc_count(), 6U);   // at b two and two, round at a and at c
  EXPECT_EQ(net.order().size(), 4U);
  EXPECT_FALSE(net.node(arc_between(town, 'c', 'd')).valid());
  for (const ArcId arc : town.graph().arcs()) {
    if (net.node(arc).valid()) {
      EXPECT_EQ(net.arc(net.node(arc)), arc);
    }
  }
}

TEST(TurnNet, AMetricThatOpensMoreThanTheNetHoldsIsABug) {
  const MapSketch town("a----b====c");
  const TurnNet net(town.graph(), make_metric(town.graph(), {shipped("vehicle")}));
  const auto wider = make_metric(town.graph(), {shipped("walk")});
  EXPECT_ANY_THROW(static_cast<void>(net.weights(wider, {})));
}

TEST(TurnBans, AreSortedAndCountOnce) {
  const TurnBans bans({{{3}, {1}}, {{2}, {7}}, {{3}, {1}}, {{3}, {0}}});
  EXPECT_EQ(bans.all().size(), 3U);
  EXPECT_EQ(bans.out_of({3}).size(), 2U);
  EXPECT_TRUE(bans.contains({2}, {7}));
  EXPECT_FALSE(bans.contains({7}, {2}));
  EXPECT_TRUE(TurnBans().empty());
}

}  // namespace
