// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace route {

/// Length of roads and distances, in whole millimetres (integers, so that sums never drift).
using Millimetres = std::uint32_t;

/// What a search minimises: milliseconds, so that sums never drift. Values at or above
/// `kInfinity` mean "cannot be passed" or "cannot be reached".
using Weight = std::uint32_t;

/// A ban. Two infinite weights still add up without wrapping.
inline constexpr Weight kInfinity = (Weight{1} << 31) - 1;
static_assert(kInfinity + kInfinity > kInfinity, "infinity + infinity must not wrap");

/// Sum of two weights that stays at `kInfinity` once it gets there.
[[nodiscard]] constexpr Weight add(Weight a, Weight b) {
  const Weight sum = a + b;
  return sum < kInfinity ? sum : kInfinity;
}

/// Seconds on the clock, for people and files.
[[nodiscard]] constexpr double seconds(Weight weight) {
  return weight / 1000.0;
}
/// Metres, for people and files.
[[nodiscard]] constexpr double metres(Millimetres length) {
  return length / 1000.0;
}

}  // namespace route
