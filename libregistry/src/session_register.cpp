// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "database.hpp"
#include "list_text.hpp"
#include "person_gate.hpp"
#include "person_record.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

/// A person's current line on the statutory register.
struct Entry {
  long long number = 0;
  std::string rule_set;
  std::string clauses;
};

struct Decision {
  PersonId person;
  Eligibility eligibility;
};

std::map<PersonId, Entry> current_entries(soci::session& sql) {
  std::map<PersonId, Entry> entries;
  PersonId person;
  Entry entry;
  soci::statement rows = (sql.prepare << R"sql(
      SELECT person, number, rule_set, clauses FROM register_entry
      WHERE kind = 'statutory' AND left_on IS NULL
    )sql",
                          soci::into(person), soci::into(entry.number), soci::into(entry.rule_set),
                          soci::into(entry.clauses));
  rows.execute();
  while (rows.fetch()) {
    entries.emplace(person, entry);
  }
  return entries;
}

std::vector<Decision> decide(soci::session& sql, const RuleSet& rules, Date on) {
  const auto certificates = stored_certificates(sql, {});
  const std::vector<Certificate> none;
  PersonRecord record;
  soci::statement rows =
      prepared(sql, std::string("SELECT ") + kPersonColumns + " FROM person p ORDER BY p.id",
               [&](soci::statement& statement) {
                 const auto receive = receiver(statement);
                 receive("id", record.person.id);
                 person_fields(record, receive);
               });
  std::vector<Decision> decisions;
  rows.execute();
  while (rows.fetch()) {
    const Person person = to_person(record);
    const auto its = certificates.find(person.id);
    decisions.push_back(
        {person.id,
         evaluate_eligibility(person, its == certificates.end() ? none : its->second, rules, on)});
  }
  return decisions;
}

/// Writes joining, staying and leaving with three statements that are prepared once.
class RegisterWriter : Pinned {
 public:
  RegisterWriter(soci::session& sql, const RuleSet& rules, Date on)
      : on_(on),
        rule_set_(rules.id),
        join_(prepared(sql, R"sql(
          INSERT INTO register_entry (kind, person, joined_on, rule_set, clauses)
          VALUES ('statutory', :person, :day, :rule_set, :clauses)
        )sql",
                       [this](soci::statement& statement) {
                         const auto bind = binder(statement);
                         bind("person", person_);
                         bind("day", on_);
                         bind("rule_set", rule_set_);
                         bind("clauses", clauses_);
                       })),
        restate_(prepared(sql, R"sql(
          UPDATE register_entry SET rule_set = :rule_set, clauses = :clauses
          WHERE number = :number
        )sql",
                          [this](soci::statement& statement) {
                            const auto bind = binder(statement);
                            bind("rule_set", rule_set_);
                            bind("clauses", clauses_);
                            bind("number", number_);
                          })),
        leave_(prepared(sql, "UPDATE register_entry SET left_on = :day WHERE number = :number",
                        [this](soci::statement& statement) {
                          const auto bind = binder(statement);
                          bind("day", on_);
                          bind("number", number_);
                        })) {}

  void join(const Decision& decision) {
    person_ = decision.person;
    clauses_ = to_json(decision.eligibility.clauses);
    join_.execute(true);
  }

  void stay(const Entry& entry, const Decision& decision) {
    clauses_ = to_json(decision.eligibility.clauses);
    if (entry.clauses == clauses_ && entry.rule_set == rule_set_) {
      return;
    }
    number_ = entry.number;
    restate_.execute(true);
  }

  void leave(const Entry& entry) {
    number_ = entry.number;
    leave_.execute(true);
  }

 private:
  Date on_;
  std::string rule_set_;
  PersonId person_;
  std::string clauses_;
  long long number_ = 0;
  soci::statement join_;
  soci::statement restate_;
  soci::statement leave_;
};

void apply(const Decision& decision, const Entry* entry, RegisterWriter& writer,
           EligibilityRun& run) {
  switch (decision.eligibility.verdict) {
    case EligibilityVerdict::Eligible:
      ++run.eligible;
      if (entry != nullptr) {
        writer.stay(*entry, decision);
        return;
      }
      writer.join(decision);
      ++run.joined;
      return;
    case EligibilityVerdict::Review:
      // A question does not put anybody on the register, nor does it take anybody off.
      ++run.review;
      return;
    case EligibilityVerdict::Excluded:
      ++run.excluded;
      break;
    case EligibilityVerdict::NotEligible:
      break;
  }
  if (entry != nullptr) {
    writer.leave(*entry);
    ++run.left;
  }
}

/// People on the statutory register; one of them or (empty) all.
std::vector<PlanSubject> subjects(soci::session& sql, const std::string& only) {
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
    person_fields(record, receive);
    receive("kind", kind);
    receive("clauses", clauses);
    if (!only.empty()) {
      statement.exchange(soci::use(only, "person"));
    }
  });
  auto certificates = stored_certificates(sql, {.source = {}, .person = only});
  auto links = stored_links(sql, only);
  std::vector<PlanSubject> subjects;
  rows.execute();
  while (rows.fetch()) {
    const PersonId& id = record.person.id;
    subjects.push_back({.registrant = {.person = to_person(record),
                                       .certificates = std::move(certificates[id]),
                                       .register_kind = kind,
                                       .clauses = texts_from_json(clauses)},
                        .supporters = std::move(links[id])});
  }
  return subjects;
}

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
             .supporters = {}};
  return true;
}

}  // namespace

EligibilityRun Session::run_eligibility(const RuleSet& rules, Date on) {
  return store_->audited(actor_, Action::RunEligibility, [&](AuditNote& note) {
    const std::vector<Decision> decisions = decide(store_->sql(), rules, on);
    const auto entries = current_entries(store_->sql());
    RegisterWriter writer(store_->sql(), rules, on);
    EligibilityRun run;
    run.persons = decisions.size();
    for (const Decision& decision : decisions) {
      const auto entry = entries.find(decision.person);
      apply(decision, entry == entries.end() ? nullptr : &entry->second, writer, run);
    }
    note.detail = "persons=" + std::to_string(run.persons) +
                  " joined=" + std::to_string(run.joined) + " left=" + std::to_string(run.left);
    return run;
  });
}

std::vector<PlanSubject> Session::registrants() {
  return store_->audited(actor_, Action::ListRegistrants, [&](AuditNote& note) {
    PersonGate gate(*store_, actor_, Action::ListRegistrants);
    std::vector<PlanSubject> shown;
    for (PlanSubject& subject : subjects(store_->sql(), {})) {
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
      std::vector<PlanSubject> one = subjects(store_->sql(), id.value);
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
