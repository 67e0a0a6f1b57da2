// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/event_people.hpp"
#include "planner/plan_world.hpp"

namespace planner {

/// A person who waits for hands.
struct DispatchCall {
  registry::PersonId person;
  int urgency = 0;  ///< the higher, the sooner served
  int hands = 1;
  bool vehicle = false;
};

/// Who could be sent where. Row by row: calls, columns: helpers.
struct DispatchProblem {
  std::vector<DispatchCall> calls;
  std::vector<const registry::Supporter*> helpers;
  std::vector<std::int64_t> travel_s;  ///< `route::kNeverInChain` = there is no way
  std::vector<char> trusted;           ///< 1: has agreed to help this person
};

struct Sent {
  registry::SupporterId supporter;
  std::int64_t travel_s = 0;
  bool trusted = false;
  bool with_vehicle = false;
};

/// A suggestion: people decide and call. `reason` says what is missing.
struct Dispatch {
  registry::PersonId person;
  std::vector<Sent> sent;
  int hands_missing = 0;
  bool vehicle_missing = false;
  std::string reason;
};

/// Serves the calls in the order of urgency, among equals the one with the fewest who could come:
/// first a vehicle where one is needed, then hands; the trusted before others, the near before the
/// far, nobody twice, nobody from further than `furthest_s`. Pure; in the order in which calls are
/// served.
[[nodiscard]] std::vector<Dispatch> suggest_dispatch(const DispatchProblem& problem,
                                                     std::int64_t furthest_s);

/// Everybody who waits for hands, on today's roads. Into an area of 緊急安全確保 nobody is sent:
/// that call goes to the rescue services, with the reason.
[[nodiscard]] std::vector<Dispatch> dispatch_for(const PlanWorld& world, const EventInputs& inputs,
                                                 const std::vector<EventPerson>& people);

}  // namespace planner
