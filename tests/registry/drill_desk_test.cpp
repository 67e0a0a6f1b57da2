// SPDX-License-Identifier: Apache-2.0
// Results of drills that were held, in the store.
#include "registry/drill_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/consent_book.hpp"
#include "registry/error.hpp"
#include "registry/result_file.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::residents;
using namespace std::chrono_literals;
using testing::ElementsAre;

Table sheet(const std::vector<std::vector<std::string>>& rows) {
  Table table;
  table.header = {"対象者ID", "準備", "移動1", "移動2", "援護人数", "連絡"};
  table.rows = rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.lines.push_back(i + 2);
  }
  table.encoding = "UTF-8";
  return table;
}

class DrillDesks : public support::RegistryTest {
 protected:
  DrillDesks() : registry_(create()), session_(session(registry_)) {
    auto rows = residents({"1", "2", "3"});
    for (ResidentRow& row : rows.rows) {
      row.person.phone = "000-0000-0000";
    }
    register_all(session_, rows);
    for (const PlanSubject& subject : session_.registrants()) {
      people_.push_back(subject.registrant.person.id);
    }
  }

  void agree(std::size_t person, ConsentScope scope, Answer answer = Answer::Granted) {
    ConsentStatement statement;
    statement.person = people_.at(person);
    statement.scope = scope;
    statement.answer = answer;
    statement.method = ConsentMethod::WrittenSelf;
    statement.asked_at = Instant{1'700'000'000'000};
    statement.explained_at = statement.asked_at;
    statement.answered_at = Instant{1'700'000'100'000};
    (void)ConsentBook(session_).record(statement);
  }

  /// A plan that takes ten minutes to get ready and ten on the way, within half an hour.
  void plan(std::size_t person) {
    EvacuationPlan plan;
    plan.subject = people_.at(person);
    plan.courses.emplace_back();
    PlanLeg leg;
    leg.shelter = {"S"};
    leg.shelter_name = "見本小学校";
    leg.profile = "assisted";
    leg.duration_s = 600;
    leg.route = {{.lat = 35.7, .lon = 139.5}, {.lat = 35.8, .lon = 139.6}};
    plan.courses[0].legs = {leg};
    plan.courses[0].timing = {.notify_s = 60,
                              .supporter_s = 120,
                              .preparation_s = 600,
                              .travel_s = 600,
                              .total_p90_s = 2000,
                              .limit_s = 1800,
                              .limit_cause = "期限",
                              .latest_start_s = std::nullopt};
    (void)session_.store_plans({plan});
  }

  void put_in_force(std::size_t person) {
    int seen = 1;
    for (const PlanStatus to : {PlanStatus::MeetingDone, PlanStatus::Active}) {
      const StepResult step =
          session_.take_plan_step({.subject = people_.at(person), .seen_revision = seen, .to = to});
      ASSERT_TRUE(std::holds_alternative<int>(step)) << std::get<StepRefusal>(step).reason;
      seen = std::get<int>(step);
    }
  }

  [[nodiscard]] static std::vector<std::string> codes(const ImportReport& report) {
    std::vector<std::string> all;
    for (const Rejected& rejected : report.rejected) {
      all.push_back(rejected.code);
    }
    return all;
  }

  [[nodiscard]] std::string id(std::size_t person) const { return people_.at(person).value; }

  Registry registry_;
  Session session_;
  std::vector<PersonId> people_;
  HeldDrill drill_{.id = {}, .name = "秋の訓練", .held_on = 2026y / 11 / 1};
};

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
  for (const std::size_t person : {0, 1}) {
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
                                            {nobody, "1", "1", "", "", ""},
                                            {id(0), "2", "2", "", "", ""}}));
  const DrillImport done = DrillDesk(session_).record(drill_, rows);
  EXPECT_EQ(done.report.added, 1U);
  EXPECT_THAT(codes(done.report),
              ElementsAre("NO_DRILL_CONSENT", "NO_PLAN", "NOT_ON_REGISTER", "SECOND_ROW"));
  EXPECT_THROW((void)DrillDesk(session_).record(drill_, rows), InputError) << "twice";
  EXPECT_EQ(DrillDesk(session_).drills().size(), 1U);
}

TEST_F(DrillDesks, CellsThatAreNoTimesAreNamed) {
  const auto rows = parse_drill_rows(
      sheet({{"名前", "", "x", "", "99", ""}, {id(0), "-1", "1:99", "", "", "25:00:00"}}));
  EXPECT_TRUE(rows.rows.empty());
  EXPECT_THAT(codes(rows.report),
              ElementsAre("ID_INVALID", "TIME_MISSING", "TIME_INVALID", "HELPERS_INVALID",
                          "TIME_INVALID", "TIME_INVALID", "TIME_INVALID"));
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
