// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/audit_log.hpp"

namespace registry {

/// BLAKE2b-256 over fields written one after another. Every field is preceded by its length, so
/// that ("ab", "c") and ("a", "bc") differ; numbers are 8 bytes, least significant first.
class Digest {
 public:
  void add(std::string_view field);
  void add(std::int64_t number);
  void add(double number);
  [[nodiscard]] AuditHash finish() const;

 private:
  std::string bytes_;
};

[[nodiscard]] std::string to_hex(const AuditHash& hash);
/// All zeros for anything but 64 hexadecimal digits: no entry has that hash.
[[nodiscard]] AuditHash hash_from_hex(std::string_view text);

}  // namespace registry
