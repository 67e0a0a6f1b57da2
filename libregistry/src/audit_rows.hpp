// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/audit_log.hpp"
#include "registry/ids.hpp"
#include "sql_types.hpp"

namespace registry {

/// What the subject of a row begins with that is about several people.
inline constexpr std::string_view kSetPrefix = "set:";

/// Name of a set of people: the prefix and the hash over their sorted ids.
[[nodiscard]] std::string audit_set_name(std::vector<PersonId>& people);

/// The subject for the row of a call about these people; stores the set when it is new.
[[nodiscard]] std::string audit_subject(soci::session& sql, const std::vector<PersonId>& people);

/// Newest row: number and hash, or zeros.
struct AuditTip {
  std::int64_t number = 0;
  AuditHash hash{};
};
[[nodiscard]] AuditTip audit_tip(soci::session& sql);
void insert_audit_row(soci::session& sql, const AuditEntry& entry);
void insert_audit_head(soci::session& sql, const AuditHead& head);

/// Calls `into(statement)` columns of `AuditEntry` in the order number, at, actor, purpose, action,
/// subject, detail, hash.
struct AuditRow {
  long long number = 0;
  long long at = 0;
  std::string hash;
  AuditEntry entry;
  void receive(soci::statement& statement);
  [[nodiscard]] const AuditEntry& read();
};
inline constexpr const char* kAuditColumns =
    "l.number, l.at, l.actor, l.purpose, l.action, l.subject, l.detail, l.hash";

}  // namespace registry
