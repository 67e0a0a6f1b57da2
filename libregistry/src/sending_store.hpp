// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "registry/sending.hpp"
#include "sql_types.hpp"

namespace registry {

/// Of an event, in the order in which they were written.
[[nodiscard]] std::vector<SendEntry> stored_sendings(soci::session& sql, const EventId& event);

/// The book folded; sendings to people who are accounted for have ended.
[[nodiscard]] std::map<SupporterId, SupporterDay> stored_days(soci::session& sql,
                                                              const EventId& event,
                                                              const SafetyRules& rules);

}  // namespace registry
