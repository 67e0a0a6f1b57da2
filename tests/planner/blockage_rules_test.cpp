// SPDX-License-Identifier: Apache-2.0
#include "planner/blockage_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "route/profiles_fixture.hpp"
#include "support/program.hpp"

namespace planner {
namespace {

using testing::HasSubstr;

std::string shipped_text() {
  return support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/blockage.toml");
}

std::string complaint(const std::string& from, const std::string& to) {
  std::string text = shipped_text();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  try {
    (void)parse_weakness_rules(text);
  } catch (const registry::InputError& error) {
    return error.what();
  }
  return "accepted";
}

route::Road road(std::uint16_t width_cm, route::RoadClass of = route::RoadClass::Residential) {
  route::Road made;
  made.width_cm = width_cm;
  made.road_class = of;
  return made;
}

// 首都直下地震等による東京の被害想定 2022 p.378: the rates of its formulas for some collapse rates.
TEST(BlockageRules, TheShippedFileReproducesTheTokyoRatesToATenthOfAPoint) {
  const auto rules = parse_weakness_rules(shipped_text());
  struct Row {
    double collapse;
    double narrow;
    double middle;
    double wide;
  };
  for (const Row& row : {Row{5, 24.3, 14.9, 0}, Row{10, 28.9, 16.7, 0.7}, Row{20, 37.9, 20.2, 3.0},
                         Row{30, 46.9, 23.7, 5.2}}) {
    const auto percent = [&](std::uint32_t width_cm) {
      return blockage_percent(rules.blockage, width_cm, row.collapse);
    };
    for (const std::uint32_t width : {1U, 349U}) {
      EXPECT_NEAR(percent(width), row.narrow, 0.05);
    }
    for (const std::uint32_t width : {350U, 549U}) {
      EXPECT_NEAR(percent(width), row.middle, 0.05);
    }
    for (const std::uint32_t width : {550U, 1299U}) {
      EXPECT_NEAR(percent(width), row.wide, 0.05);
    }
    EXPECT_EQ(percent(1300), 0);
  }
}

TEST(BlockageRules, RatesStayBetweenNothingAndEverythingAndNeedACollapse) {
  const auto rules = parse_weakness_rules(shipped_text());
  EXPECT_EQ(blockage_percent(rules.blockage, 200, 0), 0) << "whatever the intercept says";
  EXPECT_EQ(blockage_percent(rules.blockage, 200, 100), 100);
  EXPECT_EQ(blockage_percent(rules.blockage, 1000, 1), 0);
}

TEST(BlockageRules, WhoNeedsLessSeesAWiderRoad) {
  const auto rules = parse_weakness_rules(shipped_text());
  const auto percent = [&](std::uint16_t width_cm, std::uint16_t needed_cm) {
    return blockage_percent(rules.blockage, road(width_cm), needed_cm, 10);
  };
  EXPECT_NEAR(percent(400, rules.needed_by("vehicle")), 16.7, 0.05);
  EXPECT_NEAR(percent(400, rules.needed_by("walk")), 0.7, 0.05) << "as a vehicle on 6.25 m";
  EXPECT_NEAR(percent(200, rules.needed_by("wheelchair")), 16.7, 0.05) << "as one on 4 m";
  EXPECT_EQ(percent(400, 300), percent(400, rules.needed_by("nobody knows")));
  EXPECT_NEAR(percent(100, 1000), 28.9, 0.05);
}

TEST(BlockageRules, UnknownWidthsFollowTheClassAndBridgesHaveNoHouses) {
  const auto rules = parse_weakness_rules(shipped_text());
  const auto percent = [&](const route::Road& of) {
    return blockage_percent(rules.blockage, of, 300, 10);
  };
  EXPECT_NEAR(percent(road(0)), 16.7, 0.05);
  EXPECT_NEAR(percent(road(0, route::RoadClass::Footway)), 28.9, 0.05);
  EXPECT_NEAR(percent(road(0, route::RoadClass::Secondary)), 0.7, 0.05);
  EXPECT_EQ(percent(road(0, route::RoadClass::Primary)), 0);
  route::Road bridge = road(300);
  bridge.bridge = 1;
  EXPECT_EQ(percent(bridge), 0);
}

// profiles.toml says from which width on rubble leaves a way: the last bound of the table here.
TEST(BlockageRules, NeededWidthsAgreeWithTheProfiles) {
  const auto rules = parse_weakness_rules(shipped_text());
  for (const route::MobilityProfile& profile : support::shipped_profiles()) {
    EXPECT_TRUE(rules.needed_cm.contains(profile.name)) << profile.name;
    EXPECT_EQ(rules.blockage.classes.back().below_cm - rules.blockage.passable_cm +
                  rules.needed_by(profile.name),
              profile.rubble_free_width_cm)
        << profile.name;
  }
}

TEST(BlockageRules, WrongEntriesAreNamed) {
  EXPECT_THAT(complaint("slope = 0.9009", "slop = 0.9009"), HasSubstr("slop"));
  EXPECT_THAT(complaint("below_cm = 550", "below_cm = 300"), HasSubstr("小さい順"));
  EXPECT_THAT(complaint("\"residential\"", "\"alley\""), HasSubstr("alley"));
  EXPECT_THAT(complaint("collapse_percent = 10", "collapse_percent = 101"),
              HasSubstr("collapse_percent"));
  EXPECT_THAT(complaint("\"rollator\"]", "\"walk\"]"), HasSubstr("重なって"));
  EXPECT_THAT(complaint("[score]", "[scores]"), HasSubstr("scores"));
}

}  // namespace
}  // namespace planner
