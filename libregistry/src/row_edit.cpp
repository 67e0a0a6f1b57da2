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

EditResult edit_row(Database& database, const Actor& actor, const EditedRow& row,
                    const std::string& assignments,
                    const std::function<void(soci::statement&)>& bind) {
  const Instant now = database.now();
  soci::statement update =
      prepared(database.sql(),
               std::string("UPDATE ") + row.table + " SET " + assignments +
                   (assignments.empty() ? "" : ", ") +
                   "rev = rev + 1, changed_by = :edit_by, changed_at = :edit_at"
                   " WHERE id = :edit_id AND rev = :edit_rev",
               [&](soci::statement& statement) {
                 bind(statement);
                 const auto bind_ours = binder(statement);
                 bind_ours("edit_by", actor.name);
                 bind_ours("edit_at", now);
                 bind_ours("edit_id", row.id);
                 bind_ours("edit_rev", row.revision);
               });
  update.execute(true);
  if (update.get_affected_rows() == 1) {
    return NewRevision{row.revision + 1};
  }
  return conflict_about(database.sql(), row);
}

EditResult claim(Database& database, const Actor& actor, const EditedRow& row) {
  return edit_row(database, actor, row, "", [](soci::statement&) {});
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
