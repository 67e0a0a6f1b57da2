// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
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

/// Changes the row when it is still at that revision: `assignments` is the inside of an UPDATE's
/// SET ("name = :name, ..."), whose values `bind(statement)` adds by name. Revision, account and
/// moment are counted and written with it. Within a transaction.
[[nodiscard]] EditResult edit_row(Database& database, const Actor& actor, const EditedRow& row,
                                  const std::string& assignments,
                                  const std::function<void(soci::statement&)>& bind);

/// The same where the content lies in other tables: write it only on `NewRevision`. A further
/// UPDATE of the row itself would count as another change, by nobody.
[[nodiscard]] EditResult claim(Database& database, const Actor& actor, const EditedRow& row);

/// Revision of a row for the one who reads it to edit it; 0 when it is not there.
[[nodiscard]] int revision_of(soci::session& sql, const char* table, const std::string& id);

/// For the detail of the audit row: "rev=4", or "conflict=1".
[[nodiscard]] std::string edit_detail(const EditResult& result);

}  // namespace registry
