// SPDX-License-Identifier: Apache-2.0
#include "route/mobility_profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "profiles_fixture.hpp"
#include "route/error.hpp"

namespace {

using route::Ban;
using route::Barrier;
using route::MobilityProfile;
using route::pace;
using route::Road;
using route::RoadClass;
using route::Smoothness;
using route::Surface;
using route::Tri;
using support::shipped;
using testing::HasSubstr;

/// A road about which nothing is unknown.
Road known_road() {
  Road road;
  road.length_mm = 100'000;
  road.width_cm = 400;
  road.slope_permille = 0;
  road.road_class = RoadClass::Residential;
  road.surface = Surface::Paved;
  road.smoothness = Smoothness::Good;
  return road;
}

TEST(MobilityProfile, UnknownAttributesPassMoreSlowlyAndAreTold) {
  const MobilityProfile& wheelchair = shipped("wheelchair");
  const auto known = pace(wheelchair, known_road(), true);
  EXPECT_FALSE(known.unverified);
  EXPECT_DOUBLE_EQ(known.speed_mps, wheelchair.level_speed_mps);
  const std::array<void (*)(Road&), 3> gaps{
      [](Road& r) { r.width_cm = 0; },
      [](Road& r) { r.slope_permille = Road::kUnknownIncline; },
      [](Road& r) { r.surface = Surface::Unknown; },
  };
  for (const auto gap : gaps) {
    Road road = known_road();
    gap(road);
    const auto found = pace(wheelchair, road, true);
    EXPECT_EQ(found.ban, Ban::None);
    EXPECT_TRUE(found.unverified);
    EXPECT_DOUBLE_EQ(found.speed_mps, wheelchair.level_speed_mps * wheelchair.unknown_factor);
    road.wheelchair = Tri::Yes;  // surveyed as a whole
    EXPECT_FALSE(pace(wheelchair, road, true).unverified);
  }
}

TEST(MobilityProfile, AnAttributeTheProfileDoesNotDependOnMayBeUnknown) {
  Road road = known_road();
  road.width_cm = 0;
  EXPECT_FALSE(pace(shipped("walk"), road, true).unverified);
  road.smoothness = Smoothness::Unknown;
  road.lit = Tri::Unknown;
  EXPECT_FALSE(pace(shipped("walk"), road, true).unverified);
}

TEST(MobilityProfile, HeightOfAKerbIsNotKnown) {
  Road road = known_road();
  road.barrier = Barrier::Kerb;
  EXPECT_TRUE(pace(shipped("wheelchair"), road, true).unverified);
  EXPECT_FALSE(pace(shipped("walk"), road, true).unverified);
  MobilityProfile alone = shipped("wheelchair");
  alone.hands = 0;
  EXPECT_EQ(pace(alone, road, true).ban, Ban::Barrier);
}

TEST(MobilityProfile, StairsHaveTheirOwnSpeedWhateverTheirSlope) {
  Road road = known_road();
  road.road_class = RoadClass::Steps;
  road.slope_permille = 500;
  EXPECT_DOUBLE_EQ(pace(shipped("assisted"), road, true).speed_mps, 0.25);
  EXPECT_DOUBLE_EQ(pace(shipped("stretcher"), road, true).speed_mps, 0.25);
  MobilityProfile without_bearers = shipped("stretcher");
  without_bearers.hands = 0;
  EXPECT_EQ(pace(without_bearers, road, true).ban, Ban::Steps);
}

TEST(MobilityProfile, SlopeIsMeasuredBeforeTaggedAndTurnsRoundBackwards) {
  Road road = known_road();
  road.slope_permille = Road::kUnknownIncline;
  EXPECT_EQ(route::slope_of(road, true), std::nullopt);
  road.incline_permille = 50;
  EXPECT_EQ(route::slope_of(road, true), 50);
  EXPECT_EQ(route::slope_of(road, false), -50);
  road.slope_permille = 90;
  EXPECT_EQ(route::slope_of(road, true), 90);
}

TEST(MobilityProfile, BetweenPointsOfTheCurveTheFactorIsInterpolated) {
  MobilityProfile profile = shipped("walk");
  profile.slope_speed = {{-100, 0.5}, {0, 1.0}, {100, 0.5}};
  const auto factor = [&profile](std::int16_t slope) {
    Road road = known_road();
    road.slope_permille = slope;
    return pace(profile, road, true).speed_mps / profile.level_speed_mps;
  };
  EXPECT_DOUBLE_EQ(factor(0), 1.0);
  EXPECT_DOUBLE_EQ(factor(50), 0.75);
  EXPECT_DOUBLE_EQ(factor(-25), 0.875);
  EXPECT_DOUBLE_EQ(factor(-100), 0.5);
  EXPECT_DOUBLE_EQ(factor(900), 0.5);
}

TEST(MobilityProfile, NightRainSurfaceAndClassMultiply) {
  MobilityProfile car = shipped("vehicle");
  car.class_speed_mps.at(static_cast<std::size_t>(RoadClass::Residential)) = 2.0;
  Road road = known_road();
  EXPECT_DOUBLE_EQ(pace(car, road, true).speed_mps, 2.0);
  road.surface = Surface::Gravel;
  EXPECT_DOUBLE_EQ(pace(car, road, true, {true, true}).speed_mps, 2.0 * 0.7 * 0.8 * 0.9);
}

TEST(MobilityProfile, AskingForAnUnknownNameListsTheNames) {
  try {
    static_cast<void>(shipped("horse"));
    FAIL() << "found a horse";
  } catch (const route::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("walk, assisted, rollator, wheelchair_self, wheelchair"));
  }
}

// ---- the file ----

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

std::string first_profile() {
  const std::string all =
      support::text_of(std::string(TOMONI_SOURCE_DIR) + "/data/rules/profiles.toml");
  return all.substr(0, all.find("[[profile]]", all.find("[[profile]]") + 1));
}

std::string profile_fault(const std::string& toml) {
  try {
    static_cast<void>(route::parse_profiles(toml));
  } catch (const route::InputError& error) {
    return error.what();
  }
  return "no fault";
}

TEST(ProfilesFile, ShipsTheProfilesThePlannerNeeds) {
  for (const auto* name : {"walk", "assisted", "wheelchair", "stretcher", "vehicle"}) {
    EXPECT_EQ(shipped(name).name, name);
  }
  EXPECT_EQ(shipped("stretcher").hands, 4);
  EXPECT_EQ(shipped("stretcher_two").hands, 2);
  EXPECT_EQ(shipped("wheelchair").raised_kerb, route::Passage::WithHelpers);
  EXPECT_EQ(shipped("wheelchair_self").raised_kerb, route::Passage::Banned);
  EXPECT_EQ(shipped("walk").max_landslide_rank, 1);
  EXPECT_EQ(shipped("walk").max_blockage_rank, 4);
  EXPECT_EQ(shipped("vehicle").rubble_free_width_cm, 1300);
  EXPECT_EQ(shipped("stretcher").steps, route::Passage::WithHelpers);
  EXPECT_EQ(shipped("wheelchair").max_flood_depth_cm, 10);
  EXPECT_EQ(shipped("walk").max_up_permille, 32767);
  EXPECT_TRUE(shipped("vehicle").is_vehicle);
  EXPECT_EQ(shipped("wheelchair").worst_smoothness, Smoothness::Intermediate);
  for (const MobilityProfile& profile : support::shipped_profiles()) {
    EXPECT_DOUBLE_EQ(profile.night_factor, 0.8);
    EXPECT_DOUBLE_EQ(profile.surface_factor[0], 1);
  }
}

TEST(ProfilesFile, ClassSpeedsMayBeGiven) {
  const auto profiles = route::parse_profiles(
      first_profile() + "class_speed_mps = {primary = 1.5, source = \"invented\"}\n");
  EXPECT_DOUBLE_EQ(profiles[0].class_speed_mps.at(static_cast<std::size_t>(RoadClass::Primary)),
                   1.5);
}

TEST(ProfilesFile, FaultsAreNamedWithProfileAndKey) {
  const std::string good = first_profile();
  ASSERT_EQ(profile_fault(good), "no fault");
  struct Case {
    std::string_view from;
    std::string_view to;
    std::string_view named;
  };
  const std::array<Case, 17> cases{{
      {"level_speed_mps = {value = 1.0, source", "level_speed_mps = {value = 1.0, sauce",
       "「walk」, level_speed_mps: 「source」がありません"},
      {"level_speed_mps = {value = 1.0", "level_speed_mps = {value = 0.0", "「value」は"},
      {"level_speed_mps = {value = 1.0", "level_speed_mps = {value = nan", "「value」は"},
      {"level_speed_mps = ", "level_speed = ", "「level_speed_mps」がありません"},
      {"on_wheels = false", "on_wheels = false\nwings = true", "「wings」は知らない項目です"},
      {"{value = 0, source = \"walks", "{value = 0.5, source = \"walks", "hands: 「value」"},
      {"[-100, 0.85]", "[-150, 0.85]", "勾配は小さい順"},
      {"\"free\"", "\"maybe\"", "free, with_helpers, banned"},
      {"value = \"free\"", "value = \"with_helpers\"", "「hands」が1以上"},
      {"\"trunk\"", "\"steps\"", "「steps」で決めます"},
      {"soft = 0.5, ", "", "「soft」がありません"},
      {"max_up_permille = {value = \"none\"", "max_up_permille = {value = \"all\"",
       "max_up_permille"},
      {"raised_kerb = {value = \"free\"", "raised_kerb = {value = \"with_helpers\"",
       "raised_kerb: with_helpers には「hands」が1以上"},
      {"raised_kerb = ", "kerb = ", "「raised_kerb」がありません"},
      {"landslide = 1, ", "", "max_hazard_rank: 「landslide」がありません"},
      {"blockage = 4", "blockage = 6", "「blockage」は"},
      {"fire = 0", "fire = 0.5", "「fire」には整数"},
  }};
  for (const Case& one : cases) {
    EXPECT_THAT(profile_fault(replaced(good, one.from, one.to)), HasSubstr(std::string(one.named)))
        << one.to;
  }
  EXPECT_THAT(profile_fault(good + "\n" + good.substr(good.find("[[profile]]"))),
              HasSubstr("「walk」が二つあります"));
  EXPECT_THAT(profile_fault("profile = 3"), HasSubstr("「profile」は並び"));
  EXPECT_THAT(profile_fault("[[profile]]\nname = "), HasSubstr("2 行目"));
  EXPECT_THAT(profile_fault(""), HasSubstr("「profile」がありません"));
}

}  // namespace
