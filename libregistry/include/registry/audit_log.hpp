// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/calendar.hpp"

namespace registry {

using AuditHash = std::array<std::uint8_t, 32>;

/// One line of the log: who did what to whom, why, when; never the data itself.
struct AuditEntry {
  std::int64_t number = 0;  ///< 1, 2, ... without gaps
  Instant at;
  std::string actor;
  std::string purpose;
  std::string action;   ///< e.g. import_residents, show_registrant
  std::string subject;  ///< id of a person or empty
  std::string detail;   ///< counts and kinds only
  AuditHash hash{};     ///< over this entry's fields and the hash of the one before
};

/// BLAKE2b-256 over the previous hash and the length-prefixed fields of the entry.
[[nodiscard]] AuditHash chain_hash(const AuditHash& previous, const AuditEntry& entry);

/// Number of the first entry whose hash or number does not fit, or nothing when all do.
[[nodiscard]] std::optional<std::int64_t> first_broken(const std::vector<AuditEntry>& entries);

}  // namespace registry
