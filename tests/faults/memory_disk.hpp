// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace faults {

/// One thing the database asked of the disk, in its order.
struct DiskStep {
  enum class Kind : std::uint8_t {
    Write,     ///< `bytes` at `offset` of `file`
    Truncate,  ///< `file` to `offset` bytes
    Sync,      ///< everything written to `file` so far is on the disk; so is its name
    LostSync,  ///< the sync failed: what was written since the last one may be there or not
    Delete,    ///< the name of `file`; on the disk at once when `durable`
    Mark       ///< nothing: `offset` is a number of the test (an acknowledgement)
  };
  Kind kind;
  int file;
  std::int64_t offset = 0;
  std::string bytes;
  bool durable = false;
};

using DiskImage = std::map<std::string, std::string>;

/// A disk in memory under SQLite, as a VFS below the encryption. It fails where it is told to, and
/// logs what happened since `record`, so that a test can ask what a power cut would have left.
/// There is one, used by one thread at a time; the files of the real disk under the same names only
/// say that they exist.
class MemoryDisk {
 public:
  /// The one disk. Its first use makes it the default VFS of the program.
  static MemoryDisk& get();

  /// Replaces everything on the disk and forgets log and faults.
  void load(const DiskImage& image);
  [[nodiscard]] DiskImage image() const;

  /// Logs from here on.
  void record();
  /// What a program that was killed at the moment of `image` would find, with no power cut: the log
  /// goes on as if nothing had happened since.
  void go_back_to(const DiskImage& image, std::size_t log_size);
  void mark(std::int64_t number);
  [[nodiscard]] const std::vector<DiskStep>& log() const { return log_; }
  /// Name of a file number of the log.
  [[nodiscard]] const std::string& name_of(int file) const { return names_.at(std::size_t(file)); }
  [[nodiscard]] const DiskImage& start() const { return start_; }

  /// What fails, counted from now; -1 for nothing.
  struct Faults {
    std::int64_t write = -1;  ///< this write finds the disk full, and every one after it
    std::int64_t sync = -1;   ///< this sync fails, once
  };
  void fail(Faults faults);
  /// Whether one of them has come.
  [[nodiscard]] bool has_failed() const { return has_failed_; }

  struct File;
  struct Vfs;  ///< the functions SQLite calls

 private:
  MemoryDisk();
  int number_of(const std::string& name);
  void put(const DiskImage& image);

  std::map<std::string, std::shared_ptr<File>> files_;
  std::vector<std::string> names_;
  std::vector<DiskStep> log_;
  DiskImage start_;
  Faults faults_;
  bool recording_ = false;
  bool has_failed_ = false;
};

}  // namespace faults
