// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/handover.hpp"
#include "sql_types.hpp"

namespace registry {

/// Newest revision of every recipient, in the order in which they came.
[[nodiscard]] std::vector<RecipientOrg> stored_recipients(soci::session& sql);
/// Throws `InputError` for an unknown one.
[[nodiscard]] RecipientOrg stored_recipient(soci::session& sql, const OrgId& id);

/// With confirmation and end; all, oldest first.
[[nodiscard]] std::vector<EmergencyDecision> stored_decisions(soci::session& sql);
/// Throws `InputError` for an unknown one.
[[nodiscard]] EmergencyDecision stored_decision(soci::session& sql, const DecisionId& id);

/// Areas as `level/code` in JSON.
[[nodiscard]] std::string areas_to_json(const std::vector<AreaRef>& areas);
[[nodiscard]] std::vector<AreaRef> areas_from_json(const std::string& json);

}  // namespace registry
