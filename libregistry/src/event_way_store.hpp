// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <utility>

#include "registry/event_ways.hpp"
#include "sql_types.hpp"

namespace registry {

using LiveWays = std::map<std::pair<PersonId, HazardKind>, LiveWay>;

/// The newest row of each person and hazard of an event.
[[nodiscard]] LiveWays stored_ways(soci::session& sql, const EventId& event);

}  // namespace registry
