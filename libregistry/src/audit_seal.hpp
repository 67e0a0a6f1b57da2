// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "registry/audit_log.hpp"

namespace registry {

/// Signs heads of the audit log (Ed25519).
class AuditSigner {
 public:
  explicit AuditSigner(const AuditKey& seed);
  [[nodiscard]] AuditHead sign(std::int64_t number, Instant at, const AuditHash& hash) const;

 private:
  std::array<unsigned char, 64> secret_{};
  std::string public_key_;
};

/// Whether the head's signature is that of its key over its other fields.
[[nodiscard]] bool seal_holds(const AuditHead& head);

}  // namespace registry
