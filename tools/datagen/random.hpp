// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace datagen {

/// The one source of chance: splitmix64 (Steele, Lea, Flood 2014). Own mapping to ranges, because
/// the distributions of the standard library differ between implementations. Each purpose has its
/// own stream, so that a change in one part of the town leaves the others as they were.
class Random {
 public:
  Random(std::uint64_t seed, std::string_view purpose);

  std::uint64_t next();
  /// In [0, 1).
  double unit();
  /// In [low, high).
  double real(double low, double high);
  /// In [low, high], both included. Requires low <= high.
  int whole(int low, int high);
  /// In [0, count). Requires count > 0.
  std::size_t index(std::size_t count);
  bool chance(double share);
  /// Index drawn in proportion to the weights. Requires a positive sum.
  std::size_t weighted(std::span<const double> weights);

 private:
  std::uint64_t state_;
};

}  // namespace datagen
