// SPDX-License-Identifier: Apache-2.0
#include "event_members.hpp"

#include <map>
#include <set>

#include "consent_record.hpp"
#include "sql_types.hpp"

namespace registry {
namespace {

std::map<PersonId, std::vector<AreaRef>> homes(soci::session& sql) {
  PersonId person;
  AreaRef area;
  soci::statement rows = (sql.prepare << R"sql(
      SELECT e.person, a.level, a.code FROM register_entry e
      LEFT JOIN person_area a ON a.person = e.person
      WHERE e.kind = 'statutory' AND e.left_on IS NULL AND a.level IS NOT NULL
    )sql",
                          soci::into(person), soci::into(area.level), soci::into(area.code));
  std::map<PersonId, std::vector<AreaRef>> all;
  rows.execute();
  while (rows.fetch()) {
    all[person].push_back(area);
  }
  return all;
}

std::vector<PersonId> on_register(soci::session& sql) {
  PersonId person;
  soci::statement rows = (sql.prepare << R"sql(
      SELECT person FROM register_entry WHERE kind = 'statutory' AND left_on IS NULL
      ORDER BY person
    )sql",
                          soci::into(person));
  std::vector<PersonId> people;
  rows.execute();
  while (rows.fetch()) {
    people.push_back(person);
  }
  return people;
}

/// Who has agreed to take part in drills.
std::set<PersonId> drill_people(soci::session& sql, Instant at) {
  std::set<PersonId> people;
  const ConsentFile file = stored_consents(sql, {});
  for (const auto& [person, statements] : file.subjects) {
    const ConsentQuestion question{.register_kind = RegisterKind::Statutory,
                                   .scope = ConsentScope::JoinDrill,
                                   .recipient = RecipientKind::Internal,
                                   .org = {},
                                   .at = at};
    if (effective_consent(statements, question).answer == Answer::Granted) {
      people.insert(person);
    }
  }
  return people;
}

}  // namespace

std::vector<EventMember> event_members(Database& store, const DisasterEvent& event) {
  auto areas = homes(store.sql());
  const std::set<PersonId> in_drill =
      event.is_drill ? drill_people(store.sql(), store.now()) : std::set<PersonId>();
  std::vector<EventMember> members;
  for (PersonId& person : on_register(store.sql())) {
    std::vector<AreaRef>& own = areas[person];
    if (touches(event, own) && (!event.is_drill || in_drill.contains(person))) {
      members.push_back({.person = std::move(person), .areas = std::move(own)});
    }
  }
  return members;
}

}  // namespace registry
