// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "database.hpp"
#include "list_text.hpp"
#include "needs_store.hpp"
#include "person_gate.hpp"
#include "person_record.hpp"
#include "register_record.hpp"
#include "supporter_record.hpp"

namespace registry {

std::vector<PlanSubject> stored_subjects(soci::session& sql, const std::string& only) {
  std::string query = std::string("SELECT ") + kPersonColumns + R"sql(, e.kind, e.clauses
    FROM register_entry e JOIN person p ON p.id = e.person
    WHERE e.left_on IS NULL AND e.kind = 'statutory'
  )sql";
  if (!only.empty()) {
    query += " AND e.person = :person";
  }
  query += " ORDER BY p.id";

  PersonRecord record;
  RegisterKind kind = RegisterKind::Statutory;
  std::string clauses;
  soci::statement rows = prepared(sql, query, [&](soci::statement& statement) {
    const auto receive = receiver(statement);
    receive("id", record.person.id);
    person_columns(record, receive);
    receive("kind", kind);
    receive("clauses", clauses);
    if (!only.empty()) {
      statement.exchange(soci::use(only, "person"));
    }
  });
  auto certificates = stored_certificates(sql, {.source = {}, .person = only});
  auto links = stored_links(sql, only);
  auto needs = needs_of(sql, only);
  std::vector<PlanSubject> subjects;
  rows.execute();
  while (rows.fetch()) {
    const PersonId& id = record.person.id;
    subjects.push_back({.registrant = {.person = to_person(record),
                                       .certificates = std::move(certificates[id]),
                                       .register_kind = kind,
                                       .clauses = texts_from_json(clauses)},
                        .supporters = std::move(links[id]),
                        .needs = std::move(needs[id.value])});
  }
  return subjects;
}

namespace {

/// Leaves of the subject what the account may see; false when that is nothing, not even a notice.
bool show(PersonGate& gate, PlanSubject& subject) {
  const AccessDecision decision = gate.decide(subject.registrant.person.id);
  if (const auto* grant = std::get_if<AccessGrant>(&decision)) {
    keep_only(grant->fields, subject);
    return true;
  }
  if (std::get<AccessRefusal>(decision) != AccessRefusal::Protected) {
    return false;
  }
  subject = {.registrant = {.person = protected_row(subject.registrant.person.id),
                            .certificates = {},
                            .register_kind = subject.registrant.register_kind,
                            .clauses = {}},
             .supporters = {},
             .needs = {}};
  return true;
}

}  // namespace

std::vector<PlanSubject> Session::registrants() {
  return store_->audited(actor_, Action::ListRegistrants, [&](AuditNote& note) {
    PersonGate gate(*store_, actor_, Action::ListRegistrants);
    std::vector<PlanSubject> shown;
    for (PlanSubject& subject : stored_subjects(store_->sql(), {})) {
      if (show(gate, subject)) {
        note.people.push_back(subject.registrant.person.id);
        shown.push_back(std::move(subject));
      }
    }
    note.detail = "persons=" + std::to_string(shown.size());
    return shown;
  });
}

std::optional<PlanSubject> Session::registrant(const PersonId& id) {
  return store_->audited(actor_, Action::ShowRegistrant, [&](AuditNote& note) {
    std::optional<PlanSubject> found;
    if (!id.empty()) {
      std::vector<PlanSubject> one = stored_subjects(store_->sql(), id.value);
      if (!one.empty()) {
        found = std::move(one.front());
        PersonGate gate(*store_, actor_, Action::ShowRegistrant);
        if (!show(gate, *found)) {
          gate.require(id);
        }
      }
    }
    // What was typed in vain may be a name: only ids of ours reach the log.
    note.subject = found ? id.value : std::string();
    note.detail = found ? "found=1" : "found=0";
    return found;
  });
}

}  // namespace registry
