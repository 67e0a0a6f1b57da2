// SPDX-License-Identifier: Apache-2.0
#include "digest.hpp"

#include <sodium.h>

#include <bit>

#include "registry/error.hpp"

namespace registry {

void Digest::add(std::string_view field) {
  add(static_cast<std::int64_t>(field.size()));
  bytes_.append(field);
}

void Digest::add(std::int64_t number) {
  auto rest = static_cast<std::uint64_t>(number);
  for (int i = 0; i < 8; ++i) {
    bytes_.push_back(static_cast<char>(rest & 0xFFU));
    rest >>= 8U;
  }
}

void Digest::add(double number) {
  add(std::bit_cast<std::int64_t>(number));
}

AuditHash Digest::finish() const {
  AuditHash hash{};
  const auto* bytes = reinterpret_cast<const unsigned char*>(bytes_.data());
  const int result = crypto_generichash(hash.data(), hash.size(), bytes, bytes_.size(), nullptr, 0);
  TOMONI_EXPECT(result == 0);
  return hash;
}

std::string to_hex(const AuditHash& hash) {
  std::string text(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  text.pop_back();
  return text;
}

AuditHash hash_from_hex(std::string_view text) {
  AuditHash hash{};
  std::size_t length = 0;
  const int result =
      sodium_hex2bin(hash.data(), hash.size(), text.data(), text.size(), nullptr, &length, nullptr);
  if (result != 0 || length != hash.size() || text.size() != 2 * hash.size()) {
    return {};
  }
  return hash;
}

}  // namespace registry
