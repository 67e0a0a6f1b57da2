// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "database.hpp"
#include "registry/event.hpp"

namespace registry {

/// Somebody an event is about.
struct EventMember {
  PersonId person;
  std::vector<AreaRef> areas;  ///< in which the home lies
};

/// People on the statutory register whose home lies in the event's areas; of a drill only those who
/// have agreed to take part. In the order of their ids, protected people among them.
[[nodiscard]] std::vector<EventMember> event_members(Database& store, const DisasterEvent& event);

}  // namespace registry
