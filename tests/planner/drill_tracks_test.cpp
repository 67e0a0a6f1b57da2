// SPDX-License-Identifier: Apache-2.0
// Tracks against the plan's way of moving, on a drawn town.
#include "planner/drill_tracks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "route/profiles_fixture.hpp"
#include "support/map_sketch.hpp"
#include "support/program.hpp"

namespace planner {
namespace {

using namespace std::chrono_literals;
using registry::RoadTime;
using registry::TrackRefusal;
using support::MapSketch;
using testing::HasSubstr;

std::string rules() {
  return support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/tracks.toml");
}

class TrackReaders : public testing::Test {
 protected:
  TrackReaders()
      : town_("a--------b=====c--------d", 10,
              [](char from, char, route::Road& road) { road.way_id = 100 + (from - 'a'); }),
        roads_(route::RoadGraph::from_image(
                   {town_.graph().image().begin(), town_.graph().image().end()}),
               {}, support::shipped_profiles()),
        figures_(parse_track_figures(rules())) {}

  /// From the west end to the east end, so many seconds per ten metres.
  void walk(int seconds) {
    const route::LatLon from = town_.position('a');
    const route::LatLon to = town_.position('d');
    const double length_m = route::distance_m(from, to);
    const auto start = registry::parse_moment("2026-11-01T00:00:00Z")->milliseconds;
    for (int i = 0; i * 10 <= length_m; ++i) {
      const route::LatLon at = route::interpolate(from, to, i * 10 / length_m);
      fixes_.push_back({.line = static_cast<std::size_t>(i) + 4,
                        .lat = at.lat(),
                        .lon = at.lon(),
                        .at = {start + i * seconds * 1000}});
    }
  }
  [[nodiscard]] TrackCase track(const char* profile) const {
    return {.file = "x.gpx",
            .fixes = fixes_,
            .held_on = 2026y / 11 / 1,
            .home = registry::Position{.lat = town_.position('a').lat(),
                                       .lon = town_.position('a').lon()},
            .profile = profile};
  }
  [[nodiscard]] std::variant<std::vector<RoadTime>, TrackRefusal> read(const TrackCase& track) {
    return TrackReader(roads_, figures_).read(track);
  }

  MapSketch town_;
  CityRoads roads_;
  TrackFigures figures_;
  std::vector<registry::TrackFix> fixes_;
};

TEST_F(TrackReaders, EachRoadHasItsSecondsMeasuredAndPlanned) {
  walk(20);  // 0.5 m/s
  const auto roads = std::get<std::vector<RoadTime>>(read(track("walk")));
  ASSERT_EQ(roads.size(), 3U);
  EXPECT_EQ(roads[0].way, 100);
  EXPECT_NEAR(roads[0].length_m, 70, 1) << "without the first 20 m";
  EXPECT_NEAR(static_cast<double>(roads[0].measured_ms), 140'000, 4'000);
  const double speed = support::shipped("walk").level_speed_mps;
  EXPECT_NEAR(static_cast<double>(*roads[0].planned_ms), 70'000 / speed, 2'000);
  EXPECT_GT(*roads[1].planned_ms * 9, *roads[0].planned_ms * 6) << "stairs are slower";
}

TEST_F(TrackReaders, WhereThePlanCannotPassThereIsNoPlannedTime) {
  walk(20);
  const auto roads = std::get<std::vector<RoadTime>>(read(track("wheelchair")));
  ASSERT_EQ(roads.size(), 3U);
  EXPECT_TRUE(roads[0].planned_ms.has_value());
  EXPECT_FALSE(roads[1].planned_ms.has_value()) << "stairs";
}

TEST_F(TrackReaders, AnotherDayOrAnotherHomeIsNotThisPersonsTrack) {
  walk(20);
  TrackCase other = track("walk");
  other.held_on = 2026y / 11 / 2;
  EXPECT_EQ(std::get<TrackRefusal>(read(other)).code, "OTHER_DAY");
  EXPECT_EQ(std::get<TrackRefusal>(read(other)).line, 4U);
  TrackCase stranger = track("walk");
  stranger.home->lat += 0.01;
  const auto refusal = std::get<TrackRefusal>(read(stranger));
  EXPECT_EQ(refusal.code, "OTHER_PERSON");
  EXPECT_THAT(refusal.message, HasSubstr("300 m"));
  stranger.home.reset();
  EXPECT_TRUE(std::holds_alternative<std::vector<RoadTime>>(read(stranger)));
  fixes_.front().at = {0};
  EXPECT_THAT(std::get<TrackRefusal>(read(track("walk"))).message, HasSubstr("1970-01-01"));
}

TEST_F(TrackReaders, ATrackInAnotherTownNamesItsFirstPoint) {
  walk(20);
  for (registry::TrackFix& fix : fixes_) {
    fix.lat += 1;
  }
  TrackCase away = track("walk");
  away.home.reset();
  const auto refusal = std::get<TrackRefusal>(read(away));
  EXPECT_EQ(refusal.code, "OFF_THE_ROADS");
  EXPECT_EQ(refusal.line, 6U) << "where the first step ended";
}

TEST(ContradictsStopwatch, WhenTheTimesDifferByMoreThanAShareAndSomeMinutes) {
  const TrackFigures figures = parse_track_figures(rules());  // 30 %, 3 minutes
  const auto differs = [&](double walked_s, std::vector<std::int64_t> legs_s) {
    registry::DrillResult result;
    result.row.legs_s = std::move(legs_s);
    result.track = {.walked_s = walked_s, .measured_s = 1, .planned_s = 1};
    return contradicts_stopwatch(result, figures);
  };
  EXPECT_FALSE(differs(800, {600, 400}));
  EXPECT_TRUE(differs(650, {600, 400})) << "two legs, 1000 s";
  EXPECT_TRUE(differs(1400, {1000}));
  EXPECT_FALSE(differs(280, {120})) << "within three minutes";
  EXPECT_TRUE(differs(301, {120}));
  EXPECT_FALSE(contradicts_stopwatch({}, figures)) << "no track";
}

TEST(TrackFigures, KeysAreCheckedByName) {
  const std::string good = rules();
  EXPECT_EQ(parse_track_figures(good).matching.candidates, 4U);
  EXPECT_THROW((void)parse_track_figures(good + "\nextra = 1\n"), registry::InputError);
  std::string bad = good;
  bad.replace(bad.find("noise_m = 8"), 11, "noise_m = 0");
  try {
    (void)parse_track_figures(bad);
    FAIL() << "taken";
  } catch (const registry::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("noise_m"));
  }
}

}  // namespace
}  // namespace planner
