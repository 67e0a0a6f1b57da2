// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "planner/evacuation_planner.hpp"

namespace planner {

/// One trip of a vehicle. Seconds after the welfare shelters have opened.
struct FleetTrip {
  std::string from;
  std::string to;
  std::uint32_t people = 0;
  std::int64_t arrival_s = 0;    ///< at the place where people wait
  std::int64_t delivered_s = 0;  ///< at the welfare shelter
};

/// The second stage of one course with the vehicles there are (二次避難, domain §7.6).
struct FleetReport {
  registry::HazardKind hazard{};
  std::size_t waiting = 0;  ///< people with companions who are to go on
  std::size_t left = 0;     ///< of them, without a vehicle, a way or a place
  std::int64_t last_s = 0;
  std::int64_t last_bound_s = 0;              ///< no use of these vehicles is sooner
  std::vector<std::vector<FleetTrip>> trips;  ///< by vehicle
};

/// How long the vehicles of the rules need for everybody whose computed course ends in a transfer.
/// They stand at the welfare shelters, and a trip joins one place with one shelter.
[[nodiscard]] std::vector<FleetReport> fleet_reports(const PlanWorld& world,
                                                     const PlanReport& plans);

}  // namespace planner
