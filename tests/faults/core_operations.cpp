// SPDX-License-Identifier: Apache-2.0
#include "faults/core_operations.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "database.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace faults {

using namespace registry;  // NOLINT(google-build-using-namespace): everything here is about it

namespace {

constexpr int kPeople = 12;

Session door(Registry& registry) {
  return registry.session({.name = "tester", .purpose = "試験"});
}

std::string number_text(int number) {
  return std::to_string(number);
}

std::string counted(const ImportReport& report) {
  return number_text(static_cast<int>(report.added)) + " added, " +
         number_text(static_cast<int>(report.rejected.size())) + " rejected";
}

std::string text_of(const PlanSubject& subject) {
  const Person& person = subject.registrant.person;
  std::string text = person.resident_no + " " + person.name + " " + person.name_kana + " " +
                     person.address + " " + person.birth_text;
  for (const Certificate& certificate : subject.registrant.certificates) {
    text += " " + certificate.grade;
  }
  return text + "\n";
}

std::string import_people(Registry& registry, int& next) {
  std::vector<ResidentRow> rows;
  for (int i = 0; i < 3; ++i) {
    rows.push_back(support::resident("new-" + number_text(next++)));
  }
  return counted(door(registry).import_residents(support::parsed(std::move(rows))));
}

std::string list_people(Registry& registry) {
  std::string text;
  for (const PlanSubject& subject : door(registry).registrants()) {
    text += text_of(subject);
  }
  return text;
}

std::string show_first(Registry& registry, const std::shared_ptr<PersonId>& id) {
  const auto subject = door(registry).registrant(*id);
  return subject ? text_of(*subject) : "nobody";
}

std::string store_plan(Registry& registry, const PersonId& id, int& next) {
  EvacuationPlan plan;
  plan.subject = id;
  plan.courses.emplace_back();
  plan.courses[0].gap = Gap::RoadsClosed;
  plan.courses[0].home_hazard = "深さ " + number_text(next++);
  plan.next_review = support::test_day();
  const StoredPlans stored = door(registry).store_plans({plan});
  return number_text(static_cast<int>(stored.added + stored.revised));
}

std::string write_group(Registry& registry) {
  Session session = door(registry);
  SessionInside::store(session).grouped([&] {
    for (const char* text : {"a", "b", "c"}) {
      SessionInside::store(session).write([&] { session.record_output(text, {}); });
    }
  });
  return "3";
}

}  // namespace

void prepare(Registry& registry) {
  Session session = door(registry);
  std::vector<ResidentRow> people;
  std::vector<CertificateRow> certificates;
  for (int i = 0; i < kPeople; ++i) {
    people.push_back(support::resident(number_text(i)));
    certificates.push_back(support::care(number_text(i), "要介護3"));
  }
  (void)session.import_residents(support::parsed(std::move(people)));
  (void)session.import_care(support::parsed(std::move(certificates)));
  (void)session.run_eligibility(support::care_rules(), support::test_day());
}

std::vector<Operation> core_operations() {
  const auto next = std::make_shared<int>(0);
  const auto first = std::make_shared<PersonId>();
  const auto know_first = [first](Registry& registry) {
    if (first->value.empty()) {
      *first = door(registry).registrants().at(0).registrant.person.id;
    }
  };
  return {
      {"import", [next](Registry& registry) { return import_people(registry, *next); }},
      {"eligibility",
       [](Registry& registry) {
         return number_text(static_cast<int>(
             door(registry).run_eligibility(support::care_rules(), support::test_day()).eligible));
       }},
      {"list", list_people},
      {"one person",
       [=](Registry& registry) {
         know_first(registry);
         return show_first(registry, first);
       }},
      {"plan",
       [=](Registry& registry) {
         know_first(registry);
         return store_plan(registry, *first, *next);
       }},
      {"audit row",
       [](Registry& registry) {
         door(registry).record_output("a list", {});
         return std::string("1");
       }},
      {"group", write_group}};
}

std::vector<long long> row_counts(Registry& registry) {
  Session session = door(registry);
  Database& store = SessionInside::store(session);
  std::vector<long long> counts;
  for (const char* table : {"person", "certificate", "register_entry", "plan", "plan_rev",
                            "plan_leg", "person_area", "audit_log"}) {
    counts.push_back(store.read([&] {
      long long count = 0;
      store.sql() << std::string("SELECT count(*) FROM ") + table, soci::into(count);
      return count;
    }));
  }
  return counts;
}

int exhaust(Registry& registry, const Operation& operation, const Exhaustion& exhaustion) {
  SCOPED_TRACE(operation.name);
  (void)operation.run(registry);  // the first time may differ: statements, ids looked up
  auto before = row_counts(registry);
  const std::string shown = operation.run(registry);
  auto after = row_counts(registry);
  std::vector<long long> added;
  for (std::size_t i = 0; i < before.size(); ++i) {
    added.push_back(after[i] - before[i]);
  }
  int failures = 0;
  for (int n = 0;; n += exhaustion.stride) {
    before = row_counts(registry);
    bool refused = false;
    std::string now_shown;
    exhaustion.fail(n);
    try {
      now_shown = operation.run(registry);
    } catch (const Error&) {
      refused = true;
    }
    const bool came = exhaustion.end();
    after = row_counts(registry);
    EXPECT_TRUE(came || !refused) << "failed of itself at " << n;
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(after[i] - before[i], refused ? 0 : added[i]) << "table " << i << ", step " << n;
    }
    if (!refused) {
      EXPECT_EQ(now_shown, shown) << "step " << n;
    }
    failures += came ? 1 : 0;
    if (!came || testing::Test::HasFailure()) {
      return failures;
    }
  }
}

}  // namespace faults
