// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/alert.hpp"
#include "xml_tree.hpp"

namespace registry {

/// What one item of a document says, before the rules have been asked.
struct AlertClaim {
  std::string code;
  std::string name;
  std::string status;  ///< Kind/Status; empty where the product has none
};

/// Where it says so.
struct AlertWhere {
  bool whole_city = true;
  std::vector<AlertArea> areas;
};

/// Collects the notices of one document. Borrows the rules.
class AlertBuilder {
 public:
  AlertBuilder(const AlertRules& rules, std::string product, AlertDocument document)
      : rules_(&rules), product_(std::move(product)), document_(std::move(document)) {}

  /// A claim the rules do not know becomes a doubt.
  void add(const AlertClaim& claim, const AlertWhere& where);
  /// An order, whose hazard no kind tells.
  void add_order(const AlertClaim& claim, const AlertWhere& where, HazardKind hazard);
  [[nodiscard]] AlertDocument take() { return std::move(document_); }

 private:
  [[nodiscard]] const AlertKind* find(const AlertClaim& claim);
  [[nodiscard]] AlertStatus status_of(const AlertKind& kind, const AlertClaim& claim);
  void push(const AlertKind& kind, const AlertClaim& claim, const AlertWhere& where,
            HazardKind hazard);

  const AlertRules* rules_;
  std::string product_;
  AlertDocument document_;
};

/// Whether an area's code is the city's: five digits of JIS X 0402, six with the check digit, seven
/// as 気象庁 writes them (細分区域), or one of the rules' own.
[[nodiscard]] bool is_own(std::string_view code, const AlertPlace& place, const AlertRules& rules);

/// A reason a person will read beside the file. Throws `InputError`.
[[noreturn]] void refuse_alert(const std::string& why);

/// The moment at a path. Throws `InputError` when it is missing or outside the limits.
[[nodiscard]] Instant alert_moment(const std::string& text, const AlertRules& rules,
                                   const AlertPlace& place);

[[nodiscard]] AlertDocument read_jma_report(const XmlNode& report, const AlertRules& rules,
                                            const AlertPlace& place);
[[nodiscard]] AlertDocument read_commons_order(const XmlNode& root, const AlertRules& rules,
                                               const AlertPlace& place);

}  // namespace registry
