// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace planner {

/// A figure with the interval that holds the true one with some confidence.
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
  /// Whether the interval leaves out a value, e.g. "no difference".
  [[nodiscard]] bool excludes(double other) const { return other < low || other > high; }
};

/// Mean of differences of pairs with Student's t interval (both played with the same random
/// numbers, so chance falls out). One difference or none: the interval is the whole line.
[[nodiscard]] Estimate paired_difference(std::span<const double> differences, double confidence);

/// Median with a percentile bootstrap interval (Efron, Bootstrap Methods, Ann. Statist. 7, 1979):
/// robust against the one sheet on which the stopwatch ran on. Requires at least one value.
struct Bootstrap {
  double confidence = 0.95;
  std::uint32_t rounds = 1000;
  std::uint64_t seed = 1;
};
[[nodiscard]] Estimate median_estimate(std::span<const double> values, const Bootstrap& how);

}  // namespace planner
