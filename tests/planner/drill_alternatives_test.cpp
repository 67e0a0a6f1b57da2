// SPDX-License-Identifier: Apache-2.0
// Second ways, and what of a result may leave the house.
#include "planner/drill_alternatives.hpp"

#include <gtest/gtest.h>

#include "planner/drill_disclosure.hpp"
#include "planner/small_counts.hpp"

namespace planner {
namespace {

using Cells = std::vector<std::string>;

registry::PlanCourse course(double length_m) {
  registry::PlanCourse made;
  made.legs.emplace_back().kind = registry::LegKind::Evacuate;
  made.legs.back().length_m = length_m;
  return made;
}

TEST(AlternativeOf, IsWhatThePlanInForceSaysOfTheSameWay) {
  const registry::PlanCourse played = course(800);
  registry::EvacuationPlan plan;
  plan.courses = {played};
  EXPECT_FALSE(alternative_of(played, nullptr, false).way_known);
  EXPECT_TRUE(alternative_of(played, &plan, false).way_known);
  EXPECT_FALSE(alternative_of(played, &plan, false).has_way);
  plan.courses[0].second.route.resize(2);
  plan.courses[0].second.extra_s = 90;
  plan.courses[0].second.shared_m = 200;
  const DrillAlternative found = alternative_of(played, &plan, false);
  EXPECT_TRUE(found.has_way);
  EXPECT_EQ(found.way_extra_s, 90);
  EXPECT_DOUBLE_EQ(found.way_shared, 0.25);
  EXPECT_FALSE(alternative_of(course(900), &plan, false).way_known)
      << "another way than the plan's";
  EXPECT_FALSE(alternative_of({}, &plan, true).way_known) << "no way at all";
  registry::PlanCourse computed = course(900);
  EXPECT_FALSE(alternative_of(computed, nullptr, true).has_way);
  computed.second.route.resize(2);
  EXPECT_TRUE(alternative_of(computed, &plan, true).has_way) << "a way looked for just now";
}

TEST(ShownCounts, HidesASecondWhereOneCouldBeFoundBySubtraction) {
  EXPECT_EQ(shown_counts({12, 3, 7}, true), (Cells{"12", "*", "*"}));
  EXPECT_EQ(shown_counts({12, 3, 7}, false), (Cells{"12", "*", "7"}));
  EXPECT_EQ(shown_counts({12, 3, 4}, true), (Cells{"12", "*", "*"}));
  EXPECT_EQ(shown_counts({12, 30}, true), (Cells{"12", "30"}));
}

TEST(ShareableTable, HidesSmallCountsAndWhatTellsThem) {
  using Text = std::vector<std::string>;
  const auto meta = shareable_table(
      {.name = "meta",
       .columns = {{"key", Text{"left_out", "players", "real", "stand_ins", "without_place"}},
                   {"value", Text{"3", "40", "2", "38", "12"}}}});
  Cells values;
  for (const auto& row : meta.rows) {
    values.push_back(row[1]);
  }
  EXPECT_EQ(values, (Cells{"*", "40", "*", "*", "12"}));
  Text area(6, "北");
  area.insert(area.end(), {"南", "南"});
  Text profile(5, "徒歩");
  profile.insert(profile.end(), {"車いす", "徒歩", "徒歩"});
  const auto people =
      shareable_table({.name = "person", .columns = {{"area", area}, {"profile", profile}}});
  EXPECT_EQ(people.rows.at(0), (Cells{"*", "*"})) << "or the south could be subtracted";
  EXPECT_EQ(people.rows.at(5), (Cells{"*", "*"}));
  EXPECT_EQ(people.rows.at(6), (Cells{"*", "*"}));
  const auto groups = shareable_table({.name = "group_completion",
                                       .columns = {{"area", Text{"北", "北", "南"}},
                                                   {"profile", Text{"徒歩", "徒歩", "徒歩"}},
                                                   {"people", std::vector<std::int64_t>{9, 9, 2}},
                                                   {"mean", std::vector<double>{1, 2, 1}}}});
  EXPECT_EQ(groups.rows.at(2)[2], "*");
  EXPECT_EQ(groups.rows.at(2)[3], "*");
  EXPECT_EQ(groups.rows.at(0)[2], "*") << "the only other one";
  const auto districts =
      shareable_table({.name = "district",
                       .columns = {{"area", Text{"北", "南", "西"}},
                                   {"people", std::vector<std::int64_t>{40, 2, 7}},
                                   {"cut_off_runs", std::vector<std::int64_t>{3, 9, 1}}}});
  EXPECT_EQ(districts.rows.at(0), (Cells{"北", "40", "3"}));
  EXPECT_EQ(districts.rows.at(1), (Cells{"南", "*", "*"}));
  EXPECT_EQ(districts.rows.at(2), (Cells{"西", "*", "*"})) << "or the south could be subtracted";
}

}  // namespace
}  // namespace planner
