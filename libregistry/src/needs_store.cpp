// SPDX-License-Identifier: Apache-2.0
#include "needs_store.hpp"

#include "sql_types.hpp"

namespace registry {
namespace {

EditConflict conflict_of(soci::session& sql, const PersonId& person) {
  EditConflict conflict;
  sql << "SELECT rev, changed_by, changed_at FROM person_needs WHERE person = :person",
      soci::into(conflict.revision), soci::into(conflict.changed_by),
      soci::into(conflict.changed_at), soci::use(person, "person");
  return conflict;
}

}  // namespace

Revised<Needs> stored_needs(soci::session& sql, const PersonId& person) {
  Revised<Needs> needs;
  std::string document;
  sql << "SELECT rev, document FROM person_needs WHERE person = :person",
      soci::into(needs.revision), soci::into(document), soci::use(person, "person");
  if (sql.got_data()) {
    needs.record = needs_from_json(document);
  } else {
    needs.revision = 0;
  }
  return needs;
}

std::unordered_map<std::string, Needs> stored_needs(soci::session& sql) {
  std::unordered_map<std::string, Needs> all;
  std::string person;
  std::string document;
  soci::statement rows = (sql.prepare << "SELECT person, document FROM person_needs",
                          soci::into(person), soci::into(document));
  rows.execute();
  while (rows.fetch()) {
    all.emplace(person, needs_from_json(document));
  }
  return all;
}

std::unordered_map<std::string, Needs> needs_of(soci::session& sql, const std::string& person) {
  if (person.empty()) {
    return stored_needs(sql);
  }
  std::unordered_map<std::string, Needs> needs;
  needs.emplace(person, stored_needs(sql, PersonId{person}).record);
  return needs;
}

EditResult write_needs(Database& store, const Actor& actor, const PersonId& person,
                       const Revised<Needs>& needs) {
  const std::string document = to_json(needs.record);
  const Instant at = store.now();
  const int next = needs.revision + 1;
  const std::string statement =
      needs.revision == 0
          ? "INSERT INTO person_needs (person, rev, document, changed_at, changed_by) "
            "VALUES (:person, :next, :document, :at, :by) ON CONFLICT (person) DO NOTHING"
          : "UPDATE person_needs SET rev = :next, document = :document, changed_at = :at, "
            "changed_by = :by WHERE person = :person AND rev = :rev";
  soci::statement write = prepared(store.sql(), statement, [&](soci::statement& prepare) {
    const auto bind = binder(prepare);
    bind("person", person);
    bind("next", next);
    bind("document", document);
    bind("at", at);
    bind("by", actor.name);
    if (needs.revision != 0) {
      bind("rev", needs.revision);
    }
  });
  write.execute(true);
  if (write.get_affected_rows() == 1) {
    return NewRevision{next};
  }
  return conflict_of(store.sql(), person);
}

}  // namespace registry
