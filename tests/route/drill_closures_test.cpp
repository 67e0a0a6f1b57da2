// SPDX-License-Identifier: Apache-2.0
// Roads that close, reopen or are blocked while people are under way, against a walker moved step
// by step.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "drill_fixture.hpp"
#include "route/counted_random.hpp"

namespace {

using route::ArcId;
using route::DrillOutcome;
using route::EdgeId;
using route::kInfinity;
using route::kNeverCloses;
using route::NodeId;
using route::RoadGraph;
using route::RoadPosition;
using route::Weight;
using support::Draw;
using support::DrillStage;

/// Roads under random closing times; if asked, some close for a time once or several times.
struct Flooding {
  Flooding(std::uint32_t seed, std::uint32_t nodes, std::uint32_t edges, bool some_reopen = false)
      : graph(support::random_roads(seed, nodes, edges)),
        metric(support::random_metric(graph, seed)),
        closes(graph.arc_count(), kNeverCloses) {
    Draw random(seed + 99);
    for (const ArcId arc : graph.arcs()) {
      closes[arc] = random(2) == 0 ? kNeverCloses : random(120);
    }
    for (const ArcId arc : graph.arcs()) {
      for (Weight at = random(60); some_reopen && random(2) == 0;) {
        const Weight until = at + 1 + random(60);
        reopens.push_back({arc, at, until});
        at = until + 1 + random(40);
        if (random(3) == 0) {
          closes[arc] = kNeverCloses;
        }
      }
    }
  }
  /// Whether somebody is let through who is on the arc all that time.
  [[nodiscard]] bool lets_through(ArcId arc, Weight from, Weight until) const {
    return (closes[arc] >= kNeverCloses || until <= closes[arc]) &&
           std::ranges::all_of(reopens, [&](const route::RoadClosing& closing) {
             return closing.arc != arc || until <= closing.from || from >= closing.until;
           });
  }
  RoadGraph graph;
  route::Metric metric;
  route::ClosingTimes closes;
  std::vector<route::RoadClosing> reopens;
};

/// A piece of an arc: from where to where on its edge, and its weight.
struct Piece {
  ArcId arc;
  double begin = 0;
  double end = 0;
};

/// Goes the planned way and, before a road that would close on it, the best other way, which it
/// finds by spreading over all roads, and waiting everywhere, millisecond by millisecond.
class Walker {
 public:
  Walker(const Flooding& flooding, const RoadPosition& from, const RoadPosition& to)
      : flooding_(flooding), from_(from), to_(to) {}

  /// Time of arrival; `kInfinity` = stranded.
  Weight walk(const std::vector<ArcId>& way) {
    Weight now = 0;
    for (std::size_t i = 0; i < way.size(); ++i) {
      const Piece piece = piece_of(way, i);
      if (!passable(piece, now)) {
        turned = true;
        const bool mid_road = i == 0 && piece.begin != ends(way[i]).first;
        return mid_road ? spread_from_home() : spread(tail(way[i]), now);
      }
      now += weight(piece);
    }
    return now;
  }

  bool turned = false;

 private:
  static constexpr Weight kLongest = 700;     // no way without a loop is longer, nor any closure
  static constexpr Weight kLongestRoad = 20;  // of `random_metric`

  [[nodiscard]] NodeId tail(ArcId arc) const { return flooding_.graph.tail(arc); }
  [[nodiscard]] std::pair<double, double> ends(ArcId arc) const {
    return flooding_.graph.is_forward(arc) ? std::pair(0.0, 1.0) : std::pair(1.0, 0.0);
  }
  [[nodiscard]] Piece piece_of(const std::vector<ArcId>& way, std::size_t i) const {
    Piece piece{way[i], ends(way[i]).first, ends(way[i]).second};
    const bool forward = piece.begin < piece.end;
    if (i == 0 && flooding_.graph.edge(way[i]) == from_.edge && from_.fraction != piece.end) {
      piece.begin = from_.fraction;
    }
    const auto ahead = [&](double of) { return forward ? to_.fraction > of : to_.fraction < of; };
    if (i + 1 == way.size() && flooding_.graph.edge(way[i]) == to_.edge) {
      if (!ahead(piece.begin) && ahead(ends(way[i]).first)) {
        piece.begin = ends(way[i]).first;  // a loop, entered anew
      }
      piece.end = ahead(piece.begin) ? to_.fraction : piece.end;
    }
    return piece;
  }
  [[nodiscard]] Weight weight(const Piece& piece) const {
    return route::partial_weight(flooding_.metric.weights[piece.arc], piece.begin, piece.end);
  }
  [[nodiscard]] bool passable(const Piece& piece, Weight now) const {
    const Weight takes = weight(piece);
    return takes < kInfinity &&
           (piece.begin == piece.end || flooding_.lets_through(piece.arc, now, now + takes));
  }
  Weight spread(NodeId from, Weight now) {
    start();
    reached_[now][from.value] = 1;
    return run();
  }
  Weight spread_from_home() {
    start();
    for (const bool forward : {true, false}) {
      const ArcId arc = arc_of(from_.edge, forward);
      const Piece out{arc, from_.fraction, forward ? 1.0 : 0.0};
      for (Weight now = 0; weight(out) < kInfinity && now < kLongest; ++now) {
        if (passable(out, now)) {
          reached_[now + weight(out)][flooding_.graph.head(arc).value] = 1;
        }
      }
      const Piece direct{arc, from_.fraction, to_.fraction};
      const bool ahead = forward ? from_.fraction <= to_.fraction : from_.fraction >= to_.fraction;
      for (Weight now = 0; from_.edge == to_.edge && ahead && now < kLongest; ++now) {
        if (passable(direct, now)) {
          best_ = std::min(best_, now + weight(direct));
        }
      }
    }
    return run();
  }
  [[nodiscard]] ArcId arc_of(EdgeId edge, bool forward) const {
    return forward ? flooding_.graph.forward_arc(edge) : flooding_.graph.backward_arc(edge);
  }
  void start() {
    best_ = kInfinity;
    reached_.assign(kLongest + kLongestRoad,
                    std::vector<std::uint8_t>(flooding_.graph.node_count()));
  }
  Weight run() {
    for (Weight now = 0; now < kLongest; ++now) {
      for (std::size_t node = 0; now > 0 && node < reached_[now].size(); ++node) {
        reached_[now][node] |= reached_[now - 1][node];
      }
      for (bool again = true; again;) {  // roads that take no time
        again = false;
        for (const ArcId arc : flooding_.graph.arcs()) {
          const Piece piece{arc, ends(arc).first, ends(arc).second};
          if (reached_[now][tail(arc).value] == 0 || !passable(piece, now)) {
            continue;
          }
          const Weight then = now + weight(piece);
          auto& mark = reached_[then][flooding_.graph.head(arc).value];
          again = again || (then == now && mark == 0);
          mark = 1;
        }
      }
      for (const bool forward : {true, false}) {
        const ArcId arc = arc_of(to_.edge, forward);
        const Piece last{arc, forward ? 0.0 : 1.0, to_.fraction};
        if (reached_[now][tail(arc).value] != 0 && passable(last, now)) {
          best_ = std::min(best_, now + weight(last));
        }
      }
    }
    return best_;
  }

  const Flooding& flooding_;
  RoadPosition from_;
  RoadPosition to_;
  Weight best_ = kInfinity;
  std::vector<std::vector<std::uint8_t>> reached_;  // by time, by node
};

/// Somebody at a random home whose planned way is the fastest on open roads, in a drill and walked.
struct Journey {
  route::PersonRun run;
  Weight expected = kInfinity;  ///< the walker's arrival
  bool turned = false;          ///< the walker stood before a closed road
};

/// Nothing where the home is at the shelter, or no way leads there.
std::optional<Journey> journey(std::uint32_t seed, bool roads_reopen) {
  const Flooding flooding(seed, 3 + seed % 8, 6 + seed % 12, roads_reopen);
  DrillStage stage(flooding.graph, flooding.metric);
  stage.scene.modes[0].closes = &flooding.closes;
  stage.scene.modes[0].reopens = roads_reopen ? &flooding.reopens : nullptr;
  Draw random(seed);
  const RoadPosition goal = support::random_place(flooding.graph, random);
  stage.shelter(goal, 9);
  const RoadPosition home = support::random_place(flooding.graph, random);
  auto& person = stage.person(home);
  const auto way = support::open_way(stage.scene, 0, person.home, stage.scene.shelters[0].place);
  if (!way || way->arcs.empty()) {
    return std::nullopt;
  }
  person.way = way->arcs;
  Walker walker(flooding, home, goal);
  Journey made;
  made.expected = walker.walk(way->arcs);
  made.turned = walker.turned;
  made.run = stage.run().people[0];
  return made;
}

TEST(DrillClosures, EqualAWalkerMovedMillisecondByMillisecond) {
  std::size_t turned = 0;
  std::size_t rescued = 0;
  for (std::uint32_t seed = 1; seed <= 5'000; ++seed) {
    SCOPED_TRACE(seed);
    const auto made = journey(seed, false);
    if (!made) {
      continue;
    }
    EXPECT_EQ(made->run.safe, made->expected);
    EXPECT_EQ(made->run.detours > 0, made->turned);
    if (made->expected >= kInfinity) {
      EXPECT_EQ(made->run.cause, route::DrillCause::ClosedByWater);
      EXPECT_TRUE(made->run.outcome == DrillOutcome::Stranded ||
                  made->run.outcome == DrillOutcome::LeftBehind);
    }
    turned += made->turned ? 1U : 0U;
    rescued += made->turned && made->expected < kInfinity ? 1U : 0U;
  }
  EXPECT_GT(turned, 250U);
  EXPECT_GT(rescued, 70U);
}

TEST(DrillClosures, WhereRoadsReopenTheWalkerWaitsOrGoesRoundWhicheverIsQuicker) {
  std::size_t turned = 0;
  std::size_t waited = 0;
  std::size_t went_round = 0;
  for (std::uint32_t seed = 1; seed <= 2'500; ++seed) {
    SCOPED_TRACE(seed);
    const auto made = journey(seed, true);
    if (!made) {
      continue;
    }
    EXPECT_EQ(made->run.safe, made->expected);
    EXPECT_EQ(made->run.detours > 0 || made->run.queued > 0, made->turned);
    EXPECT_EQ(made->expected >= kInfinity, made->run.cause == route::DrillCause::ClosedByWater);
    turned += made->turned ? 1U : 0U;
    waited += made->run.queued > 0 && made->expected < kInfinity ? 1U : 0U;
    went_round += made->run.detours > 0 && made->expected < kInfinity ? 1U : 0U;
  }
  EXPECT_GT(turned, 250U);
  EXPECT_GT(waited, 100U);
  EXPECT_GT(went_round, 30U);
}

/// How long the rest of a way takes at least, from where its last move begins.
Weight best_rest(const RoadGraph& graph, const route::Metric& metric, const route::DrillMove& move,
                 const RoadPosition& goal) {
  const auto seeds = route::seeds_at(graph, metric, goal, route::Direction::Backward);
  const auto tree = route::dijkstra(graph, metric, seeds, route::Direction::Backward);
  return tree.distance[graph.tail(move.arcs.front())];
}

TEST(DrillClosures, DetoursAroundRubbleAreTheFastest) {
  std::size_t compared = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 15, 40);
    const auto metric = support::random_metric(graph, seed);
    route::BlockageChances chances(graph.edge_count(), route::chance_of(20));
    Draw random(seed);
    const RoadPosition goal = support::random_place(graph, random);
    chances[goal.edge] = 0;
    DrillStage stage(graph, metric);
    stage.scene.modes[0].blocked = &chances;
    stage.shelter(goal, 99);
    for (int i = 0; i < 10; ++i) {
      stage.person(support::random_place(graph, random));
    }
    auto rubble = metric;
    const route::CountedRandom drawn{seed, 0, route::Chance::RoadBlocked};
    for (const ArcId arc : graph.arcs()) {
      const EdgeId edge = graph.edge(arc);
      rubble.weights[arc] = drawn(edge.value) < chances[edge] ? kInfinity : metric.weights[arc];
    }
    const route::DrillSimulator simulator(stage.scene);
    const auto run = simulator.run(seed, 0, route::DrillSimulator::Trace::Yes);
    std::vector<const route::DrillMove*> last(10);
    for (const route::DrillMove& move : run.moves) {
      last[move.who] = &move;
    }
    for (std::size_t i = 0; i < 10; ++i) {
      const auto& person = run.people[i];
      if (person.detours == 1 && person.safe < kInfinity && last[i]->begin > person.left) {
        ++compared;
        EXPECT_EQ(person.safe - last[i]->begin, best_rest(graph, rubble, *last[i], goal));
      }
    }
  }
  EXPECT_GT(compared, 80U);
}

TEST(DrillClosures, BlockedRoadsAreThoseOfTheBlockageStudy) {
  // A way is cut, and somebody stranded, exactly when the study of the same seed says so.
  std::size_t cut = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 12, 30);
    // The same in both directions: on one-way roads people are trapped half-way, where the study,
    // which looks from home, still sees a way.
    auto metric = support::random_metric(graph, seed);
    for (const EdgeId edge : graph.edges()) {
      metric.weights[graph.backward_arc(edge)] = metric.weights[graph.forward_arc(edge)];
    }
    route::BlockageChances chances(graph.edge_count());
    Draw random(seed);
    for (const EdgeId edge : graph.edges()) {
      chances[edge] = route::chance_of(random(40));
    }
    DrillStage stage(graph, metric);
    stage.scene.modes[0].blocked = &chances;
    const RoadPosition goal = support::random_place(graph, random);
    stage.shelter(goal, 99);
    std::vector<route::PlannedWay> ways;
    for (int i = 0; i < 10; ++i) {
      const RoadPosition home = support::random_place(graph, random);
      auto& person = stage.person(home);
      const auto way =
          support::open_way(stage.scene, 0, person.home, stage.scene.shelters[0].place);
      if (!way || way->arcs.empty()) {
        stage.scene.people.pop_back();
        continue;
      }
      person.way = way->arcs;
      ways.push_back({way->arcs, home, goal, way->duration});
    }
    const std::vector<route::ExposedUsers> groups{{metric, chances, ways}};
    const route::DrillSimulator simulator(stage.scene);
    for (std::uint32_t run = 0; run < 5; ++run) {
      const auto study = route::study_blockages({graph, groups, seed, run + 1});
      const auto before = route::study_blockages({graph, groups, seed, run});
      const auto drill = simulator.run(seed, run);
      for (std::size_t i = 0; i < ways.size(); ++i) {
        const bool is_cut = study.people[0][i].cut > before.people[0][i].cut;
        const bool no_way = study.people[0][i].no_way > before.people[0][i].no_way;
        cut += is_cut ? 1 : 0;
        EXPECT_EQ(drill.people[i].detours > 0, is_cut);
        EXPECT_EQ(drill.people[i].safe >= kInfinity, no_way);
      }
    }
  }
  EXPECT_GT(cut, 300U);
}

}  // namespace
