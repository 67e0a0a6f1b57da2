// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "database.hpp"
#include "handover_record.hpp"
#include "registry/disclosure_list.hpp"

namespace registry {

/// A hand-over worked out to the last person, before anything is written or leaves.
struct HandoverDraft {
  RecipientOrg org;
  std::vector<Grant> grants;       ///< in the order of the persons' ids
  Table rows;                      ///< one per grant, in the recipient's profile
  std::vector<std::string> areas;  ///< where each of them lives, in words
  std::vector<Excluded> excluded;
  std::map<PersonId, ApprovalId> approvals;  ///< those that open a protected person
  std::set<PersonId> before;                 ///< on the newest copy the recipient holds
  HandoverId compared_with;
  std::vector<HandoverId> live;  ///< copies of this kind the recipient holds
  std::string code;
};

/// Throws `InputError` for a request that cannot stand, `DisclosureRefused` for a disaster without
/// a decision in force for this recipient and data.
[[nodiscard]] HandoverDraft draft_handover(Database& store, const Actor& actor,
                                           const HandoverRequest& request,
                                           const DisclosurePolicy& policy);

}  // namespace registry
