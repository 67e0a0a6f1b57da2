// SPDX-License-Identifier: Apache-2.0
#include "audit_rows.hpp"

#include <algorithm>

#include "database.hpp"
#include "digest.hpp"

namespace registry {

std::string audit_set_name(std::vector<PersonId>& people) {
  std::ranges::sort(people);
  people.erase(std::unique(people.begin(), people.end()), people.end());
  Digest digest;
  for (const PersonId& person : people) {
    digest.add(person.value);
  }
  return std::string(kSetPrefix) + to_hex(digest.finish());
}

std::string audit_subject(soci::session& sql, const std::vector<PersonId>& people) {
  std::vector<PersonId> members = people;
  std::string name = audit_set_name(members);
  if (members.size() < 2) {
    return members.empty() ? std::string() : members.front().value;
  }
  int stored = 0;
  sql << "SELECT COUNT(*) FROM (SELECT name FROM audit_set WHERE name = :name LIMIT 1) AS one",
      soci::into(stored), soci::use(name, "name");
  if (stored > 0) {
    return name;
  }
  PersonId person;
  soci::statement insert =
      prepared(sql, "INSERT INTO audit_set (name, person) VALUES (:name, :person)",
               [&](soci::statement& statement) {
                 const auto bind = binder(statement);
                 bind("name", name);
                 bind("person", std::as_const(person));
               });
  for (const PersonId& member : members) {
    person = member;
    insert.execute(true);
  }
  return name;
}

AuditTip audit_tip(soci::session& sql) {
  long long number = 0;
  std::string hash;
  sql << "SELECT number, hash FROM audit_log ORDER BY number DESC LIMIT 1", soci::into(number),
      soci::into(hash);
  if (!sql.got_data()) {
    return {};
  }
  return {.number = number, .hash = hash_from_hex(hash)};
}

void insert_audit_row(soci::session& sql, const AuditEntry& entry) {
  const long long number = entry.number;
  const long long at = entry.at.milliseconds;
  const std::string hash = to_hex(entry.hash);
  sql << R"sql(
    INSERT INTO audit_log (number, at, actor, purpose, action, subject, detail, hash)
    VALUES (:number, :at, :actor, :purpose, :action, :subject, :detail, :hash)
  )sql",
      soci::use(number, "number"), soci::use(at, "at"), soci::use(entry.actor, "actor"),
      soci::use(entry.purpose, "purpose"), soci::use(entry.action, "action"),
      soci::use(entry.subject, "subject"), soci::use(entry.detail, "detail"),
      soci::use(hash, "hash");
}

void insert_audit_head(soci::session& sql, const AuditHead& head) {
  sql << R"sql(
    INSERT INTO audit_key (public_key, since) VALUES (:key, :since)
    ON CONFLICT (public_key) DO NOTHING
  )sql",
      soci::use(head.public_key, "key"), soci::use(head.at, "since");
  const long long number = head.number;
  const std::string hash = to_hex(head.hash);
  sql << R"sql(
    INSERT INTO audit_head (number, at, hash, public_key, signature)
    VALUES (:number, :at, :hash, :key, :signature) ON CONFLICT (number) DO NOTHING
  )sql",
      soci::use(number, "number"), soci::use(head.at, "at"), soci::use(hash, "hash"),
      soci::use(head.public_key, "key"), soci::use(head.signature, "signature");
}

void AuditRow::receive(soci::statement& statement) {
  statement.exchange(soci::into(number));
  statement.exchange(soci::into(at));
  statement.exchange(soci::into(entry.actor));
  statement.exchange(soci::into(entry.purpose));
  statement.exchange(soci::into(entry.action));
  statement.exchange(soci::into(entry.subject));
  statement.exchange(soci::into(entry.detail));
  statement.exchange(soci::into(hash));
}

const AuditEntry& AuditRow::read() {
  entry.number = number;
  entry.at.milliseconds = at;
  entry.hash = hash_from_hex(hash);
  return entry;
}

void Database::append_audit(const Actor& actor, const AuditNote& note) {
  const AuditTip tip = audit_tip(sql());
  AuditEntry entry{
      .number = tip.number + 1,
      .at = now(),
      .actor = actor.name,
      .purpose = actor.purpose,
      .action = std::string(rule_of(note.action).name),
      .subject = note.people.empty() ? note.subject : audit_subject(sql(), note.people),
      .detail = note.detail};
  entry.hash = chain_hash(tip.hash, entry);
  insert_audit_row(sql(), entry);
  if (signer_ && entry.number % kRowsPerHead == 0) {
    insert_audit_head(sql(), signer_->sign(entry.number, entry.at, entry.hash));
  }
}

void Database::record_refusal(const Actor& actor, Action action, const AccessRefused& refusal) {
  const AuditNote note{.action = action,
                       .subject = refusal.person(),
                       .detail = "refused=" + std::string(to_code(refusal.reason()))};
  if (in_group_) {
    refusals_.emplace_back(actor, note);  // its own transaction would end with the refused job
    return;
  }
  write([&] { append_audit(actor, note); });
}

void Database::require_permission(const Actor& actor, Action action) {
  Role role = Role::Operator;
  bool disabled = false;
  sql() << "SELECT role, disabled FROM account WHERE name = :name", soci::into(role),
      soci::into(disabled), soci::use(actor.name, "name");
  if (!sql().got_data()) {
    throw AccessRefused(AccessRefusal::UnknownAccount);
  }
  if (disabled) {
    throw AccessRefused(AccessRefusal::DisabledAccount);
  }
  if (!rule_of(action).roles.contains(role)) {
    throw AccessRefused(AccessRefusal::RoleNotPermitted);
  }
}

}  // namespace registry
