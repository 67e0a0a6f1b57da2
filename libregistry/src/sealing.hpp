// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/paper_key.hpp"

/// Small words over libsodium. Keys are 32 bytes everywhere.
namespace registry::sealing {

using Key = std::array<unsigned char, 32>;
using Bytes = std::vector<unsigned char>;

/// Throws `Error` when libsodium cannot be used.
void need_sodium();

/// BLAKE2b-256.
[[nodiscard]] Key hash(std::span<const unsigned char> bytes);
[[nodiscard]] Key keyed_hash(const Key& key, std::string_view text);

/// Encrypts a key under another one (XSalsa20-Poly1305, a nonce in front).
[[nodiscard]] Bytes wrap(const Key& inner, const Key& outer);
/// Nothing when it was not wrapped by `outer` or is damaged.
[[nodiscard]] std::optional<Key> unwrap(std::span<const unsigned char> box, const Key& outer);

/// Encrypts a key to a public key; the owner of the paper opens it (X25519 sealed box).
[[nodiscard]] Bytes seal(const Key& inner, const PublicKey& to);
[[nodiscard]] std::optional<Key> unseal(std::span<const unsigned char> box, const PaperKey& key);

[[nodiscard]] std::string to_hex(std::span<const unsigned char> bytes);
/// Nothing for anything but an even number of hexadecimal digits.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);
[[nodiscard]] std::optional<Key> key_from_hex(std::string_view text);

}  // namespace registry::sealing
