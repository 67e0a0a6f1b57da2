// SPDX-License-Identifier: Apache-2.0
// Roads against plans, and what of it may leave the house.
#include "planner/drill_residuals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/drill_follow_up.hpp"
#include "planner/drill_measured.hpp"

namespace planner {
namespace {

using namespace std::chrono_literals;
using registry::WalkedRoad;
using testing::ElementsAre;

WalkedRoad walked(const std::string& person, std::int64_t way, std::int64_t measured_s,
                  std::optional<std::int64_t> planned_s = 100) {
  return {.drill = {"D"},
          .person = {person},
          .road = {.way = way,
                   .name = way == 1 ? "見本坂" : "",
                   .length_m = 100,
                   .measured_ms = measured_s * 1000,
                   .planned_ms = planned_s ? std::optional(*planned_s * 1000) : std::nullopt}};
}

TEST(RoadResiduals, AreTheMedianOfThePeopleAndComeByTheTimeLost) {
  const std::vector<WalkedRoad> all = {walked("A", 1, 120), walked("B", 1, 150), walked("C", 1, 90),
                                       walked("A", 2, 400), walked("A", 2, 60, std::nullopt)};
  const auto roads = road_residuals(all, 30);
  ASSERT_EQ(roads.size(), 2U);
  EXPECT_EQ(roads[0].way, 2);
  EXPECT_EQ(roads[0].barred, 1U);
  EXPECT_EQ(roads[1].people, 3U);
  EXPECT_EQ(roads[1].slower, 2U);
  EXPECT_DOUBLE_EQ(roads[1].ratio, 1.2);
  EXPECT_DOUBLE_EQ(roads[1].lost_s, 70);
  EXPECT_EQ(words_of(roads[0]), "名前のない道");
}

TEST(RoadResiduals, APersonCountsOnceOverAllDrillsAndShortPiecesDoNot) {
  std::vector<WalkedRoad> all = {walked("A", 1, 120), walked("A", 1, 180), walked("B", 1, 900)};
  all[1].drill.value = "E";
  all[2].road.length_m = 12;
  const auto roads = road_residuals(all, 30);
  ASSERT_EQ(roads.size(), 1U);
  EXPECT_EQ(roads[0].people, 1U);
  EXPECT_DOUBLE_EQ(roads[0].ratio, 1.5);
}

TEST(RoadTable, HidesRoadsOfFewPeopleAndSmallCounts) {
  std::vector<WalkedRoad> all;
  for (const char* person : {"A", "B", "C", "D", "E", "F"}) {
    all.push_back(walked(person, 1, person[0] < 'C' ? 150 : 100));
  }
  for (const char* person : {"A", "B", "C", "D"}) {
    all.push_back(walked(person, 2, 200));
  }
  const RoadTable made = road_table(road_residuals(all, 30), 5);
  EXPECT_EQ(made.hidden, 1U);
  ASSERT_EQ(made.table.rows.size(), 1U);
  EXPECT_THAT(made.table.rows[0], ElementsAre("見本坂", "1", "6", "*", "1.00", "*"));
}

TEST(RoadTable, HowManyWereSlowerIsHiddenWhereItTellsOfTheFewOthers) {
  const auto cell = [](std::size_t people, std::size_t slower) {
    const std::vector<RoadResidual> roads = {
        {.way = 1, .name = "", .people = people, .slower = slower}};
    return road_table(roads, 5).table.rows.at(0).at(3);
  };
  EXPECT_EQ(cell(7, 5), "*") << "two were not";
  EXPECT_EQ(cell(12, 6), "6");
  EXPECT_EQ(cell(7, 7), "7");
  EXPECT_EQ(cell(7, 3), "*");
}

TEST(MeasuredSections, LeaveOutGroupsOfFewPeople) {
  std::vector<CalibratedProfile> profiles(2);
  profiles[0].profile = "wheelchair";
  profiles[0].results = 9;
  profiles[0].people = 4;
  profiles[1].profile = "walk";
  profiles[1].results = 6;
  profiles[1].people = 6;
  profiles[1].enough = true;
  profiles[1].travel = {.value = 1.25, .low = 1.1, .high = 1.5};
  profiles[1].planned_speed_mps = 1;
  profiles[1].proposed_speed_mps = 0.8;
  const std::vector<WalkedRoad> all = {walked("A", 1, 120)};
  const auto roads = road_residuals(all, 30);
  const auto sections =
      measured_sections({.profiles = profiles, .moves = {}, .roads = roads}, DrillRules{});
  ASSERT_EQ(sections.size(), 2U);
  ASSERT_EQ(sections[0].table.rows.size(), 1U);
  EXPECT_THAT(sections[0].table.rows[0], ElementsAre("walk", "6", "1.25（1.10～1.50）",
                                                     "0.0（0.0～0.0）", "0", "1.00", "0.80"));
  EXPECT_TRUE(sections[1].table.rows.empty());
  EXPECT_TRUE(measured_sections({.profiles = {}, .moves = {}, .roads = {}}, DrillRules{}).empty());
}

TEST(FindingsSection, ShowsOverdueOnesAndLeavesRowsToWriteOn) {
  registry::DrillFinding finding;
  finding.number = 4;
  finding.said.drill_name = "秋の訓練";
  finding.said.drill_day = 2026y / 11 / 1;
  finding.said.finding = "段差";
  finding.said.action = "踏み台";
  finding.history.emplace_back();
  finding.history.back().owner = "危機管理課";
  finding.history.back().due = 2026y / 12 / 1;
  const auto section = findings_section({&finding, 1}, 2026y / 12 / 2);
  EXPECT_EQ(section.title, "是正");
  ASSERT_EQ(section.table.rows.size(), 4U);
  EXPECT_THAT(section.table.rows[0], ElementsAre("4", "期限切れ", "2026-12-01", "段差", "踏み台",
                                                 "危機管理課", "秋の訓練（2026-11-01）"));
  EXPECT_THAT(section.table.rows[3], testing::Each(""));
  finding.history.back().state = registry::FindingState::Done;
  EXPECT_EQ(findings_section({&finding, 1}, 2026y / 12 / 2).table.rows.size(), 3U);
}

}  // namespace
}  // namespace planner
