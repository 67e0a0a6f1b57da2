// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database.hpp"
#include "registry/disclosure.hpp"
#include "sql_types.hpp"

namespace registry {

/// Takes the decision (`decide_access`) for one person after the other, within a call of
/// `Database::audited`: looks up in the store what it depends on.
class PersonGate : Pinned {
 public:
  PersonGate(Database& store, const Actor& actor, Action action);

  [[nodiscard]] AccessDecision decide(const PersonId& person);
  /// The fields, or nothing for whomever the account may not see.
  [[nodiscard]] std::optional<FieldSet> fields(const PersonId& person);
  /// Throws `AccessRefused` where `decide` refuses.
  AccessGrant require(const PersonId& person);

 private:
  [[nodiscard]] bool event_open(const PersonId& person);
  [[nodiscard]] bool agreed(const PersonId& person) const;
  [[nodiscard]] bool refused(const PersonId& person) const;

  soci::session& sql_;
  AccessRequest request_;
  DisclosureRequest recipient_;  ///< the supporter or agency as a recipient in a disaster
  std::vector<EmergencyDecision> decisions_;
  std::string agency_;  ///< id of the recipient
  std::string account_;
  std::string supporter_no_;
  std::string source_;  ///< of certificates of the section's own class
  std::string aged_;    ///< born on or before: 65 and older
  Instant now_;
  PersonId person_;
  int protected_ = 0;
  int opened_ = 0;
  int in_scope_ = 0;
  int own_class_ = 0;
  int assigned_ = 0;
  soci::statement facts_;
};

/// Blanks every field that is not among `fields`.
void keep_only(FieldSet fields, Person& person);
void keep_only(FieldSet fields, PlanSubject& subject);

/// The row of a person who is closed to the account: the id and `kProtectedNotice`.
[[nodiscard]] Person protected_row(const PersonId& id);

}  // namespace registry
