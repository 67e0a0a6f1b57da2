// SPDX-License-Identifier: Apache-2.0
#include "registry/audit_book.hpp"

#include <sodium.h>

#include "audit_check.hpp"
#include "audit_rows.hpp"
#include "database.hpp"
#include "digest.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

std::string salt_of(Database& store) {
  std::string salt;
  store.sql() << "SELECT salt FROM pseudonym_salt WHERE name = 'people'", soci::into(salt);
  if (store.sql().got_data()) {
    return salt;
  }
  salt = store.new_id(store.now()) + store.new_id(store.now());
  store.sql() << "INSERT INTO pseudonym_salt (name, salt) VALUES ('people', :salt)",
      soci::use(salt, "salt");
  return salt;
}

std::string pseudonym(const std::string& salt, const std::string& subject) {
  if (subject.empty()) {
    return {};
  }
  Digest digest;
  digest.add(salt);
  digest.add(subject);
  constexpr std::size_t kShown = 16;
  return "仮名-" + to_hex(digest.finish()).substr(0, kShown);
}

/// Auditors see who acted, not on whom.
void veil(Database& store, const Actor& actor, std::vector<AuditEntry>& entries) {
  if (actor.account.role != Role::Auditor) {
    return;
  }
  const std::string salt = salt_of(store);
  for (AuditEntry& entry : entries) {
    entry.subject = pseudonym(salt, entry.subject);
  }
}

std::vector<AuditEntry> fetched(soci::statement& rows, AuditRow& row) {
  std::vector<AuditEntry> entries;
  rows.execute();
  while (rows.fetch()) {
    entries.push_back(row.read());
  }
  return entries;
}

}  // namespace

AuditBook::AuditBook(Session& session) : session_(&session) {}

std::vector<AuditEntry> AuditBook::list(std::int64_t from, std::size_t limit) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ReadAudit, [&](AuditNote& note) {
    AuditRow row;
    const long long first = from;
    const auto most = static_cast<long long>(limit);
    soci::statement rows = prepared(store.sql(),
                                    std::string("SELECT ") + kAuditColumns +
                                        " FROM audit_log l WHERE l.number >= :first "
                                        "ORDER BY l.number LIMIT :most",
                                    [&](soci::statement& statement) {
                                      row.receive(statement);
                                      statement.exchange(soci::use(first, "first"));
                                      statement.exchange(soci::use(most, "most"));
                                    });
    auto entries = fetched(rows, row);
    veil(store, actor, entries);
    note.detail = "rows=" + std::to_string(entries.size());
    return entries;
  });
}

std::vector<AuditEntry> AuditBook::who_saw(const PersonId& person) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::WhoSaw, [&](AuditNote& note) {
    int known = 0;
    store.sql() << "SELECT COUNT(*) FROM person WHERE id = :person", soci::into(known),
        soci::use(person, "person");
    if (known == 0) {
      throw InputError("その番号の方は台帳にいません。番号を確かめてください。");
    }
    AuditRow row;
    const std::string columns = kAuditColumns;
    soci::statement rows =
        prepared(store.sql(),
                 "SELECT " + columns + " FROM audit_log l WHERE l.subject = :person UNION ALL " +
                     "SELECT " + columns +
                     " FROM audit_set s JOIN audit_log l ON l.subject = s.name "
                     "WHERE s.person = :person ORDER BY 1",
                 [&](soci::statement& statement) {
                   row.receive(statement);
                   statement.exchange(soci::use(person, "person"));
                 });
    auto entries = fetched(rows, row);
    veil(store, actor, entries);
    note.subject = person.value;
    note.detail = "rows=" + std::to_string(entries.size());
    return entries;
  });
}

AuditHead AuditBook::anchor() {
  Database& store = SessionInside::store(*session_);
  if (!store.signer()) {
    throw Error(
        "監査記録に署名する鍵がありません。市のフォルダの audit.key を控えから戻してください。");
  }
  // The row that says so is signed too.
  store.audited(SessionInside::actor(*session_), Action::SignAudit,
                [](AuditNote&) { return true; });
  return store.write([&] {
    const AuditTip tip = audit_tip(store.sql());
    const AuditHead head = store.signer()->sign(tip.number, store.now(), tip.hash);
    insert_audit_head(store.sql(), head);
    return head;
  });
}

AuditVerification AuditBook::verify(const AuditWitness& witness) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::VerifyAudit, [](AuditNote& note) {
    note.detail = "begun";
    return true;
  });
  // Outside a transaction: nobody waits to write while a long log is read.
  const AuditVerification found = store.read([&] { return check_audit_log(store.sql(), witness); });
  store.audited(actor, Action::VerifyAudit, [&](AuditNote& note) {
    note.detail = "rows=" + std::to_string(found.rows) + " first_bad=" +
                  (found.first_bad ? std::to_string(*found.first_bad) : std::string("none"));
    return true;
  });
  return found;
}

}  // namespace registry
