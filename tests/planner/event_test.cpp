// SPDX-License-Identifier: Apache-2.0
// Whom to send, what an order leaves of a plan, and how the reached curve rises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "planner/event_advice.hpp"
#include "planner/event_dispatch.hpp"
#include "planner/event_record.hpp"
#include "registry/error.hpp"

namespace planner {
namespace {

using registry::EvacLevel;
using registry::SafetyStatus;
using registry::StayAdvice;
using testing::HasSubstr;

registry::PlanCourse course_with_way() {
  registry::PlanCourse course;
  course.legs.resize(1);
  course.legs[0].shelter_name = "東小";
  course.second.route = {{35, 139}, {36, 139}};
  course.helpers.resize(2);
  course.verdict = registry::PlanVerdict::Executable;
  return course;
}

TEST(OrderInForce, Level5LeavesNoHorizontalWayWhateverThePlanSays) {
  for (const StayAdvice advice : {StayAdvice::None, StayAdvice::Indoors, StayAdvice::Upstairs}) {
    const auto course = course_under(EvacLevel::L5, course_with_way(), {advice, "理由"});
    EXPECT_TRUE(course.legs.empty());
    EXPECT_TRUE(course.second.route.empty());
    EXPECT_TRUE(course.helpers.empty());
    EXPECT_EQ(course.stay, advice == StayAdvice::None ? StayAdvice::Upstairs : advice);
    EXPECT_THAT(course.stay_reason, HasSubstr("緊急安全確保"));
    EXPECT_THAT(course.stay_reason, HasSubstr("理由"));
  }
}

TEST(OrderInForce, BelowLevel5ThePlanIsWhatItWas) {
  const auto plan = course_with_way();
  for (const std::optional<EvacLevel> level :
       {std::optional<EvacLevel>(), std::optional(EvacLevel::L3), std::optional(EvacLevel::L4)}) {
    EXPECT_EQ(course_under(level, plan, {StayAdvice::Upstairs, ""}), plan);
  }
}

/// Calls and helpers with travel times in minutes; `*` marks who has agreed.
class DispatchTest : public testing::Test {
 protected:
  DispatchTest() : helpers_(6) {
    for (std::size_t i = 0; i < helpers_.size(); ++i) {
      helpers_[i].id.value = std::string(1, static_cast<char>('A' + i));
    }
  }

  void call(int urgency, int hands, bool vehicle, const std::vector<std::int64_t>& minutes,
            const std::set<std::size_t>& trusted = {}) {
    problem_.calls.push_back({.person = {"P" + std::to_string(problem_.calls.size())},
                              .urgency = urgency,
                              .hands = hands,
                              .vehicle = vehicle});
    for (std::size_t i = 0; i < minutes.size(); ++i) {
      problem_.travel_s.push_back(minutes[i] * 60);
      problem_.trusted.push_back(trusted.contains(i) ? 1 : 0);
    }
    problem_.helpers.clear();
    for (std::size_t i = 0; i < minutes.size(); ++i) {
      problem_.helpers.push_back(&helpers_[i]);
    }
  }

  [[nodiscard]] std::vector<Dispatch> run() const { return suggest_dispatch(problem_, 45 * 60); }

  static std::string names(const Dispatch& dispatch) {
    std::string text;
    for (const Sent& sent : dispatch.sent) {
      text += sent.supporter.value;
    }
    return text;
  }

  std::vector<registry::Supporter> helpers_;
  DispatchProblem problem_;
};

TEST_F(DispatchTest, TheTrustedGoBeforeTheNearAndNobodyComesFromTooFar) {
  call(1, 2, false, {5, 30, 10, 46}, {1, 3});
  const auto all = run();
  EXPECT_EQ(names(all[0]), "BA");
  EXPECT_TRUE(all[0].sent[0].trusted);
  EXPECT_EQ(all[0].hands_missing, 0);
}

TEST_F(DispatchTest, TheMoreUrgentCallIsServedFirstAndNobodyGoesTwice) {
  call(3, 1, false, {5, 6});
  call(22, 1, false, {1, 40});
  const auto all = run();
  EXPECT_EQ(all[0].person.value, "P1");
  EXPECT_EQ(names(all[0]), "A");
  EXPECT_EQ(names(all[1]), "B");
}

TEST_F(DispatchTest, AVehicleIsFoundWhereOneIsNeededAndWhatIsMissingIsSaid) {
  helpers_[2].has_vehicle = true;
  call(1, 2, true, {1, 2, 30});
  EXPECT_EQ(names(run()[0]), "CA");
  helpers_[2].has_vehicle = false;
  EXPECT_TRUE(run()[0].vehicle_missing);
  EXPECT_THAT(run()[0].reason, HasSubstr("車両"));
  problem_.calls[0].hands = 5;
  EXPECT_EQ(run()[0].hands_missing, 2);
  EXPECT_THAT(run()[0].reason, HasSubstr("2 人足りません"));
}

TEST_F(DispatchTest, RandomCallsNeverUseAHelperTwiceNorLeaveOneIdleWhoIsNeeded) {
  std::mt19937 random(7);
  const auto below = [&](unsigned most) { return static_cast<unsigned>(random() % most); };
  for (int round = 0; round < 300; ++round) {
    problem_ = {};
    for (auto& helper : helpers_) {
      helper.has_vehicle = below(3) == 0;
    }
    for (unsigned calls = 1 + below(4); calls > 0; --calls) {
      std::vector<std::int64_t> minutes;
      for (std::size_t i = 0; i < helpers_.size(); ++i) {
        minutes.push_back(static_cast<std::int64_t>(below(60)));
      }
      call(static_cast<int>(below(3)), static_cast<int>(1 + below(3)), below(2) == 0, minutes,
           {below(6)});
    }
    std::set<std::string> used;
    const auto all = run();
    for (const Dispatch& each : all) {
      for (const Sent& sent : each.sent) {
        ASSERT_TRUE(used.insert(sent.supporter.value).second);
        ASSERT_LE(sent.travel_s, 45 * 60);
      }
    }
    for (const Dispatch& each : all) {
      const auto row = static_cast<std::size_t>(std::stoul(each.person.value.substr(1)));
      for (std::size_t i = 0; i < helpers_.size() && each.hands_missing > 0; ++i) {
        const bool near = problem_.travel_s[row * helpers_.size() + i] <= 45 * 60;
        ASSERT_TRUE(!near || used.contains(helpers_[i].id.value));
      }
      ASSERT_EQ(each.hands_missing > 0 || each.vehicle_missing, !each.reason.empty());
    }
  }
}

registry::SafetyReport said(const std::string& person, SafetyStatus status, std::int64_t minute) {
  static int number = 0;
  registry::SafetyReport report;
  report.uuid = std::to_string(++number);
  report.subject.value = person;
  report.status = status;
  report.device_time = {minute * 60'000};
  return report;
}

TEST(EventCurve, RisesWithTheFirstContactOfEachPerson) {
  const std::vector<registry::SafetyReport> reports = {
      said("a", SafetyStatus::NoAnswer, 1), said("a", SafetyStatus::Safe, 20),
      said("a", SafetyStatus::Safe, 25), said("b", SafetyStatus::Injured, 5)};
  const auto curve = reached_curve(reports, 3, {0}, {30 * 60'000}, 3);
  std::vector<std::size_t> reached;
  for (const CurvePoint& point : curve) {
    reached.push_back(point.reached);
    EXPECT_EQ(point.reached + point.unreached, 3U);
  }
  EXPECT_EQ(reached, (std::vector<std::size_t>{0, 1, 2, 2}));  // every 11 minutes
  const HelpGiven help = help_given(reports, {.contradiction_ms = 30 * 60'000});
  EXPECT_EQ(help.called, 1U);
  EXPECT_EQ(help.answered, 0U);
}

TEST(EventRulesFile, AMistypedKeyIsNamed) {
  constexpr const char* kGood =
      "[dispatch]\nfurthest_minutes = 45\nday_from_hour = 8\nday_to_hour = 18\n"
      "vehicle_profiles = [\"stretcher\"]\nsource = \"x\"\n";
  EXPECT_EQ(parse_event_rules(kGood).furthest_s, 45 * 60);
  for (const std::string wrong : {"[dispatch]\n", "[dispatch]\nfurthest = 1\n", "x = 1\n"}) {
    EXPECT_THROW((void)parse_event_rules(wrong), registry::InputError) << wrong;
  }
}

}  // namespace
}  // namespace planner
