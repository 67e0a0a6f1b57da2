// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>
#include <utility>
#include <vector>

namespace bench {

/// How often something is repeated: at most `most` times, and no new round after `seconds`.
struct Rounds {
  int most = 9;
  double seconds = 10;
};

/// Milliseconds over some rounds.
struct Timing {
  int rounds = 0;
  double min_ms = 0;
  double median_ms = 0;
};

[[nodiscard]] Timing summary(std::vector<double> ms);

/// Counts the processor's time for this thread: where others work too, the clock on the wall would
/// measure them as well.
class Stopwatch {
 public:
  [[nodiscard]] double ms() const { return now_ms() - start_ms_; }

 private:
  static double now_ms() {
    std::timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
  }

  double start_ms_ = now_ms();
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
