// SPDX-License-Identifier: Apache-2.0
#include "planner/paired_difference.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "route/counted_random.hpp"

namespace planner {
namespace {

double median(std::vector<double>& values) {
  const std::size_t half = values.size() / 2;
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(half));
  const double upper = values[half];
  if (values.size() % 2 == 1) {
    return upper;
  }
  return (*std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half)) +
          upper) /
         2;
}

}  // namespace

Estimate paired_difference(std::span<const double> differences, double confidence) {
  const auto count = static_cast<double>(differences.size());
  Estimate estimate;
  for (const double each : differences) {
    estimate.value += each / count;
  }
  if (differences.size() < 2) {
    estimate.low = -std::numeric_limits<double>::infinity();
    estimate.high = std::numeric_limits<double>::infinity();
    return estimate;
  }
  double squares = 0;
  for (const double each : differences) {
    squares += (each - estimate.value) * (each - estimate.value);
  }
  const double error = std::sqrt(squares / (count - 1) / count);
  const double half = quantile(boost::math::students_t(count - 1), 0.5 + confidence / 2) * error;
  estimate.low = estimate.value - half;
  estimate.high = estimate.value + half;
  return estimate;
}

Estimate median_estimate(std::span<const double> values, const Bootstrap& how) {
  std::vector<double> drawn(values.begin(), values.end());
  Estimate estimate{.value = median(drawn), .low = 0, .high = 0};
  std::vector<double> medians;
  medians.reserve(how.rounds);
  for (std::uint32_t round = 0; round < how.rounds; ++round) {
    const route::CountedRandom random{
        .seed = how.seed, .scenario = round, .kind = route::Chance::RubblePlace};
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      const std::uint64_t product =
          std::uint64_t{random(static_cast<std::uint32_t>(i))} * values.size();
      drawn[i] = values[static_cast<std::size_t>(product >> 32U)];
    }
    medians.push_back(median(drawn));
  }
  std::ranges::sort(medians);
  const double tail = (1 - how.confidence) / 2;
  const auto rank = [&](double share) {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(medians.size()));
    return medians[std::min(place, medians.size() - 1)];
  };
  estimate.low = rank(tail);
  estimate.high = rank(1 - tail);
  return estimate;
}

}  // namespace planner
