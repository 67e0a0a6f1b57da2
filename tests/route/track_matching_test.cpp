// SPDX-License-Identifier: Apache-2.0
// Tracks laid on roads, against walks that were made up and are therefore known.
#include "route/track_matching.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "profiles_fixture.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::MatchedTrack;
using route::TrackFault;
using route::TrackPoint;
using support::MapSketch;
using support::shipped;

/// Metres to the north and east.
route::LatLon moved(route::LatLon place, double north_m, double east_m) {
  constexpr double kDegree = 111'195;
  return route::from_degrees(
      place.lat() + north_m / kDegree,
      place.lon() + east_m / (kDegree * std::cos(place.lat() * 3.14159265358979 / 180)));
}

/// Somebody who walks from node to node, one point every five seconds.
class Walk {
 public:
  explicit Walk(const MapSketch& town) : town_(town) {}

  void go(const std::string& names, double speed_mps) {
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
      const route::LatLon from = town_.position(names[i]);
      const route::LatLon to = town_.position(names[i + 1]);
      const double length_m = route::distance_m(from, to);
      if (points_.empty()) {
        add(from);
      }
      for (double at_m = 5 * speed_mps; at_m < length_m; at_m += 5 * speed_mps) {
        add(route::interpolate(from, to, at_m / length_m));
      }
      add(to);
    }
  }
  void halt(int points) {
    const route::LatLon place = points_.back().place;
    for (int i = 0; i < points; ++i) {
      add(place);
    }
  }
  void add(route::LatLon place) {
    points_.push_back({place, now_ms_});
    now_ms_ += 5000;
  }
  void blur(double sigma_m, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> off(0, sigma_m);
    for (TrackPoint& point : points_) {
      point.place = moved(point.place, off(random), off(random));
    }
  }

  [[nodiscard]] std::variant<MatchedTrack, TrackFault> matched(const char* profile = "walk") const {
    const route::RoadIndex index(town_.graph());
    const auto open = route::open_arcs(town_.graph(), shipped(profile));
    return match_track({town_.graph(), index, open}, points_, {.spacing_m = 20});
  }
  [[nodiscard]] std::string names(const MatchedTrack& track) const {
    std::vector<route::ArcId> arcs;
    for (const route::WalkedPiece& piece : track.pieces) {
      arcs.push_back(piece.arc);
    }
    return town_.names(arcs);
  }
  [[nodiscard]] double seconds() const {
    return static_cast<double>(points_.back().at_ms - points_.front().at_ms) / 1000;
  }

 private:
  const MapSketch& town_;
  std::vector<TrackPoint> points_;
  std::int64_t now_ms_ = 0;
};

double seconds_on(const MapSketch& town, const MatchedTrack& track, char a, char b) {
  double sum = 0;
  for (const route::WalkedPiece& piece : track.pieces) {
    sum += town.graph().edge(piece.arc) == town.edge(a, b) ? piece.seconds : 0;
  }
  return sum;
}

constexpr const char* kTown = R"(
  a--------b--------c
  |        |        |
  |        |        |
  |        |        |
  d--------e--------f
  |        |        |
  |        |        |
  |        |        |
  g--------h--------i )";

TEST(TrackMatching, GivesTheWayAndTheSecondsOnEachRoad) {
  const MapSketch town(kTown, 10);  // 90 m across, 40 m down
  Walk walk(town);
  walk.go("abc", 1);
  walk.go("cf", 0.5);
  const auto track = std::get<MatchedTrack>(walk.matched());
  EXPECT_EQ(walk.names(track), "abcf");
  EXPECT_NEAR(seconds_on(town, track, 'a', 'b'), 90 - 20, 6) << "the first 20 m are not counted";
  EXPECT_NEAR(seconds_on(town, track, 'b', 'c'), 90, 12);
  EXPECT_NEAR(seconds_on(town, track, 'c', 'f'), 60, 20) << "nor the last";
  EXPECT_EQ(track.left_out, 0U);
}

TEST(TrackMatching, NoiseAcrossToAParallelRoadDoesNotChangeTheRoad) {
  const MapSketch town(R"(
    a------------------------------b
    |                              |
    |                              |
    |                              |
    c------------------------------d )",
                       8);  // 32 m apart, a point 18 m off is nearer to the other road
  Walk walk(town);
  const route::LatLon a = town.position('a');
  for (int i = 0; i < 48; ++i) {
    walk.add(moved(a, i % 9 == 4 ? -18 : -2, i * 5.0));
  }
  const auto track = std::get<MatchedTrack>(walk.matched());
  EXPECT_EQ(walk.names(track), "ab");
}

TEST(TrackMatching, AHaltStandsOnTheRoadWhereItWasMade) {
  const MapSketch town(kTown, 10);
  Walk walk(town);
  walk.go("ab", 1);
  walk.halt(60);  // five minutes
  walk.go("bc", 1);
  const auto track = std::get<MatchedTrack>(walk.matched());
  EXPECT_NEAR(seconds_on(town, track, 'a', 'b') + seconds_on(town, track, 'b', 'c'), walk.seconds(),
              50)
      << "but for 20 m at both ends";
  EXPECT_EQ(walk.names(track), "abc");
}

TEST(TrackMatching, StandingStillAtTheDoorsIsNotWalking) {
  const MapSketch town(kTown, 10);
  Walk walk(town);
  walk.add(town.position('a'));
  walk.halt(60);
  walk.go("abc", 1);
  walk.halt(60);
  const auto track = std::get<MatchedTrack>(walk.matched());
  double sum = 0;
  for (const auto& piece : track.pieces) {
    sum += piece.seconds;
  }
  EXPECT_NEAR(sum, 180, 40);
  Walk still(town);
  still.add(town.position('a'));
  still.halt(100);
  EXPECT_EQ(std::get<TrackFault>(still.matched()).kind, TrackFault::Kind::TooShort);
}

TEST(TrackMatching, AWayFarFromTheRoadsIsNamedByItsFirstPoint) {
  const MapSketch town(kTown, 10);
  Walk walk(town);
  walk.go("ab", 1);
  for (int i = 0; i < 40; ++i) {
    walk.add(moved(town.position('b'), 100 + i * 30.0, 0));
  }
  const auto fault = std::get<TrackFault>(walk.matched());
  EXPECT_EQ(fault.kind, TrackFault::Kind::OffTheRoads);
  EXPECT_GT(fault.left_out, fault.used);
  EXPECT_GE(fault.point, 18U);
  Walk once(town);
  once.go("ab", 1);
  once.add(moved(town.position('b'), 500, 0));  // a jump between houses
  once.go("bcfi", 1);
  EXPECT_EQ(std::get<MatchedTrack>(once.matched()).left_out, 1U);
}

TEST(TrackMatching, RoadsThatAreTooNarrowForTheProfileAreMatchedAllTheSame) {
  const MapSketch town("a------b-------c------d", 10, [](char from, char, route::Road& road) {
    road.width_cm = from == 'b' ? 40 : road.width_cm;
  });
  Walk walk(town);
  walk.go("abcd", 1);
  EXPECT_EQ(walk.names(std::get<MatchedTrack>(walk.matched("wheelchair"))), "abcd");
}

TEST(TrackMatching, TurningBackForLongIsWalkingAndASpurIsNot) {
  const MapSketch town(kTown, 10);
  Walk walk(town);
  walk.go("abcba", 1);
  const auto track = std::get<MatchedTrack>(walk.matched());
  EXPECT_EQ(walk.names(track), "abcba");
  EXPECT_NEAR(seconds_on(town, track, 'b', 'c'), 180, 10);
  Walk swerve(town);
  swerve.go("ab", 1);
  swerve.add(moved(town.position('b'), -22, 0));  // into b-e and out again
  swerve.go("bc", 1);
  EXPECT_EQ(swerve.names(std::get<MatchedTrack>(swerve.matched())), "abc");
}

TEST(TrackMatching, FindsRandomWalksThroughNoise) {
  const MapSketch town(R"(
    a--------b--------c--------d
    |        |        |        |
    |        |        |        |
    |        |        |        |
    |        |        |        |
    |        |        |        |
    e--------f--------g--------h
    |        |        |        |
    |        |        |        |
    |        |        |        |
    |        |        |        |
    |        |        |        |
    i--------j--------k--------l )",
                       10);
  const std::vector<std::string> beside = {"be",   "acf", "bdg", "ch",  "afi", "bejg",
                                           "cfkh", "dgl", "ej",  "ifk", "jgl", "kh"};
  std::size_t right = 0;
  std::size_t all = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    std::string way = "a";
    char from = ' ';
    while (way.size() < 9) {
      std::string next = beside[static_cast<std::size_t>(way.back() - 'a')];
      std::erase(next, from);  // nobody turns round
      from = way.back();
      way += next[random() % next.size()];
    }
    Walk walk(town);
    walk.go(way, 1.2);
    walk.blur(6, seed);
    const auto track = std::get<MatchedTrack>(walk.matched());
    double length_m = 0;
    double seconds = 0;
    std::set<route::EdgeId> found;
    for (const auto& piece : track.pieces) {
      const route::EdgeId edge = town.graph().edge(piece.arc);
      found.insert(edge);
      length_m +=
          route::metres(town.graph().road(edge).length_mm) * std::abs(piece.end - piece.begin);
      seconds += piece.seconds;
    }
    double walked_m = 0;
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
      const route::EdgeId edge = town.edge(way[i], way[i + 1]);
      walked_m += route::metres(town.graph().road(edge).length_mm);
      right += found.contains(edge) ? 1U : 0U;
      ++all;
    }
    EXPECT_NEAR(length_m, walked_m, walked_m * 0.1) << "seed " << seed;
    EXPECT_NEAR(seconds, walk.seconds(), 55) << "seed " << seed;
  }
  EXPECT_GE(right, all * 97 / 100) << right << " of " << all;
}

}  // namespace
