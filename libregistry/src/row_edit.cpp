// SPDX-License-Identifier: Apache-2.0
#include "row_edit.hpp"

#include "sql_types.hpp"

namespace registry {
namespace {

EditConflict conflict_about(soci::session& sql, const EditedRow& row) {
  EditConflict conflict;
  soci::statement found = prepared(
      sql, std::string("SELECT rev, changed_by, changed_at FROM ") + row.table + " WHERE id = :id",
      [&](soci::statement& statement) {
        statement.exchange(soci::into(conflict.revision));
        statement.exchange(soci::into(conflict.changed_by));
        statement.exchange(soci::into(conflict.changed_at));
        statement.exchange(soci::use(row.id, "id"));
      });
  found.execute(true);
  return conflict;
}

}  // namespace

EditResult claim(Database& database, const Actor& actor, const EditedRow& row) {
  const Instant now = database.now();
  soci::statement update =
      prepared(database.sql(),
               std::string("UPDATE ") + row.table +
                   " SET rev = rev + 1, changed_by = :changed_by, changed_at = :changed_at"
                   " WHERE id = :id AND rev = :rev",
               [&](soci::statement& statement) {
                 const auto bind = binder(statement);
                 bind("changed_by", actor.name);
                 bind("changed_at", now);
                 bind("id", row.id);
                 bind("rev", row.revision);
               });
  update.execute(true);
  if (update.get_affected_rows() == 1) {
    return NewRevision{row.revision + 1};
  }
  return conflict_about(database.sql(), row);
}

int revision_of(soci::session& sql, const char* table, const std::string& id) {
  int revision = 0;
  sql << std::string("SELECT rev FROM ") + table + " WHERE id = :id", soci::into(revision),
      soci::use(id, "id");
  return sql.got_data() ? revision : 0;
}

std::string edit_detail(const EditResult& result) {
  const auto* done = std::get_if<NewRevision>(&result);
  return done != nullptr ? "rev=" + std::to_string(done->revision) : "conflict=1";
}

}  // namespace registry
