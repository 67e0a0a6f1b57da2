// SPDX-License-Identifier: Apache-2.0
// Findings that are carried from drill to drill, in the store.
#include "registry/drill_findings.hpp"

#include "drill_fixture.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

using namespace std::chrono_literals;

class DrillFindings : public DrillTest {
 protected:
  DrillFindings() : book_(session_) {
    agree(0, ConsentScope::JoinDrill);
    plan(0);
    const auto rows = parse_drill_rows(sheet({{id(0), "10", "10", "", "", ""}}));
    held_ = DrillDesk(session_).record(drill_, rows).drill;
  }
  [[nodiscard]] NewFinding finding(const std::string& what, Date due) const {
    return {.drill = held_,
            .drill_name = drill_.name,
            .drill_day = drill_.held_on,
            .finding = what,
            .action = "直す",
            .owner = "危機管理課",
            .due = due};
  }

  /// A later drill.
  [[nodiscard]] DrillId next_drill() {
    const auto rows = parse_drill_rows(sheet({{id(0), "10", "10", "", "", ""}}));
    return DrillDesk(session_)
        .record({.id = {}, .name = "春の訓練", .held_on = 2027y / 3 / 1}, rows)
        .drill;
  }

  FindingBook book_;
  DrillId held_;
};

TEST_F(DrillFindings, OpenOnesComeByTheirDateAndAreOverdueOnTheDayAfter) {
  const int late = book_.add(finding("バスの段差", 2027y / 3 / 31));
  const int soon = book_.add(finding("駐車車両", 2026y / 12 / 1));
  EXPECT_EQ(late, 1);
  EXPECT_EQ(soon, 2);
  const auto open = book_.findings();
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].number, soon);
  EXPECT_FALSE(open[0].is_overdue(2026y / 12 / 1));
  EXPECT_TRUE(open[0].is_overdue(2026y / 12 / 2));
  EXPECT_EQ(open[0].said.drill, held_);
  EXPECT_EQ(open[0].said.finding, "駐車車両");
}

TEST_F(DrillFindings, StepsAreKeptAndAClosedOneStaysClosed) {
  const int number = book_.add(finding("バスの段差", 2026y / 12 / 1));
  book_.take_step(number, {.state = FindingState::Open,
                           .due = 2027y / 3 / 31,
                           .owner = "道路課",
                           .note = "部品待ち",
                           .checked = {}});
  book_.take_step(number, {.state = FindingState::Done,
                           .due = {},
                           .owner = {},
                           .note = "踏み台で乗れた",
                           .checked = next_drill()});
  EXPECT_TRUE(book_.findings().empty());
  const DrillFinding closed = book_.findings(true).at(0);
  ASSERT_EQ(closed.history.size(), 3U);
  EXPECT_EQ(closed.history[0].owner, "危機管理課");
  EXPECT_EQ(closed.history[0].due, 2026y / 12 / 1);
  EXPECT_EQ(closed.now().owner, "道路課") << "as before";
  EXPECT_EQ(closed.now().due, 2027y / 3 / 31);
  EXPECT_EQ(closed.now().checked, "春の訓練（2027-03-01）");
  EXPECT_FALSE(closed.is_overdue(2030y / 1 / 1));
  EXPECT_THROW(book_.take_step(number, {.note = "もう一度"}), InputError);
}

TEST_F(DrillFindings, WhatIsIncompleteIsRefusedInWordsAndNothingIsKept) {
  EXPECT_THROW((void)book_.add(finding("", 2027y / 1 / 1)), InputError);
  EXPECT_THROW((void)book_.add(finding(std::string(4000, 'x'), 2027y / 1 / 1)), InputError);
  EXPECT_THROW((void)book_.add(finding("前の日", 2026y / 10 / 31)), InputError);
  NewFinding unknown = finding("ない訓練", 2027y / 1 / 1);
  unknown.drill = DrillId{"none"};
  EXPECT_THROW((void)book_.add(unknown), InputError);
  EXPECT_THROW(book_.take_step(1, {.note = "ない番号"}), InputError);
  EXPECT_TRUE(book_.findings(true).empty());
  const int number = book_.add(finding("段差", 2027y / 1 / 1));
  EXPECT_THROW(book_.take_step(number, {.state = FindingState::Done}), InputError) << "no note";
  EXPECT_THROW(book_.take_step(number, {.due = 2026y / 1 / 1, .note = "前"}), InputError);
  EXPECT_THROW(book_.take_step(number, {.note = "同じ訓練", .checked = held_}), InputError);
  EXPECT_EQ(book_.findings().at(0).history.size(), 1U);
}

TEST_F(DrillFindings, WhoIsOnTheRegisterIsNotNamedHoweverTheNameIsWritten) {
  auto rows = support::residents({"1", "2", "3", "4"});
  rows.rows.back().person.name = "見本　花子";
  rows.rows.back().person.name_kana = "ミホン ハナコ";
  register_all(session_, rows);
  for (const std::string& named :
       {std::string("見本花子さんが段差で止まった"), std::string("みほん はなこ さんの家の前"),
        "車いすの人 " + id(1) + " が待った"}) {
    EXPECT_THROW((void)book_.add(finding(named, 2027y / 1 / 1)), InputError) << named;
  }
  NewFinding owned = finding("段差", 2027y / 1 / 1);
  owned.owner = "見本 花子";
  EXPECT_THROW((void)book_.add(owned), InputError);
  const int number = book_.add(finding("見本町の花子屋の前の段差", 2027y / 1 / 1));
  EXPECT_THROW(book_.take_step(number, {.note = "見本花子が確かめた"}), InputError);
  EXPECT_EQ(book_.findings().at(0).history.size(), 1U);
}

TEST_F(DrillFindings, ADrillPlayedOnTheDeskHasFindingsToo) {
  NewFinding desk = finding("橋が一つしかない", 2027y / 1 / 1);
  desk.drill.reset();
  desk.drill_name = "机上の訓練";
  (void)book_.add(desk);
  EXPECT_EQ(book_.findings().at(0).said.drill, std::nullopt);
  EXPECT_EQ(book_.findings().at(0).said.drill_name, "机上の訓練");
}

TEST_F(DrillFindings, TheLogCarriesNumbersAndNoWords) {
  (void)book_.add(finding("バスの段差", 2027y / 1 / 1));
  const AuditEntry entry = session_.audit_log().back();
  EXPECT_EQ(entry.action, "record_finding");
  EXPECT_EQ(entry.detail, "added finding=1");
}

}  // namespace
}  // namespace registry
