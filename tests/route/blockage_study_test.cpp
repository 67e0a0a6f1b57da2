// SPDX-License-Identifier: Apache-2.0
#include "route/blockage_study.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

#include "draw.hpp"
#include "profiles_fixture.hpp"
#include "random_roads.hpp"
#include "route/counted_random.hpp"
#include "route/path.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::BlockageChances;
using route::EdgeId;
using route::Metric;
using route::PlannedWay;
using route::RoadGraph;
using support::Draw;

TEST(CountedRandom, GivesThePublishedNumbersOfPhilox) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(route::philox({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(
      route::philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
      (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(
      route::philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
      (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(CountedRandom, EveryPartOfTheKeyCounts) {
  const route::CountedRandom base{7, 3, route::Chance::RoadBlocked};
  std::set<std::uint32_t> numbers{base(0), base(1), base(4)};
  numbers.insert(route::CountedRandom{8, 3, route::Chance::RoadBlocked}(0));
  numbers.insert(route::CountedRandom{7ULL << 32, 3, route::Chance::RoadBlocked}(0));
  numbers.insert(route::CountedRandom{7, 4, route::Chance::RoadBlocked}(0));
  numbers.insert(route::CountedRandom{7, 3, route::Chance::RubblePlace}(0));
  EXPECT_EQ(numbers.size(), 7U);
}

/// Some people with ways on one metric.
struct Crowd {
  Crowd(const RoadGraph& graph, Metric roads, std::uint32_t seed, std::uint32_t people,
        std::uint32_t sure = 0)
      : metric(std::move(roads)), chances(graph.edge_count()) {
    Draw draw(seed);
    for (std::uint64_t& chance : chances.raw()) {
      const std::uint32_t percent = draw(4) == 0 ? sure : draw(60);
      chance = route::chance_of(percent);
    }
    const auto place = [&] {
      const EdgeId edge{draw(static_cast<std::uint32_t>(graph.edge_count()))};
      return route::RoadPosition{edge, draw(5) / 4.0, {}};
    };
    const std::array shelters{place(), place()};
    for (std::uint32_t i = 0; i < people; ++i) {
      PlannedWay way;
      way.start = place();
      way.target = shelters[draw(2)];
      if (const auto path =
              find_path({graph, metric, support::shipped("walk")}, way.start, way.target)) {
        way.arcs = path->arcs;
        way.duration = path->duration;
        ways.push_back(std::move(way));
      }
    }
  }
  [[nodiscard]] route::ExposedUsers users() const { return {metric, chances, ways}; }

  Metric metric;
  BlockageChances chances;
  std::vector<PlannedWay> ways;
};

TEST(BlockageStudy, IsTheSameOnAnyNumberOfThreads) {
  const RoadGraph graph = support::random_roads(5, 60, 110);
  const Crowd walking(graph, support::random_metric(graph, 5), 5, 80);
  const Crowd rolling(graph, support::random_metric(graph, 6), 6, 80, 100);
  const std::array groups{walking.users(), rolling.users()};
  const auto one = route::study_blockages({graph, groups, 42, 301, 1});
  EXPECT_EQ(route::study_blockages({graph, groups, 42, 301, 2}), one);
  EXPECT_EQ(route::study_blockages({graph, groups, 42, 301, 4}), one);
  EXPECT_NE(route::study_blockages({graph, groups, 43, 301, 4}), one);
}

TEST(BlockageStudy, AShorterStudyIsTheBeginningOfALongerOne) {
  const RoadGraph graph = support::random_roads(5, 60, 110);
  const Crowd crowd(graph, support::random_metric(graph, 5), 5, 80);
  const auto users = crowd.users();
  const auto few = route::study_blockages({graph, std::span(&users, 1), 1, 20, 1});
  const auto many = route::study_blockages({graph, std::span(&users, 1), 1, 60, 1});
  EXPECT_TRUE(std::equal(few.cut.begin(), few.cut.end(), many.cut.begin()));
  EXPECT_TRUE(std::equal(few.no_way.begin(), few.no_way.end(), many.no_way.begin()));
}

TEST(BlockageStudy, TheSharesBlockedAreThoseAskedForWithinThreeSigma) {
  // One long road without any way round: blocked as often as one of its pieces is.
  const support::MapSketch town("a----b----c");
  const auto metric = make_metric(town.graph(), {support::shipped("walk")});
  PlannedWay way;
  way.start = {town.edge('a', 'b'), 0, {}};
  way.target = {town.edge('a', 'b'), 1, {}};
  way.arcs = {town.graph().forward_arc(town.edge('a', 'b'))};
  for (const double percent : {0.7, 14.9, 24.3, 46.9}) {
    const BlockageChances chances(town.graph().edge_count(), route::chance_of(percent));
    const route::ExposedUsers users{metric, chances, std::span(&way, 1)};
    constexpr std::uint32_t kScenarios = 40'000;
    const auto study =
        route::study_blockages({town.graph(), std::span(&users, 1), 11, kScenarios, 2});
    const double sigma = std::sqrt(percent * (100 - percent) / kScenarios);
    EXPECT_NEAR(100 * route::spread_of(study.cut).mean, percent, 3 * sigma);
    EXPECT_EQ(study.no_way, study.cut);
    EXPECT_EQ(study.people[0][0].cut, std::accumulate(study.cut.begin(), study.cut.end(), 0U));
  }
}

TEST(BlockageStudy, NothingIsBlockedWithoutAChanceAndEverythingWithCertainty) {
  const RoadGraph graph = support::random_roads(9, 30, 60);
  Crowd crowd(graph, support::random_metric(graph, 9), 9, 50);
  const auto users = crowd.users();
  crowd.chances = BlockageChances(graph.edge_count(), 0);
  const auto calm = route::study_blockages({graph, std::span(&users, 1), 1, 5, 1});
  EXPECT_EQ(calm.cut, std::vector<std::uint32_t>(5));
  crowd.chances = BlockageChances(graph.edge_count(), route::kCertain);
  for (PlannedWay& way : crowd.ways) {
    way.start.fraction = way.start.edge == way.target.edge ? 0 : way.start.fraction;
    way.target.fraction = way.start.edge == way.target.edge ? 1 : way.target.fraction;
  }
  const auto rubble = route::study_blockages({graph, std::span(&users, 1), 1, 5, 1});
  for (const std::uint32_t people : rubble.no_way) {
    EXPECT_GT(people, 0U);
  }
}

// ---- against all blockings there are ----

/// Roads cut into pieces at every start and target: nodes first, then one point per position.
struct Pieces {
  struct Piece {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    double length = 0;  // as a share of the road
    bool forward = false;
    bool backward = false;
  };
  std::vector<std::vector<Piece>> by_edge;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;  // by way: start and target
  std::uint32_t points = 0;

  Pieces(const RoadGraph& graph, const Crowd& crowd) : by_edge(graph.edge_count()) {
    points = static_cast<std::uint32_t>(graph.node_count());
    std::vector<std::vector<std::pair<double, std::uint32_t>>> marks(graph.edge_count());
    const auto mark = [&](const route::RoadPosition& at) {
      marks[at.edge.value].emplace_back(at.fraction, points);
      return points++;
    };
    for (const PlannedWay& way : crowd.ways) {
      const std::uint32_t start = mark(way.start);
      ends.emplace_back(start, mark(way.target));
    }
    for (const EdgeId edge : graph.edges()) {
      auto& on = marks[edge.value];
      std::sort(on.begin(), on.end());
      const route::ArcId arc = graph.forward_arc(edge);
      on.insert(on.begin(), {0, graph.tail(arc).value});
      on.emplace_back(1, graph.head(arc).value);
      for (std::size_t i = 0; i + 1 < on.size(); ++i) {
        by_edge[edge.value].push_back(
            {on[i].second, on[i + 1].second, on[i + 1].first - on[i].first,
             crowd.metric.weights[arc] < route::kInfinity,
             crowd.metric.weights[graph.backward_arc(edge)] < route::kInfinity});
      }
    }
  }

  /// `rubble[edge]`: the piece the rubble lies on, or -1.
  [[nodiscard]] bool connected(std::size_t way, const std::vector<int>& rubble) const {
    std::vector<bool> seen(points);
    std::vector<std::uint32_t> open{ends[way].first};
    seen[ends[way].first] = true;
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      for (std::size_t edge = 0; edge < by_edge.size(); ++edge) {
        for (std::size_t i = 0; i < by_edge[edge].size(); ++i) {
          const Piece& piece = by_edge[edge][i];
          if (static_cast<int>(i) == rubble[edge]) {
            continue;
          }
          for (const auto& [from, to, may] : {std::tuple(piece.a, piece.b, piece.forward),
                                              std::tuple(piece.b, piece.a, piece.backward)}) {
            if (may && from == at && !seen[to]) {
              seen[to] = true;
              open.push_back(to);
            }
          }
        }
      }
    }
    return seen[ends[way].second];
  }
};

/// For every way the probability that none is open, over all places of all rubble.
std::vector<double> exact_no_way(const RoadGraph& graph, const Crowd& crowd) {
  const Pieces pieces(graph, crowd);
  std::vector<double> none(crowd.ways.size());
  std::vector<int> rubble(graph.edge_count(), -1);
  const std::function<void(std::size_t, double)> visit = [&](std::size_t edge, double weight) {
    if (weight == 0) {
      return;
    }
    if (edge == rubble.size()) {
      for (std::size_t way = 0; way < none.size(); ++way) {
        none[way] += pieces.connected(way, rubble) ? 0 : weight;
      }
      return;
    }
    const double blocked =
        static_cast<double>(crowd.chances[EdgeId{static_cast<std::uint32_t>(edge)}]) /
        static_cast<double>(route::kCertain);
    rubble[edge] = -1;
    visit(edge + 1, weight * (1 - blocked));
    for (std::size_t i = 0; i < pieces.by_edge[edge].size(); ++i) {
      rubble[edge] = static_cast<int>(i);
      visit(edge + 1, weight * blocked * pieces.by_edge[edge][i].length);
    }
    rubble[edge] = -1;
  };
  visit(0, 1);
  return none;
}

/// Probability that some part of the way itself is blocked.
double exact_cut(const RoadGraph& graph, const Crowd& crowd, const PlannedWay& way) {
  double open = 1;
  for (std::size_t i = 0; i < way.arcs.size(); ++i) {
    const route::ArcId arc = way.arcs[i];
    double from = graph.is_forward(arc) ? 0 : 1;
    double to = 1 - from;
    from = i == 0 && graph.edge(arc) == way.start.edge ? way.start.fraction : from;
    to = i + 1 == way.arcs.size() && graph.edge(arc) == way.target.edge ? way.target.fraction : to;
    open *= 1 - std::abs(to - from) * static_cast<double>(crowd.chances[graph.edge(arc)]) /
                    static_cast<double>(route::kCertain);
  }
  return 1 - open;
}

bool uses_a_road_twice_or_a_loop(const RoadGraph& graph, const PlannedWay& way) {
  std::set<EdgeId> edges;
  for (const route::ArcId arc : way.arcs) {
    if (graph.tail(arc) == graph.head(arc)) {
      return true;
    }
    edges.insert(graph.edge(arc));
  }
  return edges.size() != way.arcs.size();
}

TEST(BlockageStudy, SharesAreThoseOfAllBlockingsThereAre) {
  constexpr std::uint32_t kScenarios = 20'000;
  std::size_t compared = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const RoadGraph graph = support::random_roads(seed, 5, 8);
    const Crowd crowd(graph, support::random_metric(graph, seed), seed, 4);
    const auto users = crowd.users();
    const auto study = route::study_blockages({graph, std::span(&users, 1), seed, kScenarios, 2});
    const std::vector<double> none = exact_no_way(graph, crowd);
    for (std::size_t way = 0; way < crowd.ways.size(); ++way) {
      const auto near = [&](std::uint32_t scenarios, double exact, const char* what) {
        // Five sigma, as many shares are compared; and a share of 0 or 1 must be met exactly.
        const double sigma = std::sqrt(exact * (1 - exact) / kScenarios);
        EXPECT_NEAR(scenarios / double{kScenarios}, exact, 5 * sigma + 1e-9) << what << way;
        ++compared;
      };
      near(study.people[0][way].no_way, none[way], "no way ");
      if (!uses_a_road_twice_or_a_loop(graph, crowd.ways[way])) {
        near(study.people[0][way].cut, exact_cut(graph, crowd, crowd.ways[way]), "cut ");
      }
    }
  }
  EXPECT_GT(compared, 80U);
}

TEST(BlockageStudy, SpreadsAreMeanAndNearestRank) {
  const std::vector<std::uint32_t> counts{9, 1, 2, 3, 4, 5, 6, 7, 8, 10};
  const auto spread = route::spread_of(counts);
  EXPECT_DOUBLE_EQ(spread.mean, 5.5);
  EXPECT_EQ(spread.p10, 1U);
  EXPECT_EQ(spread.p50, 5U);
  EXPECT_EQ(spread.p90, 9U);
  EXPECT_EQ(route::spread_of({}).p90, 0U);
}

}  // namespace
