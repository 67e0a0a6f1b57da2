// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>

#include "backend.hpp"

namespace registry {

/// The encrypted file.
class SqliteBackend final : public Backend {
 public:
  SqliteBackend(std::filesystem::path file, const BackendNeeds& needs);

  /// For what only SQLite can do: backups, a new key.
  [[nodiscard]] sqlite_api::sqlite3* handle();

  [[nodiscard]] int version() override;
  void prepare_tables() override {}
  void mark_version(int version) override;
  void discard() noexcept override;
  void begin() override;
  void commit() override;
  void rollback() noexcept override;
  void make_ready() override { finish_undo(); }
  void run(const std::string& statement) override;
  [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }
  void note(const soci::soci_error& error) override;

 private:
  void unlock(const BackendNeeds& needs);
  void configure();
  void check_identity();
  void checkpoint();
  void note_result(int code);
  /// Ends a transaction whose undoing failed for want of memory.
  void finish_undo();
  void rewrite_log();

  std::filesystem::path file_;
  int wal_frames_ = 0;        ///< in the write-ahead log after the last commit
  int device_error_ = 0;      ///< once set, nothing is acknowledged any more
  bool half_undone_ = false;  ///< a transaction is open that nobody wants
};

}  // namespace registry
