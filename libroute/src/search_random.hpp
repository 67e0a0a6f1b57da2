// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace route {

/// Random numbers of a search, the same on every machine: SplitMix64 (Steele, Lea, Flood: Fast
/// splittable pseudorandom number generators, OOPSLA 2014).
class SearchRandom {
 public:
  explicit SearchRandom(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  /// From 0 to `bound` - 1.
  std::size_t below(std::size_t bound) { return next() % bound; }

  /// From 0 up to, not including, 1.
  double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  bool chance(double probability) { return unit() < probability; }

  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) {
      std::swap(values[i - 1], values[below(i)]);
    }
  }

 private:
  std::uint64_t state_;
};

/// Threshold of simulated annealing that falls evenly on a logarithmic scale.
class Cooling {
 public:
  Cooling(double from, double to, std::uint64_t steps)
      : temperature_(from),
        factor_(steps == 0 ? 1.0 : std::pow(to / from, 1.0 / static_cast<double>(steps))) {}

  /// How much worse the next solution may be.
  double step(SearchRandom& random) {
    const double allowed = -temperature_ * std::log(1.0 - random.unit());
    temperature_ *= factor_;
    return allowed;
  }

 private:
  double temperature_;
  double factor_;
};

}  // namespace route
