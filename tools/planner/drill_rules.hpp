// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/planning_rules.hpp"

namespace planner {

/// One way in which people learn that they must leave.
struct NotificationChannel {
  std::string name;
  double reach_day = 0;  ///< probability
  double reach_night = 0;
  Spread delay;
};

/// What people do once they know. The three shares add up to 1.
struct StartShares {
  double at_once = 0;
  double after_errand = 0;
  double late = 0;     ///< when the danger is near, or not at all
  double refuses = 0;  ///< of the late ones
  Spread errand;
  Spread late_after;
};

/// How actions and failures are tried one by one.
struct StudyRules {
  std::uint32_t runs = 50;
  std::size_t most = 5;        ///< candidates of each kind
  std::int64_t earlier_s = 0;  ///< an order, or the opening of a shelter
  std::uint32_t more_seats = 1;
  double reception_factor = 2;     ///< people through the door
  std::int64_t door_wait_s = 0;    ///< a shorter wait at a door is none
  std::size_t vehicle_people = 1;  ///< whom one vehicle fetches
};

/// Figures of `data/rules/drill.toml`.
struct DrillRules {
  std::vector<NotificationChannel> channels;
  StartShares start;
  int night_from_hour = 0;
  int night_to_hour = 0;
  std::int64_t night_start_delay_s = 0;
  double at_home_day = 1;
  double at_home_night = 1;
  double supporters_day = 1;
  double supporters_night = 1;
  std::int64_t backup_call_s = 0;
  std::int64_t wait_for_hands_s = 0;
  std::int64_t loading_s = 0;
  double people_per_metre_second = 1;  ///< through a road of one metre
  std::uint16_t narrow_below_cm = 0;   ///< only narrower roads have queues
  double room_wheels = 1;              ///< of a narrow road, in people on foot
  double room_vehicle = 1;
  double door_people_per_minute = 1;
  double walking_limit_m = 0;
  std::size_t most_in_report = 0;
  std::size_t least_group = 5;  ///< people among whom stand-ins are shuffled
  std::size_t least_results = 5;
  StudyRules study;
  double confidence = 0.95;
  std::uint32_t rounds = 1000;
  std::uint64_t seed = 1;
};

/// Throws `registry::InputError` naming the key for anything unknown, missing or out of range.
[[nodiscard]] DrillRules parse_drill_rules(std::string_view toml);

}  // namespace planner
