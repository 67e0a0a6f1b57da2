// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "route/counted_random.hpp"
#include "route/drill_scene.hpp"

namespace route {

/// A delay at a share of 2^-32ths, by the quantile function; whole-number arithmetic, the same on
/// every machine.
class DelayTable {
 public:
  explicit DelayTable(const DrillDelay& delay);
  [[nodiscard]] Weight operator()(std::uint32_t share) const;

 private:
  struct Point {
    std::uint64_t share = 0;  // in 2^-32ths
    Weight delay = 0;
  };
  std::vector<Point> points_;
};

/// A `DrillBehaviour` ready to be drawn from.
struct BehaviourTable {
  explicit BehaviourTable(const DrillBehaviour& behaviour);

  struct Channel {
    std::uint64_t reach = 0;
    DelayTable delay;
  };
  std::vector<Channel> channels;
  std::uint64_t refuses = 0;
  std::uint64_t starts_late = 0;
  std::uint64_t at_home = 0;
  std::uint64_t available = 0;
  DelayTable late_by;
  DelayTable preparation;
  DelayTable loading;
};

/// What chance decides about somebody in one run.
struct PersonDraw {
  Weight hears = kInfinity;  ///< after the order; `kInfinity` = not reached
  Weight getting_ready = 0;  ///< from knowing until at the door
  Weight loading = 0;
  bool refuses = false;
  bool late = false;
  bool away = false;
};

struct SupporterDraw {
  Weight hears = kInfinity;
  Weight getting_ready = 0;
  bool available = false;
};

/// Random numbers of one run.
struct RunNumbers {
  std::uint64_t seed = 0;
  std::uint32_t run = 0;

  [[nodiscard]] PersonDraw person(const BehaviourTable& behaviour, std::uint32_t number) const;
  [[nodiscard]] SupporterDraw supporter(const BehaviourTable& behaviour,
                                        std::uint32_t number) const;
};

}  // namespace route
