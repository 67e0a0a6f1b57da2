// SPDX-License-Identifier: Apache-2.0
// Tables and sections of a small invented drill: who is away is no part of a share, and places for
// a need stand beside the seats.
#include "planner/drill_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../route/drill_fixture.hpp"
#include "planner/drill_columns.hpp"
#include "planner/drill_isolation.hpp"
#include "planner/drill_sections.hpp"
#include "planner/drill_study.hpp"
#include "support/map_sketch.hpp"

namespace planner {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::uint32_t kRuns = 60;

/// Eight people on one road, four of them in wheelchairs, half of the time away. The welfare
/// shelter has seats for all and two places for wheelchairs; the school takes anybody.
class DrillTables : public testing::Test {
 protected:
  DrillTables()
      : town_("a----S----T", 100),
        metric_(support::metric_at(town_.graph(), 1)),
        stage_(town_.graph(), metric_) {
    profile_.label_ja = "徒歩";
    stage_.shelter({town_.edge('a', 'S'), 1, {}}, 0).seats = {20, route::kNoLimit, route::kNoLimit,
                                                              2};
    stage_.shelter({town_.edge('S', 'T'), 1, {}}, 0).seats = {20};
    for (std::uint32_t i = 0; i < 8; ++i) {
      auto& person = stage_.person({town_.edge('a', 'S'), 0, {}});
      person.need = i < 4 ? 3 : 0;
      DrillPersonFacts facts;
      facts.key = drill_key('P', i);
      world_.people.push_back(facts);
    }
    stage_.scene.behaviours[0].at_home = 0.5;
    world_.scene = stage_.scene;
    world_.roads.push_back(std::make_unique<DrillRoads>());
    world_.roads.back()->profile = &profile_;
    for (const char* name : {"福祉", "学校"}) {
      DrillShelterFacts facts;
      facts.id.value = name;
      facts.name = name;
      facts.seats = 20;
      world_.shelters.push_back(facts);
    }
    world_.areas = {"一区"};
    scenario_.step_s = 60;
    play();
  }

  void play(std::uint32_t runs = kRuns) {
    const auto totals =
        route::simulate_drills(route::DrillSimulator(world_.scene), {5, 0, runs, 1});
    results_ = drill_tables(world_, scenario_, totals, meta());
  }

  static DrillMeta meta() {
    DrillMeta all;
    for (const char* key : {"hazard", "start", "night", "rain", "players", "real", "supporters",
                            "scenario_hash", "rules_hash", "data_hash", "horizon_min"}) {
      all.emplace_back(key, "0");
    }
    for (const char* key : {"runs", "seed", "stand_ins", "left_out"}) {
      all.emplace_back(key, "8");
    }
    all.emplace_back("most", "20");
    all.emplace_back("walking_limit_m", "500");
    return all;
  }
  [[nodiscard]] std::vector<std::vector<std::string>> rows(const std::string& title) const {
    for (const DrillSection& section : drill_sections(DrillSource(results_))) {
      if (section.title == title) {
        return section.table.rows;
      }
    }
    return {};
  }

  support::MapSketch town_;
  route::Metric metric_;
  route::MobilityProfile profile_;
  support::DrillStage stage_;
  DrillScenario scenario_;
  DrillWorld world_;
  registry::ResultFile results_;
};

TEST_F(DrillTables, SharesAreOfThoseAtHome) {
  double away = 0;
  for (const std::int64_t runs : results_.table("person").whole("away")) {
    away += static_cast<double>(runs);
  }
  EXPECT_NEAR(away / (8 * kRuns), 0.5, 0.1);
  EXPECT_THAT(rows("地区別の完了"), ElementsAre(ElementsAre("一区", "8", "100%")))
      << "everybody at home got inside in time";
  EXPECT_TRUE(rows("弱い計画の順位").empty());
  EXPECT_EQ(results_.table("completion").real("percent_p10").back(), 100);
  EXPECT_LT(results_.table("completion").whole("p90").back(), 8);
  EXPECT_EQ(results_.table("group_completion").real("percent").back(), 100);
}

TEST_F(DrillTables, ListsOfPeopleNameNoPlaceThatFewShare) {
  for (std::size_t i = 0; i < world_.people.size(); ++i) {
    world_.scene.people[i].deadline = 1;  // nobody is in time
    world_.people[i].area = i == 0 ? 1 : 0;
    world_.people[i].way_m = 900;
  }
  world_.areas = {"一区", "二区"};
  play();
  for (const char* list : {"弱い計画の順位", "出発の期限", "歩く距離が長い人"}) {
    const auto found = rows(list);
    EXPECT_EQ(found.size(), 8U) << list;
    for (const auto& row : found) {
      EXPECT_EQ(row[1], "*") << list
                             << ": one lives in one district, so the rest tells of the other";
    }
  }
  EXPECT_THAT(rows("四段階の時間"), ElementsAre(Contains("8"))) << "eight of one way of moving";
}

TEST_F(DrillTables, PhasesOfFewPeopleAreNotShown) {
  world_.scene.people.resize(4);
  world_.people.resize(4);
  play();
  EXPECT_THAT(rows("四段階の時間"), ElementsAre(ElementsAre("徒歩", "*", "*", "*", "*", "*")));
}

TEST_F(DrillTables, RunsWithNobodyAtHomeSayNothingOfShares) {
  world_.scene.people.resize(1);
  world_.people.resize(1);
  play();
  EXPECT_EQ(results_.table("completion").real("percent_p10").back(), 100);
  world_.scene.behaviours[0].at_home = 0;
  play();
  EXPECT_EQ(results_.table("completion").real("percent_p50").back(), 0);
  EXPECT_TRUE(rows("弱い計画の順位").empty());
}

TEST_F(DrillTables, NobodyAndOneRunAreADrillToo) {
  world_.scene.people.clear();
  world_.people.clear();
  play(1);
  EXPECT_TRUE(rows("地区別の完了").empty());
  EXPECT_EQ(rows("完了の時刻").size(), 3U);
}

TEST_F(DrillTables, AnHourWithoutARecordIsNoEmptyShelter) {
  scenario_.step_s = 90 * 60;
  play();
  const auto found = rows("避難所の席（時間ごと）");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0][1], "—") << "0, 90, 180 minutes";
  EXPECT_NE(found[0][2], "—");
}

TEST_F(DrillTables, PlacesForANeedAreCountedBesideTheSeats) {
  const auto& needs = results_.table("shelter_need");
  ASSERT_EQ(needs.rows(), 1U) << "only where there is a limit";
  EXPECT_EQ(needs.text("need")[0], "車いす");
  EXPECT_EQ(needs.whole("places")[0], 2);
  EXPECT_GT(needs.real("missed")[0], 0);
  EXPECT_LE(needs.real("taken")[0], 2);
  for (const std::int64_t most : results_.table("need_use").whole("most")) {
    EXPECT_LE(most, 2);
  }
  const auto found = rows("避難所の過不足");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[1][0], "福祉（車いす）");
  EXPECT_EQ(found[1][1], "2");
  EXPECT_EQ(found[0][4], found[1][4]) << "whoever was turned away missed a place, not a seat";
  EXPECT_THAT(rows("避難所の席（時間ごと）"), Contains(Contains(HasSubstr("車いす"))));
}

TEST_F(DrillTables, EveryTableAndColumnIsDescribed) {
  std::vector<registry::ResultTable> tables = results_.tables;
  tables.push_back(district_table(world_, {}));
  for (registry::ResultTable& table : study_tables({})) {
    tables.push_back(std::move(table));
  }
  for (const registry::ResultTable& table : tables) {
    EXPECT_FALSE(column_words(table.name, {}).long_name.empty()) << table.name;
    for (const registry::ResultColumn& column : table.columns) {
      const ColumnWords words = column_words(table.name, column.name);
      EXPECT_FALSE(words.long_name.empty()) << table.name << '/' << column.name;
      for (const auto& [ending, units] : {std::pair("_s", "s"), std::pair("_ms", "ms"),
                                          std::pair("_m", "m"), std::pair("_min", "min")}) {
        if (column.name.ends_with(ending)) {
          EXPECT_EQ(words.units, units) << column.name;
        }
      }
    }
  }
  EXPECT_EQ(column_words("person", "cause_no_seat").long_name,
            "理由: 避難先が満員 (cause: no seat)");
  EXPECT_TRUE(column_words("person", "none_such").long_name.empty());
}

}  // namespace
}  // namespace planner
