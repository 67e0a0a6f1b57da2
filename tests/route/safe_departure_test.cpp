// SPDX-License-Identifier: Apache-2.0
#include "route/safe_departure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "every_way.hpp"
#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::ArcId;
using route::ClosingTimes;
using route::Direction;
using route::EdgeId;
using route::EventTime;
using route::kInfinity;
using route::kNeverCloses;
using route::LatestDeparture;
using route::Metric;
using route::NodeId;
using route::RoadGraph;
using route::RoadPosition;
using route::SafeDepartures;
using route::SafeTarget;
using route::TimedRoads;
using route::Weight;
using support::Draw;
using support::MapSketch;
using support::shipped;
using Kind = LatestDeparture::Kind;

constexpr EventTime kForEver = std::numeric_limits<EventTime>::max();

EventTime time_of(Weight closes) {
  return closes >= kNeverCloses ? kForEver : EventTime{closes};
}

/// The best over every way between two places, one after the other.
struct Best {
  static constexpr EventTime kNone = std::numeric_limits<EventTime>::min();
  EventTime latest = kNone;
  Weight fastest_open = kInfinity;     // of the ways that never close
  Weight fastest_in_time = kInfinity;  // of the ways that are open when begun at `start`
};

/// A leg of no length passes nothing that could close.
EventTime closing(const TimedRoads& roads, const support::Leg& leg) {
  return leg.begin == leg.end ? kForEver : time_of(roads.closes[leg.arc]);
}

void judge(const TimedRoads& roads, std::span<const support::Leg> way, EventTime shut,
           EventTime start, Best& best) {
  EventTime latest = shut;
  for (std::size_t i = way.size(); i > 0; --i) {
    const support::Leg& leg = way[i - 1];
    latest = std::min(latest, closing(roads, leg));
    latest -= latest == kForEver ? 0 : leg.weight;
  }
  best.latest = std::max(best.latest, latest);
  Weight duration = 0;
  bool in_time = true;
  for (const support::Leg& leg : way) {
    duration += leg.weight;
    in_time = in_time && start + duration <= closing(roads, leg);
  }
  if (in_time && start + duration <= shut) {
    best.fastest_in_time = std::min(best.fastest_in_time, duration);
  }
  if (latest == kForEver) {
    best.fastest_open = std::min(best.fastest_open, duration);
  }
}

/// Random roads that close at random times, with places of safety on them.
struct Flood {
  Flood(std::uint32_t seed, std::uint32_t nodes, std::uint32_t edges, std::uint32_t horizon)
      : graph(support::random_roads(seed, nodes, edges)),
        metric(support::random_metric(graph, seed)),
        closes(graph.arc_count(), kNeverCloses) {
    Draw random(seed + 1000);
    for (const ArcId arc : graph.arcs()) {
      closes[arc] = random(2 + seed % 3) == 0 ? kNeverCloses : random(horizon);
    }
    for (std::uint32_t i = 0; i < 1 + nodes / 30; ++i) {
      targets.push_back({place(random), random(2) == 0 ? kNeverCloses : random(horizon)});
    }
  }
  [[nodiscard]] RoadPosition place(Draw& random) const {
    const auto edges = static_cast<std::uint32_t>(graph.edge_count());
    return {EdgeId{random(edges)}, random(11) / 10.0, {}};
  }
  [[nodiscard]] TimedRoads roads() const { return {graph, metric, closes}; }

  RoadGraph graph;
  Metric metric;
  ClosingTimes closes;
  std::vector<SafeTarget> targets;
};

TEST(SafeDeparture, EqualsTryingEveryWay) {
  std::size_t by_time = 0;
  std::size_t any_time = 0;
  for (std::uint32_t seed = 1; seed <= 10'000; ++seed) {
    SCOPED_TRACE(seed);
    const Flood flood(seed, 2 + seed % 6, 3 + seed % 8, 60);
    const TimedRoads roads = flood.roads();
    const SafeDepartures departures(roads, flood.targets);
    Draw random(seed);
    const RoadPosition place = flood.place(random);
    const EventTime start = EventTime{random(60)} - 20;
    const SafeTarget& target = flood.targets[0];
    Best best;
    support::EveryWay(flood.graph, flood.metric, [&](std::span<const support::Leg> way) {
      judge(roads, way, time_of(target.closes_at), start, best);
    }).between(place, target.position);
    const LatestDeparture found = departures.from(place);
    if (best.latest == kForEver) {
      ++any_time;
      EXPECT_EQ(found, (LatestDeparture{Kind::AnyTime, 0, best.fastest_open}));
    } else if (best.latest == Best::kNone) {
      EXPECT_EQ(found, LatestDeparture{});
    } else {
      ++by_time;
      EXPECT_EQ(found, (LatestDeparture{Kind::ByTime, best.latest}));
    }
    EXPECT_EQ(route::earliest_arrival(roads, place, start, target), best.fastest_in_time);
  }
  EXPECT_GT(by_time, 1000U);
  EXPECT_GT(any_time, 500U);
}

/// Whether somebody who leaves then reaches any target.
bool arrives(const Flood& flood, const RoadPosition& place, EventTime start) {
  const TimedRoads roads = flood.roads();
  return std::any_of(flood.targets.begin(), flood.targets.end(), [&](const SafeTarget& target) {
    return route::earliest_arrival(roads, place, start, target) < kInfinity;
  });
}

TEST(SafeDeparture, LeavingThenArrivesAndAMillisecondLaterDoesNot) {
  std::size_t checked = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const Flood flood(seed, 300, 700, 150);
    const TimedRoads roads = flood.roads();
    const SafeDepartures departures(roads, flood.targets);
    Draw random(seed);
    for (int i = 0; i < 40; ++i) {
      const RoadPosition place = flood.place(random);
      const LatestDeparture found = departures.from(place);
      if (found.kind == Kind::ByTime) {
        ++checked;
        EXPECT_TRUE(arrives(flood, place, found.latest));
        EXPECT_FALSE(arrives(flood, place, found.latest + 1));
      } else {
        EXPECT_EQ(arrives(flood, place, 1'000'000), found.kind == Kind::AnyTime);
        EXPECT_EQ(arrives(flood, place, -1'000'000), found.kind == Kind::AnyTime);
      }
    }
  }
  EXPECT_GT(checked, 200U);
}

/// Goes along the route from the latest departure; the time of arrival, or nothing when an arc has
/// closed.
std::optional<EventTime> walk(const Flood& flood, const route::Path& path,
                              const RoadPosition& place, const SafeTarget& target,
                              EventTime departure) {
  EventTime now = departure;
  for (std::size_t i = 0; i < path.arcs.size(); ++i) {
    const ArcId arc = path.arcs[i];
    const EdgeId edge = flood.graph.edge(arc);
    const bool forward = flood.graph.is_forward(arc);
    const bool last = i + 1 == path.arcs.size();
    const double begin = i == 0 && edge == place.edge ? place.fraction : (forward ? 0 : 1);
    const double end =
        last && edge == target.position.edge ? target.position.fraction : (forward ? 1 : 0);
    now += route::partial_weight(flood.metric.weights[arc], begin, end);
    if (now > time_of(flood.closes[arc])) {
      return std::nullopt;
    }
  }
  return now;
}

TEST(SafeDeparture, TheRouteIsOpenWhenBegunAtTheLatestDeparture) {
  std::size_t routes = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const Flood flood(seed, 90, 200, 150);
    const TimedRoads roads = flood.roads();
    const SafeDepartures departures(roads, flood.targets);
    Draw random(seed);
    for (int i = 0; i < 20; ++i) {
      const RoadPosition place = flood.place(random);
      const LatestDeparture found = departures.from(place);
      const auto route = departures.route_from({flood.graph, flood.metric, shipped("walk")}, place);
      ASSERT_EQ(route.has_value(), found.kind != Kind::Never);
      if (!route) {
        continue;
      }
      ++routes;
      const SafeTarget& target = flood.targets.at(route->target);
      const EventTime departure = found.kind == Kind::ByTime ? found.latest : 1'000'000'000;
      const auto arrival = walk(flood, route->path, place, target, departure);
      ASSERT_TRUE(arrival.has_value());
      EXPECT_LE(*arrival, time_of(target.closes_at));
      EXPECT_EQ(*arrival, departure + route->path.duration);
      if (found.kind == Kind::AnyTime) {
        EXPECT_EQ(route->path.duration, found.duration);
      }
    }
  }
  EXPECT_GT(routes, 300U);
}

TEST(SafeDeparture, WithoutClosuresItIsThePlainSearch) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 80, 160);
    const auto metric = support::random_metric(graph, seed);
    const ClosingTimes closes(graph.arc_count(), kNeverCloses);
    const TimedRoads roads{graph, metric, closes};
    const SafeTarget target{{EdgeId{3}, 0.5, {}}};
    const SafeDepartures departures(roads, {&target, 1});
    const auto seeds = route::seeds_at(graph, metric, target.position, Direction::Backward);
    const auto tree = route::dijkstra(graph, metric, seeds, Direction::Backward);
    for (const NodeId node : graph.nodes()) {
      const LatestDeparture found = departures.from(node);
      EXPECT_EQ(found.kind, tree.distance[node] < kInfinity ? Kind::AnyTime : Kind::Never);
      EXPECT_EQ(found.duration, tree.distance[node]);
    }
  }
}

TEST(SafeDeparture, TheTimeLeftFallsAlongARoadThatFloodsAtItsFarEnd) {
  const MapSketch town("a----b----c----S", 10);  // 50 m each, a metre in a second
  const auto metric = route::make_metric(town.graph(), {shipped("walk")});
  ClosingTimes closes(town.graph().arc_count(), kNeverCloses);
  const EdgeId last = town.edge('c', 'S');
  closes[town.graph().forward_arc(last)] = 600'000;
  closes[town.graph().backward_arc(last)] = 600'000;
  const TimedRoads roads{town.graph(), metric, closes};
  const SafeTarget shelter{{last, 1, {}}};
  const SafeDepartures departures(roads, {&shelter, 1});
  const Weight leg = metric.weights[town.graph().forward_arc(town.edge('a', 'b'))];
  EXPECT_EQ(departures.from(town.node('S')).kind, Kind::AnyTime);  // already there
  EXPECT_EQ(departures.from(town.node('c')).latest, 600'000 - EventTime{leg});
  EXPECT_EQ(departures.from(town.node('a')).latest, 600'000 - EventTime{3 * leg});
  EXPECT_EQ(departures.from(RoadPosition{town.edge('a', 'b'), 0.5, {}}).latest,
            600'000 - EventTime{leg / 2 + 2 * leg});
}

TEST(SafeDeparture, AShelterThatNeverFloodsIsPreferredToANearerOneThatCloses) {
  const MapSketch town("S----a--------------T", 10);
  const auto metric = route::make_metric(town.graph(), {shipped("walk")});
  const ClosingTimes closes(town.graph().arc_count(), kNeverCloses);
  const std::vector<SafeTarget> shelters{{{town.edge('S', 'a'), 0, {}}, 900'000},
                                         {{town.edge('a', 'T'), 1, {}}}};
  const SafeDepartures departures({town.graph(), metric, closes}, shelters);
  const RoadPosition home{town.edge('S', 'a'), 1, {}};
  const auto route = departures.route_from({town.graph(), metric, shipped("walk")}, home);
  ASSERT_TRUE(route.has_value());
  EXPECT_EQ(route->target, 1U);
  EXPECT_EQ(town.names(route->path.arcs), "aT");
}

TEST(SafeDeparture, MayLieBeforeTheStartOfTheEvent) {
  const MapSketch town("a----S", 10);
  const auto metric = route::make_metric(town.graph(), {shipped("walk")});
  const ClosingTimes closes(town.graph().arc_count(), 10'000);
  const SafeTarget shelter{{town.edge('a', 'S'), 1, {}}};
  const SafeDepartures departures({town.graph(), metric, closes}, {&shelter, 1});
  const Weight way = metric.weights[ArcId{0}];
  EXPECT_EQ(departures.from(town.node('a')),
            (LatestDeparture{Kind::ByTime, 10'000 - EventTime{way}}));
  EXPECT_LT(departures.from(town.node('a')).latest, 0);
}

TEST(SafeDeparture, WaysBeyondTheRangeAreNoWays) {
  const MapSketch town("a----b----S", 10);
  auto metric = route::make_metric(town.graph(), {shipped("walk")});
  for (Weight& weight : metric.weights.raw()) {
    weight = kInfinity - 1;
  }
  for (const Weight closing : {Weight{0}, kInfinity - 1, kNeverCloses}) {
    const ClosingTimes closes(town.graph().arc_count(), closing);
    const SafeTarget shelter{{town.edge('b', 'S'), 1, {}}};
    const SafeDepartures departures({town.graph(), metric, closes}, {&shelter, 1});
    EXPECT_NE(departures.from(town.node('b')).kind, Kind::Never);
    EXPECT_EQ(departures.from(town.node('a')).kind, Kind::Never);
  }
}

TEST(ClosingTimes, AreTheFirstArrivalThatIsTooDeepForTheProfile) {
  const MapSketch town("a----b----c----d----e", 10);
  route::IdVector<EdgeId, std::vector<route::EdgeHazard>> hazards(town.graph().edge_count());
  using route::HazardKind;
  hazards[town.edge('a', 'b')] = {{HazardKind::Flood, 4, 1800}};
  hazards[town.edge('b', 'c')] = {{HazardKind::Flood, 4, {}}};
  hazards[town.edge('c', 'd')] = {{HazardKind::Landslide, 1, 60},  // a warning zone closes nothing
                                  {HazardKind::Tsunami, 6, 1200},
                                  {HazardKind::Fire, 1, 900}};
  const auto closes =
      route::closing_times(town.graph(), {.profile = shipped("walk"), .hazards = &hazards});
  const auto at = [&](char a, char b) { return closes[town.graph().forward_arc(town.edge(a, b))]; };
  EXPECT_EQ(at('a', 'b'), 1'800'000U);
  EXPECT_EQ(at('b', 'c'), 0U);
  EXPECT_EQ(at('c', 'd'), 900'000U);
  EXPECT_EQ(at('d', 'e'), kNeverCloses);
  const auto none = route::closing_times(town.graph(), {.profile = shipped("walk")});
  EXPECT_EQ(none, ClosingTimes(town.graph().arc_count(), kNeverCloses));
}

TEST(ClosingTimes, AgreeWithTheMetricAtEveryMoment) {
  const auto graph = support::random_roads(7, 40, 80);
  route::IdVector<EdgeId, std::vector<route::EdgeHazard>> hazards(graph.edge_count());
  Draw random(7);
  for (const EdgeId edge : graph.edges()) {
    for (std::uint32_t i = random(4); i > 0; --i) {
      hazards[edge].push_back({static_cast<route::HazardKind>(random(6)),
                               static_cast<std::uint8_t>(1 + random(6)), random(50)});
    }
  }
  const auto closes =
      route::closing_times(graph, {.profile = shipped("wheelchair"), .hazards = &hazards});
  const auto open = route::make_metric(graph, {shipped("wheelchair")});
  for (std::uint32_t second = 0; second < 55; ++second) {
    const auto metric = route::make_metric(
        graph, {.profile = shipped("wheelchair"), .hazards = &hazards, .at_s = second});
    for (const ArcId arc : graph.arcs()) {
      const bool closed = open.weights[arc] >= kInfinity || closes[arc] <= second * 1000;
      ASSERT_EQ(metric.weights[arc] >= kInfinity, closed);
    }
  }
}

}  // namespace
