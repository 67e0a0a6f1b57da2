// SPDX-License-Identifier: Apache-2.0
// The encrypted file (SQLite3MultipleCiphers): key, transactions, checkpoints.
#include "sqlite_backend.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "registry/error.hpp"
#include "schema.hpp"
#include "sql_error.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

/// About 4 MB of write-ahead log before its pages are moved into the file.
constexpr int kCheckpointFrames = 1000;

std::string connect_string(const fs::path& file) {
  const std::string path = fs::absolute(file).string();
  if (path.find('"') != std::string::npos) {
    throw Error("台帳のファイル名に引用符 \" は使えません: " + path);
  }
  return "db=\"" + path + "\"";
}

/// Makes the empty file readable by its owner only; the log files inherit the mode.
void make_private_file(const fs::path& file) {
  // O_EXCL: never take over a file somebody else has put there.
  const int flags = O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() of POSIX is variadic
  const int descriptor = ::open(file.c_str(), flags, S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    const int reason = errno;
    throw Error(reason == EEXIST
                    ? "台帳は既にあります: " + file.string() +
                          "。別の名前にするか、開いてください。"
                    : "台帳を作れません: " + file.string() + "(" + std::strerror(reason) +
                          ")。置き場所と権限を確かめてください。");
  }
  ::close(descriptor);
}

void remove_files(const fs::path& file) noexcept {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    fs::remove(fs::path(file) += suffix, ignored);
  }
}

int remember_frames(void* count, sqlite_api::sqlite3*, const char*, int frames) {
  *static_cast<int*>(count) = frames;
  return SQLITE_OK;
}

}  // namespace

SqliteBackend::SqliteBackend(fs::path file, const BackendNeeds& needs) : file_(std::move(file)) {
  if (needs.mode == OpenMode::Open) {
    if (!fs::exists(file_)) {
      throw Error("台帳が見つかりません: " + file_.string() +
                  "。場所を確かめるか、新しく作ってください。");
    }
    unlock(needs);
    check_identity();
    configure();
    rewrite_log();
    return;
  }
  make_private_file(file_);
  try {
    unlock(needs);
    configure();
  } catch (...) {
    discard();
    throw;
  }
}

void SqliteBackend::discard() noexcept {
  try {
    sql_.close();
  } catch (...) {  // the files are removed in any case
  }
  remove_files(file_);
}

sqlite_api::sqlite3* SqliteBackend::handle() {
  auto* backend = dynamic_cast<soci::sqlite3_session_backend*>(sql_.get_backend());
  TOMONI_EXPECT(backend != nullptr);
  return backend->conn_;
}

/// Sets the cipher and the key before the first page is read. ChaCha20-Poly1305 authenticates each
/// page, so a changed byte is an error instead of a wrong name.
void SqliteBackend::unlock(const BackendNeeds& needs) {
  constexpr std::string_view kPrefix = "raw:";  // a key, not a password to derive one from
  std::array<char, kPrefix.size() + 2 * std::tuple_size_v<StoreKey> + 1> text{};
  std::copy(kPrefix.begin(), kPrefix.end(), text.begin());
  sql_.open(soci::sqlite3, connect_string(file_));
  sodium_bin2hex(text.data() + kPrefix.size(), text.size() - kPrefix.size(), needs.key->data(),
                 needs.key->size());
  sqlite_api::sqlite3_extended_result_codes(handle(), 1);
  sqlite_api::sqlite3_busy_timeout(handle(), static_cast<int>(needs.patience.count()));
  const bool chosen =
      sqlite_api::sqlite3mc_config(handle(), "cipher", CODEC_TYPE_CHACHA20) == CODEC_TYPE_CHACHA20;
  const int result =
      sqlite_api::sqlite3_key_v2(handle(), "main", text.data(), static_cast<int>(text.size() - 1));
  sodium_memzero(text.data(), text.size());
  if (!chosen || result != SQLITE_OK) {
    throw Error("台帳の暗号化を始められません。プログラムの組み立てに誤りがあります。");
  }
}

void SqliteBackend::configure() {
  std::string journal;
  sql_ << "PRAGMA journal_mode = WAL", soci::into(journal);
  if (journal != "wal") {
    throw Error("台帳を置いた場所では安全に書き込めません。手元の記憶装置に置いてください。");
  }
  // FULL: a commit is on the device before it is acknowledged. A failed fsync inside the automatic
  // checkpoint never reaches the caller, so checkpoints are ours (see checkpoint()). LIKE tells
  // capital letters apart as PostgreSQL's does.
  run(R"sql(
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA case_sensitive_like = ON;
    PRAGMA cache_size = -65536;
  )sql");
  sqlite_api::sqlite3_wal_hook(handle(), remember_frames, &wal_frames_);
}

void SqliteBackend::check_identity() {
  int application = 0;
  try {
    sql_ << "PRAGMA application_id", soci::into(application);
  } catch (const soci::sqlite3_soci_error& error) {
    if ((error.result() & 0xFF) != SQLITE_NOTADB) {
      throw;
    }
    application = 0;
  }
  if (application != kApplicationId) {
    throw Error(
        "台帳として開けません: " + file_.string() +
        "。鍵が違うか、台帳ではないか、先頭が壊れています。鍵のファイルと台帳の組合せを確かめ"
        "てください。");
  }
}

int SqliteBackend::version() {
  int version = 0;
  sql_ << "PRAGMA user_version", soci::into(version);
  return version;
}

void SqliteBackend::mark_version(int version) {
  run("PRAGMA application_id = " + std::to_string(kApplicationId));
  run("PRAGMA user_version = " + std::to_string(version));
}

void SqliteBackend::run(const std::string& statement) {
  const int result =
      sqlite_api::sqlite3_exec(handle(), statement.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) {
    note_result(result);
    throw_sqlite_error(result);
  }
}

void SqliteBackend::note_result(int code) {
  if (is_device_error(code)) {
    device_error_ = code;
  }
}

void SqliteBackend::note(const soci::soci_error& error) {
  if (const auto* ours = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    note_result(ours->result());
  }
}

/// Moves the write-ahead log into the file. The data is safe in the log already: a busy or full
/// device only postpones this, but after a failed write nothing more is acknowledged.
void SqliteBackend::checkpoint() {
  note_result(sqlite_api::sqlite3_wal_checkpoint_v2(handle(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                                    nullptr, nullptr));
}

void SqliteBackend::finish_undo() {
  if (!half_undone_) {
    return;
  }
  const int result = sqlite_api::sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  if (sqlite_api::sqlite3_get_autocommit(handle()) == 0) {
    throw_sqlite_error(result);
  }
  half_undone_ = false;
}

void SqliteBackend::begin() {
  finish_undo();
  if (device_error_ != 0) {
    throw Error(
        "記憶装置に書き込めなかったため、台帳を閉じています。装置を確かめてから開き直してください。"
        " [SQLite " +
        std::to_string(device_error_) + "]");
  }
  // IMMEDIATE: the audit row makes every call a writer; waiting happens here and not in the middle.
  sql_ << "BEGIN IMMEDIATE";
}

void SqliteBackend::commit() {
  run("COMMIT");
  if (wal_frames_ >= kCheckpointFrames) {
    checkpoint();
  }
}

void SqliteBackend::rollback() noexcept {
  // After some errors SQLite has rolled back by itself; the refusal then means nothing.
  sqlite_api::sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  half_undone_ = sqlite_api::sqlite3_get_autocommit(handle()) == 0;
}

std::unique_ptr<Backend> open_sqlite(const fs::path& file, const BackendNeeds& needs) {
  return std::make_unique<SqliteBackend>(file, needs);
}

}  // namespace registry
