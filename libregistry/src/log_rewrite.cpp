// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "sql_error.hpp"
#include "sqlite_backend.hpp"

namespace registry {
namespace {

using sqlite_api::sqlite3_file;
using sqlite_api::sqlite3_int64;
using sqlite_api::sqlite3_vfs;

constexpr int kPiece = 65536;

/// A file as the file system below the encryption sees it.
class RawFile {
 public:
  RawFile(const RawFile&) = delete;
  RawFile(RawFile&&) = delete;
  RawFile& operator=(const RawFile&) = delete;
  RawFile& operator=(RawFile&&) = delete;
  explicit RawFile(const std::string& name)
      // The encrypting file system keeps the one it stands on here.
      : below_(static_cast<sqlite3_vfs*>(sqlite_api::sqlite3_vfs_find(nullptr)->pAppData)),
        place_(static_cast<std::size_t>(below_->szOsFile) / sizeof(std::max_align_t) + 1),
        file_(reinterpret_cast<sqlite3_file*>(place_.data())),
        opened_(below_->xOpen(below_, name.c_str(), file_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL,
                              nullptr) == SQLITE_OK) {}
  ~RawFile() {
    if (file_->pMethods != nullptr) {
      file_->pMethods->xClose(file_);
    }
  }

  [[nodiscard]] bool opened() const { return opened_; }

  /// Writes every byte anew where it stands, and syncs. A result code.
  int rewrite() {
    sqlite3_int64 size = 0;
    int result = file_->pMethods->xFileSize(file_, &size);
    std::vector<char> piece(kPiece);
    for (sqlite3_int64 at = 0; result == SQLITE_OK && at < size; at += kPiece) {
      const int amount = static_cast<int>(std::min<sqlite3_int64>(kPiece, size - at));
      result = file_->pMethods->xRead(file_, piece.data(), amount, at);
      if (result == SQLITE_OK) {
        result = file_->pMethods->xWrite(file_, piece.data(), amount, at);
      }
    }
    return result == SQLITE_OK && size > 0 ? file_->pMethods->xSync(file_, SQLITE_SYNC_NORMAL)
                                           : result;
  }

 private:
  sqlite3_vfs* below_;
  std::vector<std::max_align_t> place_;  ///< SQLite lays its file objects into memory of the caller
  sqlite3_file* file_;
  bool opened_;
};

}  // namespace

/// After a failed sync the operating system may hold pages it believes to be on the disk. A log
/// left by a process that died then reads whole and is not: what is built on it is lost with the
/// next power cut. So whoever opens a log writes it anew first, while nobody else writes to it.
void SqliteBackend::rewrite_log() {
  const char* name = sqlite_api::sqlite3_db_filename(handle(), "main");
  RawFile log(std::string(name) + "-wal");
  if (!log.opened()) {
    return;  // no log
  }
  const int begun =
      sqlite_api::sqlite3_exec(handle(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  if ((begun & 0xFF) == SQLITE_BUSY) {
    return;  // somebody alive is writing: he did this
  }
  const int result = begun == SQLITE_OK ? log.rewrite() : begun;
  sqlite_api::sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) {
    throw_sqlite_error(result);
  }
}

}  // namespace registry
