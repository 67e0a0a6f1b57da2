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

/// Seed of the Ed25519 key that signs the log; kept in a file of its own outside the store.
using AuditKey = std::array<unsigned char, 32>;

/// The log up to one row, signed. Printed or kept outside the machine it is an anchor: what the
/// chain alone cannot show, a tail cut off or a chain made anew, shows against it.
struct AuditHead {
  std::int64_t number = 0;
  Instant at;
  AuditHash hash{};
  std::string public_key;  ///< 64 hexadecimal digits
  std::string signature;   ///< 128
};

/// Every how many rows a head is signed while a key is at hand.
inline constexpr std::int64_t kRowsPerHead = 1000;

/// As text for the daily sheet, one value per line; reading it back ignores spaces and all lines
/// that are not its own. Throws `InputError` when a value is missing or malformed.
[[nodiscard]] std::string to_text(const AuditHead& head);
[[nodiscard]] AuditHead parse_audit_head(std::string_view text);
[[nodiscard]] std::string public_key_of(const AuditKey& key);

enum class AuditFault : std::uint8_t {
  None,
  RowChanged,       ///< changed, inserted or moved: its hash does not fit
  RowMissing,       ///< a gap in the numbers
  TailMissing,      ///< rows an anchor or a signed head knows of are gone from the end
  HeadForged,       ///< a head whose signature does not hold or whose key is not the trusted one
  ChainRewritten,   ///< the rows fit each other but not the head or anchor at this number
  SubjectsChanged,  ///< the list of people a row speaks of is not the one it was
};
[[nodiscard]] std::string_view to_text(AuditFault fault);

struct AuditVerification {
  std::int64_t rows = 0;
  std::int64_t heads = 0;       ///< signatures checked
  std::int64_t trusted_to = 0;  ///< last row under a good head or anchor
  AuditFault fault = AuditFault::None;
  std::optional<std::int64_t> first_bad;
};

/// Number of the first entry whose hash or number does not fit, or nothing when all do.
[[nodiscard]] std::optional<std::int64_t> first_broken(const std::vector<AuditEntry>& entries);

}  // namespace registry
