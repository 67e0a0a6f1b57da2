// SPDX-License-Identifier: Apache-2.0
#include "registry/consent_book.hpp"

#include <algorithm>

#include "consent_record.hpp"
#include "database.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

bool exists(soci::session& sql, const char* query, const std::string& id) {
  int found = 0;
  sql << query, soci::use(id, "id"), soci::into(found);
  return found > 0;
}

void require_known(soci::session& sql, const ConsentStatement& statement) {
  if (!statement.person.empty() &&
      !exists(sql, "SELECT count(*) FROM person WHERE id = :id", statement.person.value)) {
    throw InputError("その ID の人は台帳にいません。ID を確かめてください。");
  }
  if (!statement.supporter.empty() &&
      !exists(sql, "SELECT count(*) FROM supporter WHERE id = :id", statement.supporter.value)) {
    throw InputError("その ID の支援者は台帳にいません。ID を確かめてください。");
  }
}

std::vector<ConsentStatement> all_about(soci::session& sql, const PersonId& person) {
  ConsentFile file = stored_consents(sql, person.value);
  std::vector<ConsentStatement> statements = file.subjects[person];
  for (const auto& [supporter, said] : file.supporters) {
    statements.insert(statements.end(), said.begin(), said.end());
  }
  std::ranges::sort(statements, {}, &ConsentStatement::number);
  return statements;
}

}  // namespace

ConsentId ConsentBook::record(ConsentStatement statement) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::RecordConsent, [&](AuditNote& note) {
    statement.recorded_at = store.now();
    statement.recorded_by = actor.name;
    if (const auto fault = fault_of(statement, statement.recorded_at)) {
      throw InputError(*fault);
    }
    require_known(store.sql(), statement);
    statement.id.value = store.new_id(statement.recorded_at);
    ConsentWriter(store.sql()).write(statement);
    note.subject = statement.person.value;
    note.detail = "scope=" + std::string(to_code(statement.scope)) +
                  " answer=" + std::string(to_code(statement.answer)) +
                  " by=" + (statement.supporter.empty() ? "subject" : "supporter");
    return statement.id;
  });
}

std::vector<ConsentStatement> ConsentBook::statements(const PersonId& person) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ShowConsents, [&](AuditNote& note) {
    if (person.empty() ||
        !exists(store.sql(), "SELECT count(*) FROM person WHERE id = :id", person.value)) {
      note.detail = "found=0";  // what was typed in vain may be a name
      return std::vector<ConsentStatement>{};
    }
    note.subject = person.value;
    note.detail = "found=1";
    return all_about(store.sql(), person);
  });
}

PartyConsent ConsentBook::effective(const PersonId& person, const ConsentQuestion& question) {
  std::vector<ConsentStatement> own = statements(person);
  std::erase_if(own, [](const ConsentStatement& each) { return !each.supporter.empty(); });
  return effective_consent(own, question);
}

std::string statistics_cell(std::size_t count) {
  constexpr std::size_t kSmallest = 5;
  return count < kSmallest ? "*" : std::to_string(count);
}

}  // namespace registry
