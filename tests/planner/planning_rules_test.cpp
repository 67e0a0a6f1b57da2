// SPDX-License-Identifier: Apache-2.0
#include "planner/planning_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "support/program.hpp"

namespace planner {
namespace {

using registry::HazardFamily;
using testing::HasSubstr;

std::string shipped() {
  return support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/planning.toml");
}

std::string rules_complaint(const std::string& from, const std::string& to) {
  std::string text = shipped();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  try {
    (void)parse_planning_rules(text);
  } catch (const registry::InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(PlanningRules, TheShippedFileHasAllFamiliesAndTimes) {
  const PlanningRules rules = parse_planning_rules(shipped());
  EXPECT_GT(rules.family(HazardFamily::WindAndFlood).limit_s, 0);
  EXPECT_EQ(rules.family(HazardFamily::Earthquake).limit_s, 0) << "nothing announces it";
  EXPECT_GT(rules.family(HazardFamily::Earthquake).gather_s, 0);
  EXPECT_GT(rules.preparation_of("stretcher").p50_s, rules.preparation_of("walk").p50_s);
  EXPECT_EQ(rules.preparation_of("unheard of").p50_s, rules.preparation_of("walk").p50_s);
}

TEST(PlanningRules, WrongEntriesAreNamed) {
  EXPECT_THAT(rules_complaint("limit_min = 120", "limit_mins = 120"), HasSubstr("limit_mins"));
  EXPECT_THAT(rules_complaint("name = \"地震\"", "name = \"雪\""), HasSubstr("風水害、地震、火災"));
  EXPECT_THAT(rules_complaint("name = \"地震\"", "name = \"火災\""), HasSubstr("重なって"));
  EXPECT_THAT(rules_complaint("notify_min = [10, 20]", "notify_min = [20, 10]"),
              HasSubstr("notify_min"));
  EXPECT_THAT(rules_complaint("notify_min = [10, 20]", "notify_min = [-1, 20]"),
              HasSubstr("0 以上"));
  EXPECT_THAT(rules_complaint("p90_factor = 1.5", "p90_factor = 0.5"), HasSubstr("p90_factor"));
  EXPECT_THAT(rules_complaint("enough = 2", "enough = 0"), HasSubstr("enough"));
  EXPECT_THAT(rules_complaint("[stay]", "[stayy]"), HasSubstr("stayy"));
  EXPECT_THAT(rules_complaint("not_trusted = 10", "not_trusted = -1"), HasSubstr("not_trusted"));
}

}  // namespace
}  // namespace planner
