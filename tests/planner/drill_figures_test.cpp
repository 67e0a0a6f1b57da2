// SPDX-License-Identifier: Apache-2.0
// Intervals, calibrations and comparisons of drills against answers worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "planner/drill_calibration.hpp"
#include "planner/drill_compare.hpp"
#include "planner/drill_world.hpp"
#include "registry/error.hpp"
#include "support/program.hpp"

namespace planner {
namespace {

using testing::DoubleNear;
using testing::HasSubstr;

TEST(PairedDifference, IsStudentsIntervalOfTheTables) {
  // mean 2, deviation 1, five pairs: half width 2.776 / sqrt(5) (t table, 4 degrees)
  const std::vector<double> five = {1, 1.5, 2, 2.5, 3};
  const Estimate estimate = paired_difference(five, 0.95);
  EXPECT_DOUBLE_EQ(estimate.value, 2);
  EXPECT_NEAR(estimate.high - 2, 2.776 * 0.790569 / 2.236068, 2e-3);
  EXPECT_NEAR(2 - estimate.low, estimate.high - 2, 1e-12);
  EXPECT_TRUE(estimate.excludes(0));
  // two pairs: t is 12.706
  const std::vector<double> two = {0, 2};
  EXPECT_NEAR(paired_difference(two, 0.95).high, 1 + 12.706, 1e-3);
  // three pairs: 4.303
  const std::vector<double> three = {-1, 0, 1};
  EXPECT_NEAR(paired_difference(three, 0.95).high, 4.303 / 1.732051, 1e-3);
  const std::vector<double> one = {7};
  EXPECT_FALSE(paired_difference(one, 0.95).excludes(0)) << "one pair proves nothing";
}

TEST(MedianEstimate, IgnoresTheStopwatchThatRanOn) {
  const std::vector<double> values = {1.0, 1.1, 1.2, 1.1, 1.0, 1.3, 1.2, 40};
  const Estimate estimate = median_estimate(values, {.rounds = 1000});
  EXPECT_DOUBLE_EQ(estimate.value, 1.15);
  EXPECT_LE(estimate.high, 1.3);
  EXPECT_GE(estimate.low, 1.0);
  const std::vector<double> same(9, 1.25);
  const Estimate certain = median_estimate(same, {.rounds = 200});
  EXPECT_EQ(certain.low, 1.25);
  EXPECT_EQ(certain.high, 1.25);
}

TEST(DelayOf, GoesThroughMedianAndNinetiethPercentile) {
  const route::DrillDelay delay = delay_of({.p50_s = 600, .p90_s = 1200});
  ASSERT_EQ(delay.size(), 4U);
  EXPECT_EQ(delay[0].delay, 300'000U);
  EXPECT_EQ(delay[1].delay, 600'000U);
  EXPECT_EQ(delay[2].delay, 1'200'000U);
  EXPECT_EQ(delay[3].delay, 1'350'000U);
}

std::string rules_text(const std::string& file) {
  return support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/" + file);
}

class Calibration : public testing::Test {
 protected:
  /// Somebody in a wheelchair who needed so much of the planned 1000 s of travel.
  void add(double ratio, std::int64_t prepare_s) {
    registry::DrillResult result;
    result.profile = "wheelchair";
    result.planned.travel_s = 1000;
    result.row.prepare_s = prepare_s;
    const auto whole = static_cast<std::int64_t>(ratio * 1000);
    result.row.legs_s = {whole / 2, whole - whole / 2};
    results_.push_back(result);
  }
  [[nodiscard]] std::vector<CalibratedProfile> calibrated() const {
    return calibrate(results_, route::parse_profiles(rules_text("profiles.toml")),
                     parse_planning_rules(rules_text("planning.toml")),
                     parse_drill_rules(rules_text("drill.toml")));
  }
  [[nodiscard]] std::string proposal() const {
    return proposal_text(calibrated(), parse_drill_rules(rules_text("drill.toml")));
  }
  std::vector<registry::DrillResult> results_;
};

TEST_F(Calibration, TakesTheSpeedByTheMedianRatio) {
  for (int i = 0; i < 9; ++i) {
    add(1.25, 1500);
  }
  const auto profiles = calibrated();
  ASSERT_EQ(profiles.size(), 1U);
  EXPECT_TRUE(profiles[0].enough);
  EXPECT_DOUBLE_EQ(profiles[0].travel.value, 1.25);
  EXPECT_NEAR(profiles[0].proposed_speed_mps, profiles[0].planned_speed_mps / 1.25, 1e-12);
  EXPECT_EQ(profiles[0].preparation_p90_s, 1500);
  EXPECT_THAT(proposal(), testing::AllOf(HasSubstr("level_speed_mps"), HasSubstr("[25, 25]"),
                                         HasSubstr("自動では何も変わりません")));
}

TEST_F(Calibration, ProposesNothingOfFewSheetsOrOfNoDifference) {
  for (int i = 0; i < 4; ++i) {
    add(2, 1500);
  }
  EXPECT_FALSE(calibrated().at(0).enough);
  EXPECT_THAT(proposal(), testing::Not(HasSubstr("level_speed_mps")));
  results_.clear();
  for (const double ratio : {0.8, 0.9, 1.0, 1.1, 1.2, 1.0}) {
    add(ratio, 1200);  // as planned
  }
  EXPECT_THAT(proposal(), testing::Not(HasSubstr("→")));
}

/// A result file with people safe per run and two people.
registry::ResultFile result_of(const std::vector<std::int64_t>& safe, std::int64_t first_person,
                               const std::string& seed,
                               const std::vector<std::int64_t>& away = {0, 0}) {
  using Whole = std::vector<std::int64_t>;
  using Text = std::vector<std::string>;
  const std::vector<std::int64_t> ninety(safe.size(), 30);
  return {.version = 2,
          .tables = {
              {.name = "meta",
               .columns = {{"key", Text{"seed", "runs", "first_run", "scenario_hash", "rules_hash",
                                        "data_hash"}},
                           {"value", Text{seed, std::to_string(safe.size()), "0", "a", "b", "c"}}}},
              {.name = "run", .columns = {{"safe", safe}, {"ninety_min", ninety}}},
              {.name = "person",
               .columns = {
                   {"key", Text{"P1", "P2"}}, {"safe", Whole{first_person, 2}}, {"away", away}}}}};
}

TEST(CompareDrills, PairsRunsAndSaysWhoFaresBetterOrWorse) {
  const auto before = result_of({10, 12, 11, 9}, 1, "7");
  const auto after = result_of({12, 14, 13, 11}, 3, "7");
  const DrillComparison found = compare_drills(before, after, 0.95);
  EXPECT_DOUBLE_EQ(found.safe.value, 2);
  EXPECT_DOUBLE_EQ(found.safe.low, 2) << "every pair differs alike: chance has fallen out";
  EXPECT_TRUE(found.safe.excludes(0));
  ASSERT_EQ(found.better.size(), 1U);
  EXPECT_EQ(found.better[0].key, "P1");
  EXPECT_TRUE(found.worse.empty());
  EXPECT_EQ(found.unchanged, 1U);
  const DrillComparison same = compare_drills(before, before, 0.95);
  EXPECT_EQ(same.safe.value, 0);
  EXPECT_FALSE(same.safe.excludes(0));
}

TEST(CompareDrills, SharesAreOfTheRunsAtHome) {
  // Safe whenever at home, before and after: nobody fares worse for having been away.
  const auto before = result_of({2, 2, 2, 2}, 4, "7", {0, 2});
  const auto after = result_of({1, 1, 2, 2}, 2, "7", {2, 2});
  EXPECT_EQ(compare_drills(before, after, 0.95).unchanged, 2U);
  const auto never = result_of({1, 1, 2, 2}, 0, "7", {4, 2});
  EXPECT_EQ(compare_drills(before, never, 0.95).unchanged, 2U) << "nothing is known of who is away";
}

TEST(CompareDrills, RefusesWhatIsNoPair) {
  const auto a = result_of({1, 2}, 1, "7");
  EXPECT_THROW((void)compare_drills(a, result_of({1, 2}, 1, "8"), 0.95), registry::InputError);
  EXPECT_THROW((void)compare_drills(a, result_of({1, 2, 3}, 1, "7"), 0.95), registry::InputError);
}

}  // namespace
}  // namespace planner
