// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using bench::Checks;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Significant, FourDigitsCount) {
  EXPECT_DOUBLE_EQ(bench::significant(0.000123456), 0.0001235);
  EXPECT_DOUBLE_EQ(bench::significant(98765.4), 98770);
  EXPECT_DOUBLE_EQ(bench::significant(-1.23456), -1.235);
  EXPECT_DOUBLE_EQ(bench::significant(0), 0);
  EXPECT_DOUBLE_EQ(bench::significant(1 / 0.0), 0);  // JSON has no infinity
}

TEST(Timings, MedianOfEvenRoundsIsTheMiddleOfTwo) {
  const auto timing = bench::summary({4, 1, 3, 10});
  EXPECT_EQ(timing.rounds, 4);
  EXPECT_DOUBLE_EQ(timing.min_ms, 1);
  EXPECT_DOUBLE_EQ(timing.median_ms, 3.5);
  EXPECT_DOUBLE_EQ(bench::summary({5, 1, 2}).median_ms, 2);
  EXPECT_EQ(bench::summary({}).rounds, 0);
}

TEST(Timings, WithoutTimeThereIsOneRound) {
  int runs = 0;
  EXPECT_EQ(bench::measure({9, 0}, [&] { ++runs; }).rounds, 1);
  EXPECT_EQ(bench::measure({3, 60}, [&] { ++runs; }).rounds, 3);
  EXPECT_EQ(runs, 4);
}

TEST(Checks, DifferencesAreCountedAllAndListedFirst) {
  Checks checks;
  checks.check_equal("a", 1, 1, "here");
  EXPECT_TRUE(checks.all_right());
  EXPECT_THAT(checks.differences(), IsEmpty());
  for (std::uint64_t i = 0; i < 1000; ++i) {
    checks.check_equal("b", i, 0, "there");
  }
  EXPECT_FALSE(checks.all_right());
  EXPECT_THAT(checks.differences(), SizeIs(50));
  EXPECT_EQ(checks.differences().front(), "b: there: found 1, expected 0");
  EXPECT_EQ(checks.tallies().dump(),
            R"({"a":{"compared":1,"wrong":0},"b":{"compared":1000,"wrong":999}})");
}

}  // namespace
