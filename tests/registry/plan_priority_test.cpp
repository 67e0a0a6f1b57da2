// SPDX-License-Identifier: Apache-2.0
#include "registry/plan_priority.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import_text.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

const Date kOn = day(2026, 11, 21);

PriorityRules rules(const std::string& factors) {
  return parse_priority_rules("[rule_set]\nid='t'\nsource='s'\n" + factors);
}

std::string complaint(const std::string& factors) {
  try {
    (void)rules(factors);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

constexpr const char* kTwoGroups = R"(
[[factor]]
group='体'
title='軽い'
points=5
all_of=[{attribute='mobility', any_of=['独歩','杖','車いす介助']}]
[[factor]]
group='体'
title='重い'
points=20
all_of=[{attribute='mobility', any_of=['車いす介助']}]
[[factor]]
group='水'
title='浸水'
points=10
all_of=[{attribute='hazard_rank', at_least=1}]
)";

TEST(PlanPriority, OfEachGroupTheHeaviestReasonCountsOnce) {
  Person person;
  person.mobility = Mobility::WheelchairPushed;
  Circumstances life;
  life.hazard_rank = 3;
  const std::vector<Certificate> none;
  const Priority priority = plan_priority({person, none, life}, rules(kTwoGroups), kOn);
  EXPECT_EQ(priority.points, 30);
  ASSERT_EQ(priority.reasons.size(), 2U);
  EXPECT_EQ(priority.reasons[0].title, "重い");
  EXPECT_EQ(priority.reasons[1].title, "浸水");
}

TEST(PlanPriority, WhatNobodyKnowsGivesNoPoints) {
  const Person person;
  const Circumstances unknown;
  const std::vector<Certificate> none;
  EXPECT_EQ(plan_priority({person, none, unknown}, rules(kTwoGroups), kOn).points, 0);
  const PriorityRules lonely = rules(
      "[[factor]]\ngroup='g'\ntitle='t'\npoints=1\n"
      "all_of=[{attribute='supporters', at_most=0}]\n");
  EXPECT_EQ(plan_priority({person, none, unknown}, lonely, kOn).points, 0);
  Circumstances alone;
  alone.supporters = 0;
  EXPECT_EQ(plan_priority({person, none, alone}, lonely, kOn).points, 1);
}

TEST(PlanPriority, TheShippedRulesPutABedriddenPersonAloneInDeepWaterFirst) {
  const PriorityRules shipped = parse_priority_rules(rule_text("plan_priority.toml"));
  Person first;
  first.mobility = Mobility::Stretcher;
  first.household_size = 1;
  Circumstances worst;
  worst.hazard_rank = 4;
  worst.household_type = "単身";
  worst.supporters = 0;
  worst.way_known = false;
  const std::vector<Certificate> none;
  const Priority high = plan_priority({first, none, worst}, shipped, kOn);
  Person second;
  second.mobility = Mobility::Walks;
  Circumstances safe;
  safe.hazard_rank = 0;
  safe.supporters = 2;
  safe.way_known = true;
  const Priority low = plan_priority({second, none, safe}, shipped, kOn);
  EXPECT_EQ(high.points, 30 + 30 + 20 + 15 + 15);
  EXPECT_EQ(low.points, 0);
}

TEST(PlanPriority, RulesThatCouldNeverMatchAreRefused) {
  EXPECT_THAT(complaint(""), HasSubstr("factor"));
  EXPECT_THAT(complaint("[[factor]]\ngroup='g'\ntitle='t'\npoints=0\nall_of=[]\n"),
              HasSubstr("points"));
  EXPECT_THAT(complaint("[[factor]]\ngroup='g'\ntitle='t'\npoints=1\nall_of=[]\n"),
              HasSubstr("全員に当てはまって"));
  EXPECT_THAT(complaint("[[factor]]\ngroup='g'\ntitle='t'\npoints=1\n"
                        "all_of=[{attribute='mobility', any_of=['飛行']}]\n"),
              HasSubstr("飛行"));
}

}  // namespace
}  // namespace registry
