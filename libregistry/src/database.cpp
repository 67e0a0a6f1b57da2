// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "registry/error.hpp"
#include "schema.hpp"

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

Database::Database(const fs::path& file, const StoreKey& key, Surroundings surroundings, Mode mode)
    : surroundings_(std::move(surroundings)) {
  if (sodium_init() < 0) {
    throw Error("暗号ライブラリーを初期化できません。");
  }
  if (mode == Mode::Open) {
    if (!fs::exists(file)) {
      throw Error("台帳が見つかりません: " + file.string() +
                  "。場所を確かめるか、新しく作ってください。");
    }
    translated([&] {
      sql_.open(soci::sqlite3, connect_string(file));
      unlock(key);
    });
    check_identity(file);
    return;
  }
  make_private_file(file);
  try {
    translated([&] {
      sql_.open(soci::sqlite3, connect_string(file));
      unlock(key);
      configure();
    });
    migrate(*this, 0);
  } catch (...) {
    sql_.close();
    remove_files(file);
    throw;
  }
}

sqlite_api::sqlite3* Database::handle() {
  auto* backend = dynamic_cast<soci::sqlite3_session_backend*>(sql_.get_backend());
  TOMONI_EXPECT(backend != nullptr);
  return backend->conn_;
}

/// Sets the cipher and the key before the first page is read. ChaCha20-Poly1305 authenticates each
/// page, so a changed byte is an error instead of a wrong name.
void Database::unlock(const StoreKey& key) {
  constexpr std::string_view kPrefix = "raw:";  // a key, not a password to derive one from
  std::array<char, kPrefix.size() + 2 * std::tuple_size_v<StoreKey> + 1> text{};
  std::copy(kPrefix.begin(), kPrefix.end(), text.begin());
  sodium_bin2hex(text.data() + kPrefix.size(), text.size() - kPrefix.size(), key.data(),
                 key.size());
  sqlite_api::sqlite3_extended_result_codes(handle(), 1);
  sqlite_api::sqlite3_busy_timeout(handle(), static_cast<int>(surroundings_.patience.count()));
  const bool chosen =
      sqlite_api::sqlite3mc_config(handle(), "cipher", CODEC_TYPE_CHACHA20) == CODEC_TYPE_CHACHA20;
  const int result =
      sqlite_api::sqlite3_key_v2(handle(), "main", text.data(), static_cast<int>(text.size() - 1));
  sodium_memzero(text.data(), text.size());
  if (!chosen || result != SQLITE_OK) {
    throw Error("台帳の暗号化を始められません。プログラムの組み立てに誤りがあります。");
  }
}

void Database::configure() {
  std::string journal;
  sql_ << "PRAGMA journal_mode = WAL", soci::into(journal);
  if (journal != "wal") {
    throw Error("台帳を置いた場所では安全に書き込めません。手元の記憶装置に置いてください。");
  }
  // FULL: a commit is on the device before it is acknowledged. A failed fsync inside the automatic
  // checkpoint never reaches the caller, so checkpoints are ours (see checkpoint()).
  run_script(R"sql(
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA cache_size = -65536;
  )sql");
  sqlite_api::sqlite3_wal_hook(handle(), remember_frames, &wal_frames_);
}

void Database::check_identity(const fs::path& file) {
  int application = 0;
  int version = 0;
  try {
    sql_ << "PRAGMA application_id", soci::into(application);
    sql_ << "PRAGMA user_version", soci::into(version);
  } catch (const soci::sqlite3_soci_error& error) {
    if ((error.result() & 0xFF) != SQLITE_NOTADB) {
      throw_sql_error(error.result());
    }
    application = 0;
  }
  if (application != kApplicationId) {
    throw Error(
        "台帳として開けません: " + file.string() +
        "。鍵が違うか、台帳ではないか、先頭が壊れています。鍵のファイルと台帳の組合せを確かめ"
        "てください。");
  }
  if (version > schema_version()) {
    throw Error("この台帳は新しい版のプログラムで作られています(台帳の版 " +
                std::to_string(version) + "、このプログラムが扱える版 " +
                std::to_string(schema_version()) + " まで)。プログラムを新しくしてください。");
  }
  translated([&] { configure(); });
  rewrite_log();
  migrate(*this, version);
}

std::string Database::new_id(Instant at) const {
  return make_ulid(at, surroundings_.random);
}

void Database::run_script(const char* script) {
  const int result = sqlite_api::sqlite3_exec(handle(), script, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) {
    throw_sql_error(result);
  }
}

void Database::note_result(int code) {
  if (is_device_error(code)) {
    device_error_ = code;
  }
}

void Database::finish_undo() {
  if (!half_undone_) {
    return;
  }
  const int result = sqlite_api::sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  if (sqlite_api::sqlite3_get_autocommit(handle()) == 0) {
    throw_sql_error(result);
  }
  half_undone_ = false;
}

/// Moves the write-ahead log into the file. The data is safe in the log already: a busy or full
/// device only postpones this, but after a failed write nothing more is acknowledged.
void Database::checkpoint() {
  note_result(sqlite_api::sqlite3_wal_checkpoint_v2(handle(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                                    nullptr, nullptr));
}

Database::Transaction::Transaction(Database& database)
    : database_(database), savepoint_(database.in_group_) {
  if (database_.device_error_ != 0) {
    throw Error(
        "記憶装置に書き込めなかったため、台帳を閉じています。装置を確かめてから開き直してください。"
        " [SQLite " +
        std::to_string(database_.device_error_) + "]");
  }
  if (database_.group_lost_) {
    throw Error(
        "まとめて保存する途中で失敗しました。何も保存していません。もう一度実行してください。");
  }
  // IMMEDIATE: the audit row makes every call a writer; waiting happens here and not in the middle.
  database_.sql_ << (savepoint_ ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
}

Database::Transaction::~Transaction() {
  if (!open_) {
    return;
  }
  const char* undo = savepoint_ ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK";
  const int result = sqlite_api::sqlite3_exec(database_.handle(), undo, nullptr, nullptr, nullptr);
  // After some errors (disk full, memory) SQLite has undone the whole transaction by itself. For a
  // whole one the refusal then means nothing; a part takes the others with it.
  if (savepoint_ && result != SQLITE_OK) {
    database_.group_lost_ = true;
  }
  database_.half_undone_ =
      !savepoint_ && sqlite_api::sqlite3_get_autocommit(database_.handle()) == 0;
}

void Database::Transaction::commit() {
  const char* end = savepoint_ ? "RELEASE part" : "COMMIT";
  const int result = sqlite_api::sqlite3_exec(database_.handle(), end, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) {
    database_.note_result(result);
    throw_sql_error(result);
  }
  open_ = false;
  if (!savepoint_ && database_.wal_frames_ >= kCheckpointFrames) {
    database_.checkpoint();
  }
}

}  // namespace registry
