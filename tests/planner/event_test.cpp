// SPDX-License-Identifier: Apache-2.0
// Whom to send, what an order leaves of a plan, and how the reached curve rises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <set>

#include "planner/event_advice.hpp"
#include "planner/event_dispatch.hpp"
#include "planner/event_record.hpp"
#include "planner/holidays.hpp"
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

/// Two supporters: A is there on weekdays by day, B on holidays only.
class FreeSupporters : public testing::Test {
 protected:
  FreeSupporters() : subjects_(1) {
    subjects_[0].supporters.resize(2);
    registry::Supporter& a = subjects_[0].supporters[0].supporter;
    a.id = {"A"};
    a.available = {.weekday_day = true, .weekday_night = false, .holiday = false};
    registry::Supporter& b = subjects_[0].supporters[1].supporter;
    b.id = {"B"};
    b.available = {.weekday_day = false, .weekday_night = false, .holiday = true};
  }

  /// Who is free at noon of a day in Tokyo.
  [[nodiscard]] std::string free_on(const std::string& day) const {
    std::string names;
    for (const registry::Supporter* each : free_supporters({.subjects = subjects_,
                                           .board = board_,
                                           .orders = orders_,
                                           .areas = areas_,
                                           .profiles = profiles_,
                                           .mobility = mobility_,
                                           .planning = planning_,
                                           .rules = rules_,
                                           .holidays = holidays_,
                                           .days = days_,
                                           .at = *registry::parse_moment(day + " 12:00")})) {
      names += each->id.value;
    }
    return names;
  }

  std::vector<registry::PlanSubject> subjects_;
  registry::SafetyBoard board_;
  std::vector<registry::EvacOrder> orders_;
  std::vector<registry::Area> areas_;
  std::vector<route::MobilityProfile> profiles_;
  MobilityRules mobility_;
  PlanningRules planning_;
  EventRules rules_{.day_from_hour = 8, .day_to_hour = 18};
  Holidays holidays_{.days = {registry::Date{std::chrono::year(2026), std::chrono::month(11),
                                             std::chrono::day(23)}},
                     .valid_until = registry::Date{std::chrono::year(2026), std::chrono::month(12),
                                                   std::chrono::day(31)}};
  std::vector<registry::SupporterDay> days_;
};

TEST_F(FreeSupporters, AMondayThatIsAHolidayIsAHoliday) {
  EXPECT_EQ(free_on("2026-11-20"), "A");
  EXPECT_EQ(free_on("2026-11-22"), "B");  // a Sunday
  EXPECT_EQ(free_on("2026-11-23"), "B");  // 勤労感謝の日
  EXPECT_EQ(free_on("2026-11-24"), "A");
}

TEST_F(FreeSupporters, WhoIsWithSomebodyOrCannotGoIsNotFreeAndWhoSaysSoIs) {
  days_ = {{.supporter = {"A"}, .since = registry::Instant{1}, .person = {"P"}}};
  EXPECT_EQ(free_on("2026-11-20"), "");
  days_ = {{.supporter = {"A"}, .cannot = true}, {.supporter = {"B"}, .said_can = true}};
  EXPECT_EQ(free_on("2026-11-20"), "B");
  days_ = {{.supporter = {"A"}, .cannot_to = {{"P"}}}};
  EXPECT_EQ(free_on("2026-11-20"), "A");  // to others
}

TEST(EventPeople, WhoIsOnTheWayIsNotWantedTwice) {
  EventPerson person;
  person.safety.needs_help = true;
  person.hands = 2;
  person.vehicle = true;
  EXPECT_EQ(person.hands_wanted(), 2);
  person.coming = {{.supporter = {"A"}, .since = {1}}};
  EXPECT_EQ(person.hands_wanted(), 1);
  EXPECT_TRUE(person.vehicle_wanted());
  person.coming.push_back({.supporter = {"B"}, .since = {1}, .with_vehicle = true});
  EXPECT_FALSE(person.waits_for_hands());
  person.coming.pop_back();
  person.coming.push_back({.supporter = {"C"}, .since = {1}});
  EXPECT_TRUE(person.waits_for_hands());  // for a vehicle
}

std::string shipped(const std::string& name) {
  std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/data/rules/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// 国民の祝日に関する法律, the equinoxes as announced.
std::set<registry::Date> holidays_by_law(int year, int spring, int autumn) {
  using namespace std::chrono;
  const auto on = [&](int month_of, int day_of) {
    return registry::Date{std::chrono::year(year), month(static_cast<unsigned>(month_of)),
                          day(static_cast<unsigned>(day_of))};
  };
  const auto monday = [&](int month_of, unsigned which) {
    return registry::Date(
        sys_days(std::chrono::year(year) / month(static_cast<unsigned>(month_of)) / Monday[which]));
  };
  std::set<registry::Date> law = {on(1, 1),      monday(1, 2),  on(2, 11), on(2, 23),
                                  on(3, spring), on(4, 29),     on(5, 3),  on(5, 4),
                                  on(5, 5),      monday(7, 3),  on(8, 11), monday(9, 3),
                                  on(9, autumn), monday(10, 2), on(11, 3), on(11, 23)};
  std::set<registry::Date> all = law;
  for (const registry::Date& holiday : law) {
    sys_days next = sys_days(holiday);
    if (weekday(next) == Sunday) {  // 振替休日: the next day that is none
      while (law.contains(registry::Date(next))) {
        next += days(1);
      }
      all.insert(registry::Date(next));
    }
    const sys_days between = sys_days(holiday) + days(1);  // 国民の休日
    if (!law.contains(registry::Date(between)) && weekday(between) != Sunday &&
        law.contains(registry::Date(between + days(1)))) {
      all.insert(registry::Date(between));
    }
  }
  return all;
}

TEST(HolidaysFile, IsWhatTheLawMakesOfTheYears) {
  const Holidays holidays = parse_holidays(shipped("holidays.toml"));
  std::set<registry::Date> law = holidays_by_law(2026, 20, 23);
  law.merge(holidays_by_law(2027, 21, 23));
  EXPECT_EQ(holidays.days, law);
  EXPECT_TRUE(holidays.covers(*registry::parse_iso_date("2027-12-31")));
  EXPECT_FALSE(holidays.covers(*registry::parse_iso_date("2028-01-01")));
  for (const std::string wrong :
       {"", "valid_until = \"2026-02-30\"\nsource = \"x\"\n",
        "valid_until = \"2026-12-31\"\nsource = \"x\"\n[[holiday]]\ndate = \"2027-01-01\"\n"
        "name = \"x\"\n"}) {
    EXPECT_THROW((void)parse_holidays(wrong), registry::InputError) << wrong;
  }
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
