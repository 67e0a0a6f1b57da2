// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "database.hpp"
#include "registry/edit.hpp"

namespace registry {

/// A row somebody edits. Its table has the columns id, rev, changed_by and changed_at.
struct EditedRow {
  const char* table;  ///< a word of the program's, never of a user's
  std::string id;
  int revision;  ///< which the editor has read
};

/// Takes the row for a change when it is still at that revision: counts it up and says who and
/// when. Call it first in the transaction of the change, and write the content only on
/// `NewRevision`.
[[nodiscard]] EditResult claim(Database& database, const Actor& actor, const EditedRow& row);

/// Revision of a row for the one who reads it to edit it; 0 when it is not there.
[[nodiscard]] int revision_of(soci::session& sql, const char* table, const std::string& id);

/// For the detail of the audit row: "rev=4", or "conflict=1".
[[nodiscard]] std::string edit_detail(const EditResult& result);

}  // namespace registry
