// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_judgement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace planner {
namespace {

using registry::PlanVerdict;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kMinute = 60;

FamilyRules wind(std::int64_t notify_min, std::int64_t notify_p90_min) {
  FamilyRules family;
  family.notify = {notify_min * kMinute, notify_p90_min * kMinute};
  return family;
}

PlanningRules rules(std::int64_t prepare_min, std::int64_t prepare_p90_min) {
  PlanningRules rules;
  rules.preparation = {{{"walk"}, {prepare_min * kMinute, prepare_p90_min * kMinute}}};
  rules.supporter_ready = {0, 0};
  return rules;
}

registry::Supporter neighbour(bool day = true) {
  registry::Supporter supporter;
  supporter.available.weekday_day = day;
  return supporter;
}

/// Somebody who walks alone for ten minutes and must be safe within an hour.
CourseFacts walker() {
  CourseFacts facts;
  facts.profile = "walk";
  facts.travel_s = 10 * kMinute;
  facts.limit_s = 60 * kMinute;
  facts.limit_cause = "避難指示";
  return facts;
}

/// Somebody two people must help, who are at the door after twenty minutes.
CourseFacts helped() {
  CourseFacts facts = walker();
  facts.hands = 2;
  facts.supporters = {neighbour(), neighbour()};
  facts.helpers_at_door_s = 20 * kMinute;
  return facts;
}

TEST(PlanJudgement, StepsAddUpAndSlackIsWhatIsLeftOfTheLimit) {
  const Judgement judgement = judge(walker(), wind(5, 5), rules(15, 15));
  EXPECT_EQ(judgement.timing.total_s(), 30 * kMinute);
  EXPECT_EQ(judgement.timing.slack_s(), 30 * kMinute);
  EXPECT_EQ(judgement.timing.latest_start_s, 50 * kMinute);
  EXPECT_EQ(judgement.verdict, PlanVerdict::Executable);
  EXPECT_THAT(judgement.cause, IsEmpty());
}

TEST(PlanJudgement, SixHundredMetresAtHalfAMetrePerSecondDoNotFitIntoTwentyMinutes) {
  CourseFacts facts = walker();
  facts.travel_s = static_cast<std::int64_t>(600 / 0.5);
  facts.limit_s = 20 * kMinute;
  const Judgement judgement = judge(facts, wind(5, 5), rules(10, 10));
  EXPECT_EQ(judgement.verdict, PlanVerdict::NotExecutable);
  EXPECT_EQ(judgement.timing.slack_s(), -15 * kMinute) << "20 - 5 - 10 - 20 minutes";
  EXPECT_THAT(judgement.cause, HasSubstr("15分不足"));
  EXPECT_THAT(judgement.cause, HasSubstr("避難指示"));
}

TEST(PlanJudgement, TheNinetiethPercentileAddsTheRootOfSquaredExcesses) {
  // excesses of 30 and 40 minutes: together 50
  const Judgement judgement = judge(walker(), wind(0, 30), rules(0, 40));
  EXPECT_EQ(judgement.timing.total_p90_s, (10 + 50) * kMinute);
  EXPECT_EQ(judgement.verdict, PlanVerdict::Executable) << "just in time";
  CourseFacts later = walker();
  later.limit_s = 59 * kMinute;
  const Judgement risky = judge(later, wind(0, 30), rules(0, 40));
  EXPECT_EQ(risky.verdict, PlanVerdict::AtRisk);
  EXPECT_THAT(risky.cause, HasSubstr("1分不足"));
}

TEST(PlanJudgement, WithoutALimitOnlyTheMeansDecide) {
  CourseFacts facts = walker();
  facts.limit_s.reset();
  facts.travel_s = 100 * 60 * kMinute;
  const Judgement judgement = judge(facts, wind(0, 0), rules(0, 0));
  EXPECT_EQ(judgement.verdict, PlanVerdict::Executable);
  EXPECT_FALSE(judgement.timing.slack_s());
}

TEST(PlanJudgement, AGapIsTheCauseAndNothingIsTimed) {
  CourseFacts facts;
  facts.gap = registry::Gap::SheltersFull;
  const Judgement judgement = judge(facts, wind(5, 5), rules(5, 5));
  EXPECT_EQ(judgement.verdict, PlanVerdict::NotExecutable);
  EXPECT_EQ(judgement.cause, to_text(registry::Gap::SheltersFull));
  EXPECT_EQ(judgement.timing.total_s(), 0);
}

TEST(PlanJudgement, WhoNeedsHandsWaitsForThemAndCannotGoWithout) {
  const Judgement judgement = judge(helped(), wind(5, 5), rules(15, 15));
  EXPECT_EQ(judgement.timing.supporter_s, 15 * kMinute) << "after the notice";
  EXPECT_EQ(judgement.timing.total_s(), (20 + 15 + 10) * kMinute);
  EXPECT_EQ(judgement.verdict, PlanVerdict::Executable);
  CourseFacts alone = helped();
  alone.supporters.clear();
  EXPECT_THAT(judge(alone, wind(5, 5), rules(5, 5)).cause, HasSubstr("支援者がいない（2人必要）"));
  CourseFacts busy = helped();
  busy.helpers_at_door_s.reset();
  busy.no_helper_reason = "支援者の人数が足りない";
  const Judgement stuck = judge(busy, wind(5, 5), rules(5, 5));
  EXPECT_EQ(stuck.verdict, PlanVerdict::NotExecutable);
  EXPECT_EQ(stuck.cause, "支援者の人数が足りない");
}

TEST(PlanJudgement, TooFewSupportersAtSomeTimeOfDayIsARiskWithItsName) {
  CourseFacts facts = helped();
  facts.supporters[1] = neighbour(false);
  const Judgement judgement = judge(facts, wind(5, 5), rules(5, 5));
  EXPECT_EQ(judgement.verdict, PlanVerdict::AtRisk);
  EXPECT_THAT(judgement.cause, HasSubstr("平日昼"));
  EXPECT_THAT(judgement.cause, testing::Not(HasSubstr("休日")));
}

TEST(PlanJudgement, OneSupporterAloneIsARiskEvenWhenOneIsNeeded) {
  CourseFacts facts = helped();
  facts.hands = 1;
  facts.supporters.pop_back();
  const Judgement judgement = judge(facts, wind(5, 5), rules(5, 5));
  EXPECT_EQ(judgement.verdict, PlanVerdict::AtRisk);
  EXPECT_THAT(judgement.cause, HasSubstr("代わりの支援者がいない"));
}

TEST(PlanJudgement, ABatteryThatEndsOnTheWayMakesThePlanImpossible) {
  CourseFacts facts = walker();
  facts.battery_s = 29 * kMinute;
  const Judgement judgement = judge(facts, wind(5, 5), rules(15, 15));
  EXPECT_EQ(judgement.verdict, PlanVerdict::NotExecutable);
  EXPECT_THAT(judgement.cause, HasSubstr("電池"));
  EXPECT_THAT(judgement.cause, HasSubstr("1分不足"));
  facts.battery_s = 30 * kMinute;
  EXPECT_EQ(judge(facts, wind(5, 6), rules(15, 15)).verdict, PlanVerdict::AtRisk);
}

TEST(PlanJudgement, UnconfirmedEquipmentIsARiskAndNotesAreOnlyNotes) {
  CourseFacts facts = walker();
  facts.notes = {"経路が危険区域を通る"};
  EXPECT_EQ(judge(facts, wind(5, 5), rules(5, 5)).verdict, PlanVerdict::Executable);
  facts.unknown_equipment = {"非常用電源"};
  const Judgement judgement = judge(facts, wind(5, 5), rules(5, 5));
  EXPECT_EQ(judgement.verdict, PlanVerdict::AtRisk);
  EXPECT_THAT(judgement.cause, HasSubstr("非常用電源"));
  EXPECT_THAT(judgement.risks, Contains("経路が危険区域を通る"));
}

}  // namespace
}  // namespace planner
