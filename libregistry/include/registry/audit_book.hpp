// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/audit_log.hpp"
#include "registry/ids.hpp"

namespace registry {

class Session;

/// What to verify the log against, beside itself.
struct AuditWitness {
  std::optional<AuditHead> anchor;
  std::string trusted_key;  ///< public key of the city's key file; empty = any the log names
};

/// Reading, signing and checking the audit log. Auditors see pseudonyms instead of people.
class AuditBook {
 public:
  explicit AuditBook(Session& session);

  /// Rows from number `from` on, at most `limit`.
  [[nodiscard]] std::vector<AuditEntry> list(std::int64_t from, std::size_t limit);
  /// Every row that touched the person: reads, prints, hand-overs, changes, and refusals.
  [[nodiscard]] std::vector<AuditEntry> who_saw(const PersonId& person);

  /// Signs the newest row. Throws `Error` when no key has been given to the registry.
  AuditHead anchor();
  /// Reads the whole log once, in constant memory, and names the first bad row.
  [[nodiscard]] AuditVerification verify(const AuditWitness& witness);

 private:
  Session* session_;
};

}  // namespace registry
