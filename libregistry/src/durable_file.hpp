// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace registry {

/// A file under a temporary name beside its place, readable by its owner only, that appears whole
/// or not at all: `keep` syncs it, renames it and syncs the folder. All errors are `Error`.
class DurableFile {
 public:
  DurableFile(const DurableFile&) = delete;
  DurableFile(DurableFile&&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;
  DurableFile& operator=(DurableFile&&) = delete;
  explicit DurableFile(std::filesystem::path place);
  /// Removes what was not kept.
  ~DurableFile();

  void write(std::span<const unsigned char> bytes);
  void write(std::string_view text);
  [[nodiscard]] std::uintmax_t size() const { return size_; }
  /// Replaces what was in the place.
  void keep();

 private:
  [[noreturn]] void fail(int reason);

  std::filesystem::path place_;
  std::string temporary_;
  int descriptor_;
  std::uintmax_t size_ = 0;
};

void write_durably(const std::filesystem::path& file, std::string_view text);

/// The whole file; throws `Error`.
[[nodiscard]] std::string read_whole(const std::filesystem::path& file);

/// Renames durably: after a power cut the old or the new name is there.
void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes the names in a folder durable.
void sync_folder(const std::filesystem::path& folder);

/// Syncs the bytes of a file that somebody else wrote.
void sync_file(const std::filesystem::path& file);

}  // namespace registry
