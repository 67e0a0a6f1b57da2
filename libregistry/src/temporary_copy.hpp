// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

namespace registry {

/// A lock on the folder of a store: shared by those who make copies beside it, alone for whoever
/// removes them. The system frees it when a program is killed, so copies that nobody's lock covers
/// belong to nobody.
class CopyLock {
 public:
  CopyLock(const CopyLock&) = delete;
  CopyLock(CopyLock&&) = delete;
  CopyLock& operator=(const CopyLock&) = delete;
  CopyLock& operator=(CopyLock&&) = delete;
  /// Alone, unless somebody else holds it.
  explicit CopyLock(const std::filesystem::path& store);
  ~CopyLock();
  [[nodiscard]] bool is_alone() const { return is_alone_; }
  /// From now on with others; waits for one who is alone.
  void share();

 private:
  int descriptor_;
  bool is_alone_;
};

/// Copies of a store that a backup left which was killed, with their logs; none while one runs.
[[nodiscard]] std::vector<std::filesystem::path> abandoned_copies(
    const std::filesystem::path& store);

/// The place of a copy beside the store that lives as long as this. Removes abandoned ones first.
class TemporaryCopy {
 public:
  TemporaryCopy(const TemporaryCopy&) = delete;
  TemporaryCopy(TemporaryCopy&&) = delete;
  TemporaryCopy& operator=(const TemporaryCopy&) = delete;
  TemporaryCopy& operator=(TemporaryCopy&&) = delete;
  explicit TemporaryCopy(const std::filesystem::path& store);
  ~TemporaryCopy();
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  CopyLock lock_;
  std::filesystem::path file_;
};

}  // namespace registry
