// SPDX-License-Identifier: Apache-2.0
// The state of a person is a function of the set of reports, and never hides a call for help.
#include "registry/safety_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "registry/error.hpp"
#include "registry/table_io.hpp"

namespace registry {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr SafetyRules kRules{.contradiction_ms = 30 * kMinute,
                             .clock_ahead_ms = 5 * kMinute,
                             .before_start_ms = 60 * kMinute};

SafetyReport said(SafetyStatus status, std::int64_t minute, const std::string& device = "A",
                  std::int64_t counter = 0) {
  static int number = 0;
  SafetyReport report;
  report.uuid = "u" + std::to_string(++number);
  report.subject.value = "P";
  report.status = status;
  report.device = device;
  report.counter = counter;
  report.device_time = {minute * kMinute};
  return report;
}

PersonSafety state_of(std::initializer_list<SafetyReport> reports) {
  return fold(std::vector<SafetyReport>(reports), kRules);
}

TEST(SafetyFold, NobodyHasReportedAnything) {
  const PersonSafety state = state_of({});
  EXPECT_FALSE(state.status);
  EXPECT_FALSE(state.reached);
}

TEST(SafetyFold, CallForHelpAfterSafeAlwaysShows) {
  for (const std::int64_t minute : {101, 129, 131, 100'000}) {
    const auto state =
        state_of({said(SafetyStatus::Safe, 100, "B"), said(SafetyStatus::NeedsRescue, minute)});
    EXPECT_TRUE(state.needs_help) << minute;
    EXPECT_EQ(state.status, SafetyStatus::NeedsRescue);
    EXPECT_EQ(state.conflict, minute <= 130);
  }
}

TEST(SafetyFold, SafeSoonAfterACallGoesToAPersonAndSafeLaterAnswersIt) {
  const SafetyReport call = said(SafetyStatus::Injured, 100);
  const auto soon = state_of({call, said(SafetyStatus::Safe, 110, "B")});
  EXPECT_TRUE(soon.needs_help);
  EXPECT_TRUE(soon.conflict);
  EXPECT_EQ(soon.to_settle.size(), 2U);
  const auto later = state_of({call, said(SafetyStatus::Safe, 131, "B")});
  EXPECT_FALSE(later.needs_help);
  EXPECT_FALSE(later.conflict);
  EXPECT_EQ(later.status, SafetyStatus::Safe);
  const auto proven =
      state_of({call, said(SafetyStatus::Safe, 110, "B"), said(SafetyStatus::Evacuated, 200, "C")});
  EXPECT_FALSE(proven.conflict);
}

TEST(SafetyFold, AClockThatJumpsBackDoesNotHideACall) {
  // The telephone first says safe at 12:00 (its first report), then calls, stamped 09:00.
  const auto state = state_of(
      {said(SafetyStatus::Safe, 720, "A", 1), said(SafetyStatus::NeedsRescue, 540, "A", 2)});
  EXPECT_TRUE(state.needs_help);
  const auto in_order = state_of(
      {said(SafetyStatus::Safe, 720, "A", 2), said(SafetyStatus::NeedsRescue, 540, "A", 1)});
  EXPECT_FALSE(in_order.needs_help);
}

TEST(SafetyFold, ATryThatReachedNobodyNeverHidesWhatIsKnown) {
  const auto tried = state_of({said(SafetyStatus::Absent, 100)});
  EXPECT_EQ(tried.status, SafetyStatus::Absent);
  EXPECT_FALSE(tried.reached);
  const auto known =
      state_of({said(SafetyStatus::Evacuated, 100), said(SafetyStatus::NoAnswer, 500)});
  EXPECT_EQ(known.status, SafetyStatus::Evacuated);
  EXPECT_TRUE(known.reached);
  const auto calling =
      state_of({said(SafetyStatus::Injured, 100), said(SafetyStatus::Absent, 500)});
  EXPECT_TRUE(calling.needs_help);
}

TEST(SafetyFold, ADeathAnswersAnEarlierCallAndIsDoubtedByALaterSign) {
  const auto found =
      state_of({said(SafetyStatus::NeedsRescue, 100), said(SafetyStatus::Dead, 200)});
  EXPECT_FALSE(found.needs_help);
  EXPECT_FALSE(found.conflict);
  EXPECT_EQ(found.status, SafetyStatus::Dead);
  const auto doubted = state_of({said(SafetyStatus::Dead, 200), said(SafetyStatus::Safe, 900)});
  EXPECT_TRUE(doubted.conflict);
}

TEST(SafetyFold, WhatAPersonDecidedTakesTheReportsOutOfTheQuestion) {
  const SafetyReport call = said(SafetyStatus::NeedsRescue, 100);
  const SafetyReport safe = said(SafetyStatus::Safe, 110, "B");
  SafetyReport decision = said(SafetyStatus::Safe, 115, "");
  decision.settles = {call.uuid, safe.uuid};
  const auto decided = state_of({call, safe, decision});
  EXPECT_FALSE(decided.conflict);
  EXPECT_EQ(decided.status, SafetyStatus::Safe);
  // A call that came later is a new question, also within the window.
  EXPECT_TRUE(state_of({call, safe, decision, said(SafetyStatus::Injured, 116)}).needs_help);
}

/// The rules of the header, written once more: every pair of reports is looked at.
class SlowFold {
 public:
  explicit SlowFold(const std::vector<SafetyReport>& all) {
    for (const SafetyReport& report : all) {
      const bool settled = std::ranges::any_of(all, [&](const SafetyReport& other) {
        return std::ranges::find(other.settles, report.uuid) != other.settles.end();
      });
      const bool seen =
          std::ranges::any_of(known_, [&](const auto& each) { return each.uuid == report.uuid; });
      if (!settled && !seen) {
        known_.push_back(report);
      }
    }
  }

  [[nodiscard]] static bool call(const SafetyReport& r) {
    return r.status == SafetyStatus::Injured || r.status == SafetyStatus::NeedsRescue;
  }
  [[nodiscard]] static bool sign(const SafetyReport& r) {
    return r.status != SafetyStatus::Absent && r.status != SafetyStatus::NoAnswer;
  }
  [[nodiscard]] static bool answer(const SafetyReport& r) { return sign(r) && !call(r); }
  [[nodiscard]] static std::int64_t minutes(const SafetyReport& from, const SafetyReport& to) {
    return (to.device_time.milliseconds - from.device_time.milliseconds) / kMinute;
  }

  [[nodiscard]] bool open(const SafetyReport& c) const {
    return call(c) && std::ranges::none_of(known_, [&](const SafetyReport& a) {
             const bool made_before = !a.device.empty() && a.device == c.device && a.counter > 0 &&
                                      c.counter > 0 && a.counter < c.counter;
             return answer(a) && minutes(c, a) > 30 && !made_before;
           });
  }
  [[nodiscard]] bool needs_help() const {
    return std::ranges::any_of(known_, [&](const auto& c) { return open(c); });
  }
  [[nodiscard]] bool conflict() const {
    for (const SafetyReport& a : known_) {
      for (const SafetyReport& b : known_) {
        if (open(a) && answer(b) && std::abs(minutes(a, b)) <= 30) {
          return true;
        }
        if (a.status == SafetyStatus::Dead && sign(b) && b.status != SafetyStatus::Dead &&
            minutes(a, b) >= -30) {
          return true;
        }
      }
    }
    return false;
  }
  [[nodiscard]] bool reached() const { return std::ranges::any_of(known_, sign); }

 private:
  std::vector<SafetyReport> known_;
};

TEST(SafetyFoldOracle, AnyOrderAndAnyRepeatsGiveTheSameStateAsLookingAtEveryPair) {
  std::mt19937 random(20260921);
  const auto below = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  for (int round = 0; round < 3'000; ++round) {
    std::vector<SafetyReport> reports;
    for (int i = below(7); i >= 0; --i) {
      reports.push_back(said(static_cast<SafetyStatus>(below(static_cast<int>(kSafetyStatuses))),
                             below(90), std::string(1, static_cast<char>('A' + below(3))),
                             below(4)));
      if (below(8) == 0 && reports.size() > 1) {
        reports.back().settles = {
            reports[static_cast<std::size_t>(below(static_cast<int>(reports.size() - 1)))].uuid};
      }
      reports.back().device = below(6) == 0 ? "" : reports.back().device;
    }
    const PersonSafety state = fold(reports, kRules);
    const SlowFold slow(reports);
    ASSERT_EQ(state.needs_help, slow.needs_help()) << "round " << round;
    ASSERT_EQ(state.conflict, slow.conflict()) << "round " << round;
    ASSERT_EQ(state.reached, slow.reached()) << "round " << round;
    for (int again = 0; again < 3; ++again) {
      std::vector<SafetyReport> shuffled = reports;
      shuffled.push_back(
          reports[static_cast<std::size_t>(below(static_cast<int>(reports.size())))]);
      std::ranges::shuffle(shuffled, random);
      ASSERT_EQ(fold(shuffled, kRules), state) << "round " << round;
    }
  }
}

TEST(SafetyQuarantine, ReportsFromTheFutureOr1970ArePutAside) {
  const Instant started{1'000'000 * kMinute};
  const Instant received{started.milliseconds + 600 * kMinute};
  const auto reason = [&](std::int64_t time) {
    SafetyReport report = said(SafetyStatus::Safe, 0);
    report.device_time = {time};
    return quarantine_reason(report, started, received, kRules);
  };
  EXPECT_EQ(reason(received.milliseconds + 5 * kMinute), "");
  EXPECT_THAT(reason(received.milliseconds + 5 * kMinute + 1), testing::HasSubstr("未来"));
  EXPECT_EQ(reason(started.milliseconds - 60 * kMinute), "");
  EXPECT_THAT(reason(0), testing::HasSubstr("始まりより前"));
}

TEST(SafetyReports, ColumnsAndKeysSayTheSame) {
  const Table table = read_csv(
      "報告番号,対象者,状況,必要なもの,場所,備考,報告者,端末,連番,時刻,手段\r\n"
      "u1,P1,避難済,薬;水,東小,元気,佐藤,T1,7,2026-11-21 12:04,紙\r\n"
      "u2,P1,ねむい,,,,,,,2026-11-21 12:04,\r\n"
      "u3,P1,無事,,,,,,x,2026-11-21 12:04,\r\n"
      "u4,P1,無事,,,,,,,きのう,\r\n");
  const auto csv = parse_safety_reports(table);
  const auto json = parse_safety_json(
      R"([{"uuid":"u1","subject":"P1","status":"evacuated","needs":["薬","水"],"place":"東小",
           "note":"元気","by":"佐藤","device":"T1","counter":7,"at":"2026-11-21T03:04:00Z",
           "channel":"紙"}, 5])");
  ASSERT_EQ(csv.rows.size(), 1U);
  ASSERT_EQ(json.rows.size(), 1U);
  EXPECT_EQ(csv.rows[0].report, json.rows[0].report);
  EXPECT_EQ(json.report.rejected.size(), 1U);
  std::vector<std::string> columns;
  for (const Rejected& each : csv.report.rejected) {
    columns.push_back(each.column);
  }
  EXPECT_EQ(columns, (std::vector<std::string>{"状況", "連番", "時刻"}));
  EXPECT_THROW((void)parse_safety_json("{"), InputError);
  EXPECT_THROW((void)parse_safety_reports(read_csv("報告番号,対象者\r\nu,P\r\n")), InputError);
}

TEST(Moments, AreReadInUtcAndInTokyo) {
  EXPECT_EQ(parse_moment("2026-11-21T03:04:05.678Z"),
            parse_moment("2026-11-21T12:04:05.678+09:00"));
  EXPECT_EQ(parse_moment("2026-11-21 12:04"), parse_moment("2026-11-21T03:04Z"));
  EXPECT_EQ(to_iso(*parse_moment("2026-11-21T03:04:05.678Z")), "2026-11-21T03:04:05.678Z");
  for (const char* wrong : {"", "2026-11-21", "2026-11-21T03:04", "2026-13-21T03:04Z",
                            "2026-11-21T24:00Z", "2026-11-21T03:04:05.6Z", "2026-11-21T03-04Z"}) {
    EXPECT_FALSE(parse_moment(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace registry
