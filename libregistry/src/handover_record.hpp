// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "registry/disclosure_list.hpp"
#include "registry/handover.hpp"
#include "sql_types.hpp"

namespace registry {

/// Copies with what has become of them, newest first. `where` is SQL of ours over `handover h`.
[[nodiscard]] std::vector<Handover> stored_handovers(soci::session& sql, const char* where);

/// Who stands on a copy.
[[nodiscard]] std::set<PersonId> persons_of(soci::session& sql, const HandoverId& id);

/// An approval that has not been used.
struct StoredApproval {
  ApprovalId id;
  PersonId person;
  std::string approved_by;
  Instant at;
};
[[nodiscard]] std::vector<StoredApproval> unused_approvals(soci::session& sql,
                                                           const OrgId& recipient, DataKind data);

/// What the ledger keeps beside the copy itself.
struct LedgerInput {
  Handover handover;
  int recipient_rev = 0;
  OrdinanceMode ordinance = OrdinanceMode::Statute;
  std::vector<Grant> grants;
  std::map<PersonId, ApprovalId> approvals;
  std::vector<Excluded> excluded;
};

/// Serial of the next copy: year and running number.
[[nodiscard]] std::string next_serial(soci::session& sql, Date today);
void insert_handover(soci::session& sql, const LedgerInput& input);
void insert_recall(soci::session& sql, const HandoverId& handover, const std::string& why, Date due,
                   Instant at);

}  // namespace registry
