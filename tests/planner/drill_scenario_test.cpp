// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "support/program.hpp"

namespace planner {
namespace {

using registry::AreaLevel;
using testing::HasSubstr;

DrillRules shipped_rules() {
  return parse_drill_rules(
      support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/drill.toml"));
}

class Scenarios : public testing::Test {
 protected:
  Scenarios() : rules_(shipped_rules()) {
    areas_ = {{.code = "1", .level = AreaLevel::SchoolDistrict, .name = "第一小学校区"},
              {.code = "2", .level = AreaLevel::SchoolDistrict, .name = "第二小学校区"},
              {.code = "3", .level = AreaLevel::Town, .name = "第二小学校区"}};
    registry::Shelter school;
    school.id = {"S1"};
    school.common_id = "E1";
    school.name = "見本小学校";
    shelters_ = {school};
  }

  [[nodiscard]] ScenarioWorld world() const { return {areas_, shelters_, rules_, 10}; }
  [[nodiscard]] DrillScenario read(const std::string& more,
                                   const std::string& head = kFlood) const {
    return parse_drill_scenario(head + more, "s.toml", world());
  }
  [[nodiscard]] std::string complaint(const std::string& more,
                                      const std::string& head = kFlood) const {
    try {
      (void)read(more, head);
    } catch (const registry::InputError& error) {
      return error.what();
    }
    return "accepted";
  }

  static constexpr const char* kFlood =
      "name = \"試し\"\nhazard = \"洪水\"\nstart = \"2026-11-21T21:30\"\n"
      "horizon_min = 240\nstep_min = 5\n";
  static constexpr const char* kOrder = "[[order]]\nlevel = 3\nat_min = 10\n";

  DrillRules rules_;
  std::vector<registry::Area> areas_;
  std::vector<registry::Shelter> shelters_;
};

TEST_F(Scenarios, ThePrintedOneReadsBackForEveryHazard) {
  for (std::size_t i = 0; i < registry::kHazardKinds; ++i) {
    const auto hazard = static_cast<registry::HazardKind>(i);
    const DrillScenario scenario = parse_drill_scenario(
        scenario_text(hazard, "2026-11-21T09:00", world()), "drill.toml", world());
    EXPECT_EQ(scenario.hazard, hazard);
    EXPECT_FALSE(scenario.night);
    EXPECT_EQ(scenario.at_home, rules_.at_home_day);
  }
}

TEST_F(Scenarios, TheHourMakesTheNightAndTheNightTheRates) {
  const DrillScenario scenario = read(kOrder);
  EXPECT_TRUE(scenario.night);
  EXPECT_EQ(scenario.at_home, rules_.at_home_night);
  EXPECT_EQ(scenario.orders.at(0).at_s, 600);
  EXPECT_FALSE(read(std::string("night = false\n") + kOrder).night);
}

TEST_F(Scenarios, PlacesThatAreNotThereAreNamed) {
  EXPECT_THAT(complaint("[[order]]\nlevel = 3\nat_min = 0\nareas = [\"第九小学校区\"]\n"),
              testing::AllOf(HasSubstr("第九小学校区"), HasSubstr("3 地区")));
  EXPECT_THAT(complaint("[[order]]\nlevel = 3\nat_min = 0\nareas = [\"第二小学校区\"]\n"),
              HasSubstr("コード"));
  EXPECT_EQ(read("[[order]]\nlevel = 3\nat_min = 0\nareas = [\"2\"]\n").orders[0].areas,
            std::vector<std::size_t>{1});
  EXPECT_THAT(complaint(std::string(kOrder) + "[[shelter]]\nname = \"見本中学校\"\n"),
              HasSubstr("見本中学校"));
}

TEST_F(Scenarios, OrdersComeInTheOrderOfTimesAndLevels) {
  EXPECT_THAT(complaint(std::string(kOrder) + "[[order]]\nlevel = 4\nat_min = 5\n"),
              HasSubstr("時刻の早い順"));
  EXPECT_THAT(complaint(std::string(kOrder) + "[[order]]\nlevel = 3\nat_min = 20\n"),
              HasSubstr("上がる順"));
  EXPECT_THAT(complaint("[[order]]\nlevel = 2\nat_min = 0\n"), HasSubstr("level"));
  EXPECT_THAT(complaint("[[order]]\nlevel = 3\nat_min = 240\n"), HasSubstr("終わり"));
  EXPECT_THAT(complaint(""), HasSubstr("[[order]]"));
  EXPECT_EQ(complaint("[[order]]\nlevel = 4\nat_min = 0\nareas = [\"1\"]\n"
                      "[[order]]\nlevel = 3\nat_min = 0\nareas = [\"2\"]\n"),
            "accepted")
      << "other areas have their own levels";
}

TEST_F(Scenarios, SheltersOpenBeforeTheyCloseAndHoldNoNegativeNumber) {
  const std::string shelter = std::string(kOrder) + "[[shelter]]\nname = \"E1\"\n";
  EXPECT_THAT(complaint(shelter + "opens_min = 60\ncloses_min = 30\n"), HasSubstr("閉める時刻"));
  EXPECT_THAT(complaint(shelter + "capacity = -1\n"), HasSubstr("0 以上"));
  EXPECT_THAT(complaint(shelter + "[[shelter]]\nname = \"見本小学校\"\n"), HasSubstr("2回"));
  EXPECT_EQ(read(shelter + "capacity = 0\n").shelters.at(0).seats, 0U);
}

TEST_F(Scenarios, WhatNobodyKnowsIsRefused) {
  EXPECT_THAT(complaint(std::string("nigth = true\n") + kOrder), HasSubstr("nigth"));
  EXPECT_THAT(complaint(std::string("at_home_percent = 101\n") + kOrder), HasSubstr("100 以下"));
  EXPECT_THAT(complaint(std::string("collapse_percent = 5\n") + kOrder), HasSubstr("地震"));
  EXPECT_THAT(complaint(kOrder,
                        "name = \"a\"\nhazard = \"雪\"\nstart = \"2026-11-21T09:00\"\n"
                        "horizon_min = 9\nstep_min = 1\n"),
              HasSubstr("洪水"));
  EXPECT_THAT(complaint(kOrder,
                        "name = \"a\"\nhazard = \"洪水\"\nstart = \"2026-02-30T09:00\"\n"
                        "horizon_min = 9\nstep_min = 1\n"),
              HasSubstr("2026-02-30"));
  EXPECT_THAT(complaint("[[order", kFlood), HasSubstr("TOML"));
}

TEST(DrillRulesFile, WrongFiguresAreNamed) {
  const std::string text =
      support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/drill.toml");
  const auto complaint = [&](const std::string& from, const std::string& to) -> std::string {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    try {
      (void)parse_drill_rules(changed);
    } catch (const registry::InputError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(complaint("late_percent = 3.3", "late_percent = 4"), HasSubstr("100"));
  EXPECT_THAT(complaint("reach_day = 0.45", "reach_day = 1.45"), HasSubstr("reach_day"));
  EXPECT_THAT(complaint("least_group = 5", "least_group = 1"), HasSubstr("least_group"));
  EXPECT_THAT(complaint("errand_min = [10, 30]", "errand_min = [30, 10]"), HasSubstr("errand_min"));
}

}  // namespace
}  // namespace planner
