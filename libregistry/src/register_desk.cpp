// SPDX-License-Identifier: Apache-2.0
#include "registry/register_desk.hpp"

#include "database.hpp"
#include "list_text.hpp"
#include "needs_store.hpp"
#include "person_gate.hpp"
#include "person_record.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

struct CurrentEntry {
  long long number = 0;
  Date joined_on{};
};

std::optional<CurrentEntry> current_entry(soci::session& sql, const PersonId& person) {
  CurrentEntry entry;
  sql << R"sql(
    SELECT number, joined_on FROM register_entry
    WHERE person = :person AND kind = 'voluntary' AND left_on IS NULL
  )sql",
      soci::into(entry.number), soci::into(entry.joined_on), soci::use(person, "person");
  return sql.got_data() ? std::optional(entry) : std::nullopt;
}

void write_note(Database& store, const Actor& actor, long long entry, const char* what,
                const VoluntaryStep& step) {
  const std::string word = what;
  const Instant at = store.now();
  soci::statement insert = prepared(store.sql(), R"sql(
      INSERT INTO voluntary_note (entry, step, reason, told_no_duty, recorded_at, recorded_by)
      VALUES (:entry, :step, :reason, :told, :at, :by)
    )sql",
                                    [&](soci::statement& statement) {
                                      const auto bind = binder(statement);
                                      statement.exchange(soci::use(entry, "entry"));
                                      bind("step", word);
                                      bind("reason", step.reason);
                                      bind("told", step.told_no_duty);
                                      bind("at", at);
                                      bind("by", actor.name);
                                    });
  insert.execute(true);
}

void check(const VoluntaryStep& step) {
  if (step.reason.empty()) {
    throw InputError("登録・取消には理由が必要です。");
  }
  if (!step.on.ok()) {
    throw InputError("日付が正しくありません。");
  }
}

void check_resident(soci::session& sql, const PersonId& person) {
  Residency residency = Residency::Resident;
  sql << "SELECT residency FROM person WHERE id = :person", soci::into(residency),
      soci::use(person, "person");
  if (!sql.got_data()) {
    throw InputError("その番号の方は台帳にいません。番号を確かめてください。");
  }
  if (residency != Residency::Resident) {
    throw InputError("住民ではない方は登録できません(" + std::string(to_text(residency)) + ")。");
  }
}

std::vector<Member> stored_members(soci::session& sql, RegisterKind kind) {
  PersonRecord record;
  Member member;
  std::string clauses;
  soci::statement rows =
      prepared(sql,
               std::string("SELECT ") + kPersonColumns +
                   ", e.clauses, e.joined_on FROM register_entry e JOIN person p ON p.id = e.person"
                   " WHERE e.kind = :kind AND e.left_on IS NULL ORDER BY p.id",
               [&](soci::statement& statement) {
                 const auto receive = receiver(statement);
                 receive("id", record.person.id);
                 person_columns(record, receive);
                 receive("clauses", clauses);
                 receive("joined_on", member.joined_on);
                 statement.exchange(soci::use(kind, "kind"));
               });
  std::vector<Member> members;
  rows.execute();
  while (rows.fetch()) {
    member.registrant = {.person = to_person(record),
                         .certificates = {},
                         .register_kind = kind,
                         .clauses = texts_from_json(clauses)};
    members.push_back(member);
  }
  return members;
}

}  // namespace

std::vector<int> missing_items(const Registrant& member, const Needs& needs) {
  const Person& person = member.person;
  const bool items[] = {!person.name.empty(),
                        person.birth_date.has_value() || !person.birth_text.empty(),
                        person.sex != Sex::NotStated,
                        !person.full_address().empty() || !person.actual_residence.empty(),
                        !person.phone.empty() || !needs.contacts.empty(),
                        !member.clauses.empty() || !needs.other_reasons.empty(),
                        !person.emergency_contacts.empty() || !needs.trusted.empty()};
  std::vector<int> missing;
  int number = 0;
  for (const bool there : items) {
    ++number;
    if (!there) {
      missing.push_back(number);
    }
  }
  return missing;
}

RegisterDesk::RegisterDesk(Session& session) : session_(&session) {}

void RegisterDesk::join(const VoluntaryStep& step) {
  check(step);
  if (!step.told_no_duty) {
    throw InputError(
        "登録しても支援が必ず受けられるとは限らないことを、先に本人に説明してください。");
  }
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::ManageVoluntary, [&](AuditNote& note) {
    check_resident(store.sql(), step.person);
    PersonGate(store, actor, Action::ManageVoluntary).require(step.person);
    if (current_entry(store.sql(), step.person)) {
      throw InputError("この方は既に災害時要援護者登録名簿に載っています。");
    }
    const std::string clauses = to_json(std::vector<std::string>{step.reason});
    long long number = 0;
    store.sql() << R"sql(
      INSERT INTO register_entry (kind, person, joined_on, rule_set, clauses)
      VALUES ('voluntary', :person, :day, 'application', :clauses) RETURNING number
    )sql",
        soci::into(number), soci::use(step.person, "person"), soci::use(step.on, "day"),
        soci::use(clauses, "clauses");
    write_note(store, actor, number, "joined", step);
    note.subject = step.person.value;
    note.detail = "joined=1";
    return true;
  });
}

void RegisterDesk::leave(const VoluntaryStep& step) {
  check(step);
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::ManageVoluntary, [&](AuditNote& note) {
    const auto entry = current_entry(store.sql(), step.person);
    if (!entry) {
      throw InputError("この方は災害時要援護者登録名簿に載っていません。");
    }
    PersonGate(store, actor, Action::ManageVoluntary).require(step.person);
    if (step.on < entry->joined_on) {
      throw InputError("取消の日が登録の日 " + to_iso(entry->joined_on) + " より前です。");
    }
    store.sql() << "UPDATE register_entry SET left_on = :day WHERE number = :number",
        soci::use(step.on, "day"), soci::use(entry->number, "number");
    write_note(store, actor, entry->number, "left", step);
    note.subject = step.person.value;
    note.detail = "left=1";
    return true;
  });
}

std::vector<Member> RegisterDesk::members(RegisterKind kind) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ListRegister, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ListRegister);
    auto certificates = stored_certificates(store.sql(), {});
    std::vector<Member> shown;
    for (Member& member : stored_members(store.sql(), kind)) {
      const PersonId id = member.registrant.person.id;
      const AccessDecision decision = gate.decide(id);
      if (const auto* grant = std::get_if<AccessGrant>(&decision)) {
        keep_only(grant->fields, member.registrant.person);
        if (grant->fields.contains(Field::CareData)) {
          member.registrant.certificates = std::move(certificates[id]);
        }
        if (!grant->fields.contains(Field::Reasons)) {
          member.registrant.clauses.clear();
        }
      } else if (std::get<AccessRefusal>(decision) == AccessRefusal::Protected) {
        member.closed = true;
        member.registrant.person = protected_row(id);
        member.registrant.clauses.clear();
      } else {
        continue;
      }
      note.people.push_back(id);
      shown.push_back(std::move(member));
    }
    note.detail = std::string(to_code(kind)) + " persons=" + std::to_string(shown.size());
    return shown;
  });
}

Completeness RegisterDesk::completeness(RegisterKind kind) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ReportCompleteness, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ReportCompleteness);
    const auto needs = stored_needs(store.sql());
    const Needs nothing;
    Completeness report;
    for (const Member& member : stored_members(store.sql(), kind)) {
      const PersonId& id = member.registrant.person.id;
      if (!gate.fields(id)) {
        continue;
      }
      ++report.members;
      const auto its = needs.find(id.value);
      auto missing = missing_items(member.registrant, its == needs.end() ? nothing : its->second);
      if (missing.empty()) {
        ++report.complete;
        continue;
      }
      note.people.push_back(id);
      report.incomplete.push_back({id, std::move(missing)});
    }
    note.detail = std::string(to_code(kind)) + " members=" + std::to_string(report.members);
    return report;
  });
}

}  // namespace registry
