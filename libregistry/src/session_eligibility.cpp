// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <unordered_map>

#include "database.hpp"
#include "list_text.hpp"
#include "needs_store.hpp"
#include "needs_words.hpp"
#include "person_gate.hpp"
#include "person_record.hpp"
#include "register_record.hpp"
#include "registry/error.hpp"
#include "rule_attribute.hpp"

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

/// Age of the youngest resident of every household.
std::unordered_map<std::string, int> youngest_ages(soci::session& sql, Date on) {
  std::string household;
  Date birth{};
  soci::statement rows = (sql.prepare << R"sql(
      SELECT household_no, max(birth_date) FROM person
      WHERE residency = 'resident' AND birth_date IS NOT NULL AND household_no <> ''
      GROUP BY household_no
    )sql",
                          soci::into(household), soci::into(birth));
  std::unordered_map<std::string, int> ages;
  rows.execute();
  while (rows.fetch()) {
    ages.emplace(household, legal_age(birth, on));
  }
  return ages;
}

/// What the register knows of people's lives, looked up for all of them at once.
struct Lives {
  std::unordered_map<std::string, int> youngest;  ///< by household
  std::unordered_map<std::string, Needs> needs;   ///< by person

  Lives(soci::session& sql, Date on) : youngest(youngest_ages(sql, on)), needs(stored_needs(sql)) {}
};

Circumstances circumstances_of(const Person& person, const Lives& lives) {
  constexpr int kElderly = 65;  // 高齢者 of the 老人福祉法 (10条の3 and others)
  Circumstances result;
  if (const auto its = lives.needs.find(person.id.value); its != lives.needs.end()) {
    for (const MedicalCare care : its->second.medical_care) {
      result.medical_care.emplace_back(kWords<MedicalCare>.at(static_cast<std::size_t>(care)));
    }
    result.household_type =
        kWords<HouseholdType>.at(static_cast<std::size_t>(its->second.household));
  }
  const auto age = lives.youngest.find(person.household_no);
  if (age != lives.youngest.end()) {
    result.youngest_age = age->second;
  }
  if (!result.household_type.empty()) {
    return result;  // what people have told counts before what the file suggests
  }
  if (person.household_size == 1) {
    result.household_type = kHouseholdTypes[0];
  } else if (result.youngest_age && *result.youngest_age >= kElderly) {
    result.household_type = kHouseholdTypes[1];
  }
  return result;
}

/// (person, clause) → whether somebody decided to count the clause as met.
using Answers = std::map<std::pair<PersonId, std::string>, bool>;

/// The newest answers to the questions of this rule set.
Answers stored_answers(soci::session& sql, const RuleSet& rules) {
  Answers answers;
  PersonId person;
  std::string clause;
  bool counts = false;
  soci::statement rows =
      (sql.prepare << R"sql(
      SELECT person, clause, counts FROM eligibility_answer WHERE rule_set = :rule_set
      ORDER BY number
    )sql",
       soci::use(rules.id, "rule_set"), soci::into(person), soci::into(clause), soci::into(counts));
  rows.execute();
  while (rows.fetch()) {
    answers[{person, clause}] = counts;
  }
  return answers;
}

/// A question that somebody has answered is one no more.
Eligibility answered(const PersonId& person, Eligibility asked, const Answers& answers) {
  if (asked.verdict != EligibilityVerdict::Review) {
    return asked;
  }
  Eligibility met{EligibilityVerdict::Eligible, {}, {}};
  bool open = false;
  for (const std::string& clause : asked.clauses) {
    const auto answer = answers.find({person, clause});
    if (answer == answers.end()) {
      open = true;
    } else if (answer->second) {
      met.clauses.push_back(clause);
    }
  }
  if (!met.clauses.empty()) {
    return met;
  }
  if (open) {
    return asked;
  }
  return {EligibilityVerdict::NotEligible, {}, "要確認の問いに、対象としないと答えた"};
}

std::vector<Decision> decide(soci::session& sql, const RuleSet& rules, Date on) {
  const auto certificates = stored_certificates(sql, {});
  const Lives lives(sql, on);
  const Answers answers = stored_answers(sql, rules);
  const std::vector<Certificate> none;
  PersonRecord record;
  soci::statement rows =
      prepared(sql, std::string("SELECT ") + kPersonColumns + " FROM person p ORDER BY p.id",
               [&](soci::statement& statement) {
                 const auto receive = receiver(statement);
                 receive("id", record.person.id);
                 person_columns(record, receive);
               });
  std::vector<Decision> decisions;
  rows.execute();
  while (rows.fetch()) {
    const Person person = to_person(record);
    const auto its = certificates.find(person.id);
    const Circumstances circumstances = circumstances_of(person, lives);
    const PersonFacts facts{person, its == certificates.end() ? none : its->second, circumstances};
    decisions.push_back(
        {person.id, answered(person.id, evaluate_eligibility(facts, rules, on), answers)});
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

/// Counts what a decision does; with a writer, does it.
void apply(const Decision& decision, const Entry* entry, RegisterWriter* writer,
           EligibilityRun& run) {
  switch (decision.eligibility.verdict) {
    case EligibilityVerdict::Eligible:
      ++run.eligible;
      run.joined += entry == nullptr ? 1 : 0;
      if (writer != nullptr && entry != nullptr) {
        writer->stay(*entry, decision);
      } else if (writer != nullptr) {
        writer->join(decision);
      }
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
    ++run.left;
    if (writer != nullptr) {
      writer->leave(*entry);
    }
  }
}

/// Judges everybody; with a writer the statutory register follows.
EligibilityRun judge(soci::session& sql, const RuleSet& rules, Date on, RegisterWriter* writer) {
  const std::vector<Decision> decisions = decide(sql, rules, on);
  const auto entries = current_entries(sql);
  EligibilityRun run;
  run.persons = decisions.size();
  for (const Decision& decision : decisions) {
    const auto entry = entries.find(decision.person);
    apply(decision, entry == entries.end() ? nullptr : &entry->second, writer, run);
    if (decision.eligibility.verdict == EligibilityVerdict::Review) {
      run.questions.push_back(
          {decision.person, decision.eligibility.clauses, decision.eligibility.reason});
    }
  }
  return run;
}

std::string words(const EligibilityRun& run) {
  return "persons=" + std::to_string(run.persons) + " joined=" + std::to_string(run.joined) +
         " left=" + std::to_string(run.left);
}

}  // namespace

EligibilityRun Session::run_eligibility(const RuleSet& rules, Date on) {
  return store_->audited(actor_, Action::RunEligibility, [&](AuditNote& note) {
    RegisterWriter writer(store_->sql(), rules, on);
    EligibilityRun run = judge(store_->sql(), rules, on, &writer);
    note.detail = words(run);
    return run;
  });
}

EligibilityRun Session::preview_eligibility(const RuleSet& rules, Date on) {
  return store_->audited(actor_, Action::PreviewEligibility, [&](AuditNote& note) {
    EligibilityRun run = judge(store_->sql(), rules, on, nullptr);
    note.detail = words(run);
    return run;
  });
}

std::map<PersonId, Circumstances> Session::circumstances(Date on) {
  return store_->audited(actor_, Action::ListCircumstances, [&](AuditNote& note) {
    soci::session& sql = store_->sql();
    const Lives lives(sql, on);
    std::map<PersonId, Circumstances> all;
    PersonGate gate(*store_, actor_, Action::ListCircumstances);
    for (const PlanSubject& subject : stored_subjects(sql, {})) {
      if (!gate.fields(subject.registrant.person.id)) {
        continue;
      }
      note.people.push_back(subject.registrant.person.id);
      Circumstances life = circumstances_of(subject.registrant.person, lives);
      life.supporters = static_cast<int>(subject.supporters.size());
      all.emplace(subject.registrant.person.id, std::move(life));
    }
    note.detail = "persons=" + std::to_string(all.size());
    return all;
  });
}

void Session::answer_eligibility(const EligibilityAnswer& answer) {
  if (answer.reason.empty()) {
    throw InputError("要確認の答えには、理由が必要です。誰が何を見て判断したかを書いてください。");
  }
  store_->audited(actor_, Action::AnswerEligibility, [&](AuditNote& note) {
    soci::session& sql = store_->sql();
    int known = 0;
    sql << "SELECT count(*) FROM person WHERE id = :id", soci::use(answer.person, "id"),
        soci::into(known);
    if (known == 0) {
      throw InputError(
          "この ID の人は台帳にいません。eligibility review の一覧の ID を"
          "指定してください。");
    }
    PersonGate(*store_, actor_, Action::AnswerEligibility).require(answer.person);
    const Instant at = store_->now();
    sql << R"sql(
      INSERT INTO eligibility_answer (person, rule_set, clause, counts, reason, answered_by, at)
      VALUES (:person, :rule_set, :clause, :counts, :reason, :answered_by, :at)
    )sql",
        soci::use(answer.person, "person"), soci::use(answer.rule_set, "rule_set"),
        soci::use(answer.clause, "clause"), soci::use(answer.counts, "counts"),
        soci::use(answer.reason, "reason"), soci::use(actor_.name, "answered_by"),
        soci::use(at, "at");
    note.subject = answer.person.value;
    note.detail = answer.counts ? "counts=1" : "counts=0";
    return true;
  });
}

}  // namespace registry
