// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/access.hpp"
#include "registry/capability.hpp"
#include "registry/edit.hpp"
#include "registry/registrant.hpp"
#include "registry/supporter.hpp"

namespace registry {

class Session;

/// A line of a person on one of the two registers.
struct RegisterEntry {
  RegisterKind kind = RegisterKind::Statutory;
  Date joined_on{};
  std::optional<Date> left_on;
  std::vector<std::string> clauses;
};

/// One person with everything the account may see; what it may not see is blank.
struct PersonView {
  Person person;
  bool closed = false;  ///< protected: only the notice
  FieldSet fields;
  std::vector<Certificate> certificates;
  std::vector<RegisterEntry> registers;
  std::vector<std::pair<AreaLevel, std::string>> areas;  ///< level and name
  std::vector<AssignedSupporter> supporters;
  Needs needs;
  int revision = 0;  ///< of `needs`, to hand back with an edit; 0 = nothing is known yet
};

/// Looking at one person, and keeping what is known beyond the city's files.
class PersonDesk {
 public:
  explicit PersonDesk(Session& session);

  /// Nothing when the person is not in the registry; throws `AccessRefused` for one the account may
  /// not see (a protected one is `closed` instead).
  [[nodiscard]] std::optional<PersonView> show(const PersonId& person);

  /// Keeps `needs` unless somebody has changed them since `revision`.
  EditResult edit(const PersonId& person, const Needs& needs, int revision);

  /// Only the columns of the file are changed. Rows of people who are not in the registry, whom the
  /// account may not see, or who stand in the file twice are rejected.
  ImportReport import_needs(const ParsedRows<NeedsRow>& rows);

 private:
  Session* session_;
};

}  // namespace registry
