// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace documents {

struct ZipEntry {
  std::string name;  ///< UTF-8 with `/` between folders
  std::string bytes;
};

/// A ZIP archive of at least one entry, made in memory so that nothing it holds lies on a disk on
/// the way. Every entry has the date 1980-01-01: the same entries give the same bytes. With a
/// passphrase every entry is encrypted with AES-256 (WinZip AE; 7-Zip opens it, Info-ZIP's unzip
/// does not), and the salt makes each archive another one. Throws `registry::Error` when memory
/// runs out.
[[nodiscard]] std::string zip_file(std::span<const ZipEntry> entries,
                                   const std::string& passphrase = {});

}  // namespace documents
