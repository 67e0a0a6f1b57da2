// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/disclosure.hpp"
#include "registry/handover.hpp"
#include "registry/table_io.hpp"

namespace registry {

/// Leave to hand one person's data over. There is none but by `grant_disclosure`.
class Grant {
 public:
  [[nodiscard]] const PersonId& person() const { return person_; }
  [[nodiscard]] const DisclosureDecision& decision() const { return decision_; }

 private:
  friend struct GrantOrDenial grant_disclosure(const PersonId&, const DisclosureRequest&,
                                               const DisclosurePolicy&, const ConsentView&,
                                               const EmergencyDecision*);
  Grant(PersonId person, DisclosureDecision decision)
      : person_(std::move(person)), decision_(std::move(decision)) {}
  PersonId person_;
  DisclosureDecision decision_;
};

struct GrantOrDenial {
  std::optional<Grant> grant;
  DisclosureDecision decision;  ///< of the denial, or of the approval still due, as well
};

/// `decide_disclosure` for one person.
[[nodiscard]] GrantOrDenial grant_disclosure(const PersonId& person,
                                             const DisclosureRequest& request,
                                             const DisclosurePolicy& policy,
                                             const ConsentView& consent,
                                             const EmergencyDecision* decision);

/// A row of the ledger that has been written. Only the ledger gives them out.
class LedgerRow {
 public:
  [[nodiscard]] const Handover& handover() const { return handover_; }

 private:
  friend class HandoverDesk;
  explicit LedgerRow(Handover handover) : handover_(std::move(handover)) {}
  Handover handover_;
};

/// A list that may leave the house: every line has its grant, the whole its row in the ledger. Each
/// line carries serial, recipient, legal basis, date of return and the duty of secrecy.
class DisclosureList {
 public:
  /// `rows` and `areas` are in the order of `grants`.
  DisclosureList(LedgerRow row, const std::vector<Grant>& grants, Table rows,
                 std::vector<std::string> areas);

  [[nodiscard]] const Handover& handover() const { return row_.handover(); }
  [[nodiscard]] const Table& table() const { return table_; }
  /// How many columns of `table()`, from the left, are the profile's; the rest says which copy it
  /// is and how to treat it.
  [[nodiscard]] std::size_t profile_columns() const { return profile_columns_; }
  /// Who stands in each row.
  [[nodiscard]] const std::vector<PersonId>& people() const { return people_; }
  /// For headings: the 自治会 in which each home lies, or else its 町丁目.
  [[nodiscard]] const std::vector<std::string>& areas() const { return areas_; }
  [[nodiscard]] CsvOutput csv(CsvEncoding encoding) const { return write_csv(table_, encoding); }

 private:
  LedgerRow row_;
  Table table_;
  std::size_t profile_columns_;
  std::vector<PersonId> people_;
  std::vector<std::string> areas_;
};

/// The duty that goes with every copy (49条の12, 13, 16, 17).
[[nodiscard]] std::string_view duty_text();

}  // namespace registry
