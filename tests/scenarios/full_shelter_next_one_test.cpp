// SPDX-License-Identifier: Apache-2.0
// The promise: no shelter is overfull; who finds it full goes to the next.
#include <gtest/gtest.h>

#include "drawn_town.hpp"

namespace {

constexpr const char* kFullStreet = R"(
    a--b--N------------F )";

TEST(FullShelter, SendsOnePersonToTheNextSoThatAllTogetherWalkLeast) {
  scenario::DrawnTown town(kFullStreet);
  town.shelter("近い学校", 'N', 1);
  town.shelter("遠い学校", 'F', 5);
  town.person("a", 'a', registry::Mobility::Walks);
  town.person("b", 'b', registry::Mobility::Walks);
  const planner::PlanReport report = town.plan();
  EXPECT_EQ(report.courses[0].use[0].used, 1U);
  EXPECT_EQ(report.courses[0].use[1].used, 1U);
  EXPECT_EQ(report.courses[0].total_cost_s, report.courses[0].lower_bound_s);
}

TEST(FullShelter, WithoutANextOneThePlanSaysThatAllAreFull) {
  scenario::DrawnTown town(kFullStreet);
  town.shelter("近い学校", 'N', 1);
  town.person("a", 'a', registry::Mobility::Walks);
  town.person("b", 'b', registry::Mobility::Walks);
  const planner::PlanReport report = town.plan();
  EXPECT_EQ(report.courses[0].planned, 1U);
  EXPECT_EQ(report.courses[0].unassigned.at("避難先がすべて定員に達している"), 1U);
}

TEST(FullShelter, WhoseLifeHangsOnPowerIsSeatedFirst) {
  scenario::DrawnTown town(kFullStreet);
  town.shelter("近い学校", 'N', 1)
      .equipment.at(static_cast<std::size_t>(registry::Equipment::Power)) = true;
  town.person("a", 'a', registry::Mobility::Walks).needs.power_loss_endangers_life = true;
  town.person("b", 'b', registry::Mobility::Walks);
  EXPECT_EQ(town.course_of("a").gap, registry::Gap::None);
  EXPECT_EQ(town.course_of("b").gap, registry::Gap::SheltersFull);
}

}  // namespace
