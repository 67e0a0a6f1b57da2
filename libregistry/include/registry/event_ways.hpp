// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/evacuation_plan.hpp"
#include "registry/event.hpp"

namespace registry {

class Session;

/// Where a person goes today for one hazard, as what the event has closed or flooded changed it.
struct LiveWay {
  PersonId person;
  HazardKind hazard = HazardKind::Flood;
  ShelterId shelter = {};  ///< empty: the person stays
  std::string shelter_name = {};
  StayAdvice stay = StayAdvice::None;
  std::int64_t travel_s = 0;
  bool as_planned = false;  ///< back to what the plan says
  int run = 0;              ///< which computation of the event changed it, from 1; by the store
  friend bool operator==(const LiveWay&, const LiveWay&) = default;
};

/// Ways an event has changed. A desk of a session.
class EventWayDesk {
 public:
  explicit EventWayDesk(Session& session) : session_(&session) {}
  /// Keeps those that are not what the newest row says already; returns their number. Throws
  /// `DisclosureRefused` for an event that is not open.
  std::size_t record(const EventId& event, const std::vector<LiveWay>& ways);
  /// The newest of each person and hazard whom the account may see, by person.
  [[nodiscard]] std::vector<LiveWay> newest(const EventId& event);

 private:
  Session* session_;
};

}  // namespace registry
