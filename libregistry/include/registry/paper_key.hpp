// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace registry {

/// What a key kept on paper or a stick is for; one is never taken for the other.
enum class PaperKeyUse : std::uint8_t {
  Recovery,  ///< opens the store when the machine's key is lost
  Backup     ///< opens backups
};

/// What others seal things to (X25519).
using PublicKey = std::array<unsigned char, 32>;

/// A secret that is kept off the machine, typed in by people when it is needed.
struct PaperKey {
  PaperKeyUse use = PaperKeyUse::Recovery;
  std::array<unsigned char, 32> secret{};

  [[nodiscard]] PublicKey public_key() const;
};

[[nodiscard]] PaperKey make_paper_key(PaperKeyUse use);

/// 13 groups of five characters, five groups to a line; the fifth character of a group checks the
/// other four and the place of the group.
[[nodiscard]] std::string to_text(const PaperKey& key);

/// Reads it back as people type it: small or full-width letters, O for 0, I or L for 1, with any
/// spaces, hyphens and line breaks. Throws `InputError` naming the first group that was mistyped,
/// or a key that is for something else.
[[nodiscard]] PaperKey parse_paper_key(std::string_view text, PaperKeyUse use);

/// One line of 64 hexadecimal digits, and back. Throws `InputError` for anything else.
[[nodiscard]] std::string public_key_text(const PublicKey& key);
[[nodiscard]] PublicKey parse_public_key(std::string_view text);

/// 16 hexadecimal digits that name a key in files and messages without telling it.
[[nodiscard]] std::string key_name(const PublicKey& key);

}  // namespace registry
