// SPDX-License-Identifier: Apache-2.0
#include "registry/audit_log.hpp"

#include "digest.hpp"

namespace registry {

AuditHash chain_hash(const AuditHash& previous, const AuditEntry& entry) {
  Digest digest;
  digest.add(std::string_view(reinterpret_cast<const char*>(previous.data()), previous.size()));
  digest.add(entry.number);
  digest.add(entry.at.milliseconds);
  digest.add(entry.actor);
  digest.add(entry.purpose);
  digest.add(entry.action);
  digest.add(entry.subject);
  digest.add(entry.detail);
  return digest.finish();
}

std::optional<std::int64_t> first_broken(const std::vector<AuditEntry>& entries) {
  AuditHash previous{};  // the chain begins with 32 zero bytes
  std::int64_t expected = 1;
  for (const AuditEntry& entry : entries) {
    if (entry.number != expected || entry.hash != chain_hash(previous, entry)) {
      return entry.number;
    }
    previous = entry.hash;
    ++expected;
  }
  return std::nullopt;
}

}  // namespace registry
