// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <vector>

namespace bench {

/// How often something is repeated: at most `most` times, and no new round after `seconds`.
struct Rounds {
  int most = 9;
  double seconds = 10;
};

/// Milliseconds of the wall clock over some rounds.
struct Timing {
  int rounds = 0;
  double min_ms = 0;
  double median_ms = 0;
};

[[nodiscard]] Timing summary(std::vector<double> ms);

class Stopwatch {
 public:
  [[nodiscard]] double ms() const {
    return std::chrono::duration<double, std::milli>(Clock::now() - start_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

template <class Work>
[[nodiscard]] Timing measure(const Rounds& rounds, const Work& work) {
  std::vector<double> ms;
  const Stopwatch whole;
  do {
    const Stopwatch watch;
    work();
    ms.push_back(watch.ms());
  } while (static_cast<int>(ms.size()) < rounds.most && whole.ms() < rounds.seconds * 1000);
  return summary(std::move(ms));
}

}  // namespace bench
