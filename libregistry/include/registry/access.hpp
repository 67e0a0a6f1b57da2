// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace registry {

/// What an account is for (safety.md, "Roles").
enum class Role : std::uint8_t {
  Admin,              ///< 危機管理課
  ElderSection,       ///< 高齢者支援課
  DisabilitySection,  ///< 障害福祉課
  Reader,             ///< reads the districts in scope
  Supporter,          ///< 避難支援等実施者: only the people assigned to him or her
  Agency,             ///< police, fire: what was handed over
  Auditor,            ///< the audit log, people as pseudonyms
  Operator            ///< starts, stops, backs up; sees nobody
};

/// Everything a session can do. Each has one row in the table of permissions (action_rules.cpp);
/// one without a row does not compile.
enum class Action : std::uint8_t {
  // city files
  ImportAreas,
  ImportResidents,
  ImportCare,
  ImportDisability,
  ImportSupporters,
  ImportShelters,
  // city files as reviewed diffs
  ImportIntractable,
  ImportVoluntary,
  PreviewImport,
  ListImports,
  ShowImport,
  ShowImportNames,
  ExcludeFromImport,
  ApproveImport,
  RevertImport,
  DropImport,
  ShowReviewQueue,
  DecideReviewQueue,
  // registers
  RunEligibility,
  ListRegistrants,
  ShowRegistrant,
  // plans
  StorePlans,
  ShowPlan,
  ListPlans,
  // what leaves the house
  Output
};

/// A set of roles.
class RoleSet {
 public:
  template <class... Roles>
  constexpr explicit RoleSet(Roles... roles) : bits_((0U | ... | bit(roles))) {}
  [[nodiscard]] constexpr bool contains(Role role) const { return (bits_ & bit(role)) != 0; }

 private:
  static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
  unsigned bits_;
};

/// One row of the table of permissions.
struct ActionRule {
  Action action;
  std::string_view name;  ///< as it stands in the audit log, e.g. import_residents
  RoleSet roles;          ///< who may do it at all; all others are refused
};

[[nodiscard]] const ActionRule& rule_of(Action action);

}  // namespace registry
