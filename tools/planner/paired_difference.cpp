// SPDX-License-Identifier: Apache-2.0
#include "planner/paired_difference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "route/counted_random.hpp"

namespace planner {
namespace {

double polynomial(std::span<const double> coefficients, double x) {
  double value = 0;
  for (const double coefficient : coefficients) {
    value = value * x + coefficient;
  }
  return value;
}

/// Student's t by its expansion in powers of 1/degrees (Fisher and Cornish 1960), exact to three
/// digits from three degrees on; one and two degrees have closed forms.
double t_quantile(double share, double degrees) {
  constexpr double kHalfTurn = 3.14159265358979323846;
  if (degrees <= 1) {
    return std::tan(kHalfTurn * (share - 0.5));
  }
  if (degrees <= 2) {
    const double a = 2 * share - 1;
    return a * std::sqrt(2 / (1 - a * a));
  }
  const double z = normal_quantile(share);
  const double z2 = z * z;
  const double first = z * (z2 + 1) / 4;
  const double second = z * (5 * z2 * z2 + 16 * z2 + 3) / 96;
  const double third = z * (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / 384;
  const double fourth =
      z * (79 * z2 * z2 * z2 * z2 + 776 * z2 * z2 * z2 + 1482 * z2 * z2 - 1920 * z2 - 945) / 92160;
  return z + first / degrees + second / std::pow(degrees, 2) + third / std::pow(degrees, 3) +
         fourth / std::pow(degrees, 4);
}

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

double normal_quantile(double share) {
  constexpr std::array a{-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                         1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr std::array b{-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                         6.680131188771972e+01,  -1.328068155288572e+01, 1.0};
  constexpr std::array c{-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                         -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr std::array d{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                         3.754408661907416e+00, 1.0};
  constexpr double kTail = 0.02425;
  if (share > 1 - kTail) {
    return -normal_quantile(1 - share);
  }
  if (share < kTail) {
    const double q = std::sqrt(-2 * std::log(share));
    return polynomial(c, q) / polynomial(d, q);
  }
  const double q = share - 0.5;
  return q * polynomial(a, q * q) / polynomial(b, q * q);
}

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
  const double half = t_quantile(0.5 + confidence / 2, count - 1) * error;
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
