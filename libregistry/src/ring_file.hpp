// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sealing.hpp"

namespace registry {

/// One data key as it stands in the ring: wrapped once per machine key, sealed to the recovery key.
struct RingSlot {
  std::vector<sealing::Bytes> machines;
  sealing::Bytes recovery;  ///< empty when there is no recovery key
};

/// The ring file (docs/file_formats.md). The seal, keyed by the first data key, covers all the
/// rest: nobody without a key can put another recovery key in.
struct RingFile {
  std::vector<RingSlot> slots;
  std::optional<PublicKey> recovery;
  sealing::Key seal{};

  [[nodiscard]] sealing::Key expected_seal(const sealing::Key& data) const;
};

[[nodiscard]] std::string to_text(const RingFile& ring);
/// Throws `Error` naming the file when it is not a ring or damaged.
[[nodiscard]] RingFile read_ring_file(const std::filesystem::path& file);

/// What stands in a key file.
struct KeyFile {
  bool plain = false;  ///< the data key itself, as the first version kept it
  sealing::Key key{};
};

[[nodiscard]] std::string to_text(const KeyFile& key);
/// Throws `Error` for a missing or damaged file and for one that others than its owner may read.
[[nodiscard]] KeyFile read_key_file(const std::filesystem::path& file);

}  // namespace registry
