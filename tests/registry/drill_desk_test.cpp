// SPDX-License-Identifier: Apache-2.0
// Results of drills that were held, in the store.
#include "registry/drill_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drill_fixture.hpp"
#include "registry/error.hpp"
#include "registry/result_file.hpp"

namespace registry {
namespace {

using namespace std::chrono_literals;

using testing::ElementsAre;

class DrillDesks : public DrillTest {};

TEST_F(DrillDesks, OnlyAnExplicitConsentToDrillsCounts) {
  agree(0, ConsentScope::JoinDrill);
  agree(1, ConsentScope::ProvidePlan);
  agree(2, ConsentScope::JoinDrill);
  agree(2, ConsentScope::JoinDrill, Answer::Withdrawn);
  const auto consents = DrillDesk(session_).consents(Instant{1'900'000'000'000});
  EXPECT_TRUE(consents.at(people_[0]).takes_part);
  EXPECT_FALSE(consents.at(people_[0]).plan_shared);
  EXPECT_FALSE(consents.at(people_[1]).takes_part);
  EXPECT_TRUE(consents.at(people_[1]).plan_shared);
  EXPECT_FALSE(consents.at(people_[2]).takes_part);
}

TEST_F(DrillDesks, WhoWasLateSendsThePlanToReviewForTheDrill) {
  for (const std::size_t person : {0U, 1U}) {
    agree(person, ConsentScope::JoinDrill);
    plan(person);
    put_in_force(person);
  }
  const auto rows = parse_drill_rows(
      sheet({{id(0), "12", "9:30", "", "2", "1"}, {id(1), "20", "10.5", "2", "1", ""}}));
  ASSERT_EQ(rows.rows.size(), 2U);
  EXPECT_THAT(rows.rows[0].legs_s, ElementsAre(570));
  EXPECT_THAT(rows.rows[1].legs_s, ElementsAre(630, 120));
  const DrillImport done = DrillDesk(session_).record(drill_, rows);
  EXPECT_EQ(done.report.added, 2U);
  EXPECT_EQ(done.late, 1U) << "60 + 120 + 1200 + 750 is beyond 1800";
  EXPECT_EQ(done.marked_for_review, 1U);
  const auto history = session_.plan_history(people_[1], PlanKind::Individual);
  EXPECT_EQ(history.back().status, PlanStatus::NeedsReview);
  EXPECT_EQ(session_.plan_of(people_[0])->status, PlanStatus::Active);
  bool named = false;
  for (const PlanRevision& revision : history) {
    for (const std::string& reason : revision.stale) {
      named = named || reason == to_text(StaleReason::DrillFailed);
    }
  }
  EXPECT_TRUE(named);
  const auto results = DrillDesk(session_).results({});
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].planned.preparation_s, 600);
  EXPECT_EQ(results[0].row.helpers, 2);
  EXPECT_FALSE(results[1].in_time);
  EXPECT_EQ(measured_total_s(results[1].row, results[1].planned), 60 + 120 + 1200 + 750);
}

TEST_F(DrillDesks, RowsWithoutConsentPlanOrPersonAreRejectedAndTheOthersStay) {
  agree(0, ConsentScope::JoinDrill);
  plan(0);
  plan(1);
  agree(2, ConsentScope::JoinDrill);
  const std::string nobody = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  const auto rows = parse_drill_rows(sheet({{id(0), "1", "1", "", "", ""},
                                            {id(1), "1", "1", "", "", ""},
                                            {id(2), "1", "1", "", "", ""},
                                            {nobody, "1", "1", "", "", ""}}));
  const DrillImport done = DrillDesk(session_).record(drill_, rows);
  EXPECT_EQ(done.report.added, 1U);
  EXPECT_THAT(codes(done.report), ElementsAre("NO_DRILL_CONSENT", "NO_PLAN", "NOT_ON_REGISTER"));
  EXPECT_THROW((void)DrillDesk(session_).record(drill_, rows), InputError) << "nothing is new";
  EXPECT_EQ(DrillDesk(session_).drills().size(), 1U);
}

TEST_F(DrillDesks, ACorrectedFileBringsTheRowsThatWereRejected) {
  for (const std::size_t person : {0U, 1U}) {
    agree(person, ConsentScope::JoinDrill);
    plan(person);
  }
  const auto twice = parse_drill_rows(sheet({{id(0), "1", "1", "", "", ""},
                                             {id(1), "1", "1", "", "", ""},
                                             {id(1), "9", "9", "", "", ""}}));
  const DrillImport first = DrillDesk(session_).record(drill_, twice);
  EXPECT_EQ(first.report.added, 1U);
  EXPECT_THAT(codes(first.report), ElementsAre("SECOND_ROW", "SECOND_ROW"))
      << "nobody knows which is right";
  const auto corrected =
      parse_drill_rows(sheet({{id(0), "7", "7", "", "", ""}, {id(1), "9", "9", "", "", ""}}));
  const DrillImport second = DrillDesk(session_).record(drill_, corrected);
  EXPECT_EQ(second.drill, first.drill);
  EXPECT_THAT(codes(second.report), ElementsAre("RECORDED"));
  const auto results = DrillDesk(session_).results(first.drill);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].row.prepare_s, 60) << "what was measured stays";
  EXPECT_EQ(results[1].row.prepare_s, 540);
  HeldDrill quake = drill_;
  quake.hazard = HazardKind::Earthquake;
  EXPECT_THROW((void)DrillDesk(session_).record(quake, corrected), InputError);
  HeldDrill old = drill_;
  old.held_on = 1970y / 1 / 1;
  EXPECT_THROW((void)DrillDesk(session_).record(old, corrected), InputError);
}

TEST_F(DrillDesks, CellsThatAreNoTimesAreNamed) {
  const auto rows = parse_drill_rows(sheet({{"名前", "", "x", "", "99", ""},
                                            {id(0), "-1", "1:99", "", "", "25:00:00"},
                                            {id(0), "1", "0", "", "", ""}}));
  EXPECT_TRUE(rows.rows.empty());
  EXPECT_THAT(codes(rows.report),
              ElementsAre("ID_INVALID", "TIME_MISSING", "TIME_INVALID", "HELPERS_INVALID",
                          "TIME_INVALID", "TIME_INVALID", "TIME_INVALID", "TIME_ZERO"));
  for (const Rejected& rejected : rows.report.rejected) {
    EXPECT_EQ(rejected.message.find("名前"), std::string::npos);
  }
}

TEST_F(DrillDesks, ResultFilesComeBackAsTheyWereAndEqualOnesAreEqualBytes) {
  const ResultFile written{
      .version = 3,
      .tables = {{.name = "a",
                  .columns = {{"n", std::vector<std::int64_t>{1, -2}},
                              {"x", std::vector<double>{0.5, 1e-9}},
                              {"t", std::vector<std::string>{"あ\"b", ""}}}},
                 {.name = "empty", .columns = {{"n", std::vector<std::int64_t>{}}}}}};
  write_result_file(folder() / "one.db", written);
  write_result_file(folder() / "two.db", written);
  const ResultFile read = read_result_file(folder() / "one.db", 3);
  ASSERT_EQ(read.tables.size(), 2U);
  EXPECT_EQ(read.table("a").whole("n"), (std::vector<std::int64_t>{1, -2}));
  EXPECT_EQ(read.table("a").real("x"), (std::vector<double>{0.5, 1e-9}));
  EXPECT_EQ(read.table("a").text("t"), (std::vector<std::string>{"あ\"b", ""}));
  EXPECT_EQ(read.table("empty").rows(), 0U);
  EXPECT_EQ(to_table(read.table("a")).rows[1], (std::vector<std::string>{"-2", "1e-09", ""}));
  EXPECT_THROW((void)read_result_file(folder() / "one.db", 4), InputError);
  EXPECT_THROW((void)read_result_file(folder() / "none.db", 3), InputError);
  EXPECT_THROW((void)read.table("a").real("n"), InputError);
}

}  // namespace
}  // namespace registry
