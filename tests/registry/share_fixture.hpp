// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "database.hpp"
#include "registry/consent_book.hpp"
#include "registry/person_desk.hpp"
#include "sql_types.hpp"
#include "support/registry_fixture.hpp"

namespace registry {

/// A city with a few people on the statutory register, and two accounts.
class ShareTest : public support::RegistryTest {
 protected:
  /// Registers people with the numbers given; `ids_` follows their order.
  void people(std::initializer_list<const char*> numbers) {
    auto rows = support::residents(numbers);
    register_people(rows);
  }

  void register_people(const ParsedRows<ResidentRow>& rows) {
    store_ = std::make_unique<Registry>(create());
    session_ = std::make_unique<Session>(session(*store_));
    register_all(*session_, rows);
    for (const ResidentRow& row : rows.rows) {
      ids_.push_back(id_of(row.person.resident_no));
    }
  }

  [[nodiscard]] Session as(const std::string& name) const {
    support::RegistryTest::add_admin(*store_, name);
    return store_->session({.name = name, .purpose = "提供"});
  }

  [[nodiscard]] PersonId id_of(const std::string& resident_no) {
    PersonId id;
    sql() << "SELECT id FROM person WHERE resident_no = :n", soci::use(resident_no, "n"),
        soci::into(id.value);
    return id;
  }

  [[nodiscard]] Database& database() { return SessionInside::store(*session_); }
  [[nodiscard]] soci::session& sql() { return database().sql(); }
  [[nodiscard]] Instant now() { return database().now(); }

  void put_in_area(const PersonId& person, AreaLevel level, const std::string& code) {
    const std::string word(to_code(level));
    sql() << "INSERT INTO person_area (person, level, code) VALUES (:p, :l, :c)",
        soci::use(person.value, "p"), soci::use(word, "l"), soci::use(code, "c");
  }

  /// The person wants no help from whom these words name.
  void refuse_help(const PersonId& person, const std::string& by) {
    PersonDesk people(*session_);
    const auto view = people.show(person);
    Needs needs = view->needs;
    needs.refuses_help_by = by;
    ASSERT_TRUE(std::holds_alternative<NewRevision>(people.edit(person, needs, view->revision)));
  }

  /// A statement of the person, or (with a supporter) of the supporter about the person's plan.
  ConsentId say(const PersonId& person, Answer answer, ConsentScope scope,
                const SupporterId& supporter = {}) {
    ConsentStatement statement;
    statement.person = person;
    statement.supporter = supporter;
    statement.scope = scope;
    statement.answer = answer;
    statement.method = ConsentMethod::WrittenSelf;
    statement.explained_at = now();
    statement.answered_at = now();
    return ConsentBook(*session_).record(statement);
  }

  [[nodiscard]] std::size_t count(const std::string& query) {
    int rows = 0;
    sql() << query, soci::into(rows);
    return static_cast<std::size_t>(rows);
  }

  std::unique_ptr<Registry> store_;
  std::unique_ptr<Session> session_;
  std::vector<PersonId> ids_;
};

}  // namespace registry
