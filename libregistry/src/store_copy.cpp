// SPDX-License-Identifier: Apache-2.0
#include "store_copy.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <string>
#include <string_view>
#include <utility>

#include "durable_file.hpp"
#include "registry/error.hpp"
#include "sql_error.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

constexpr int kPatienceMs = 5000;

/// A connection of its own to a store file.
class Connection {
 public:
  Connection(const Connection&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(const Connection&) = delete;
  Connection& operator=(Connection&&) = delete;
  explicit Connection(const KeyedFile& store, int flags = SQLITE_OPEN_READWRITE) {
    const int opened = sqlite3_open_v2(store.file.c_str(), &handle_, flags, nullptr);
    if (opened == SQLITE_OK) {
      unlock(store.key);
      return;
    }
    sqlite3_close(handle_);
    throw_sqlite_error(opened);
  }
  ~Connection() { close(); }

  [[nodiscard]] sqlite3* get() const { return handle_; }

  void close() {
    sqlite3_close(handle_);
    handle_ = nullptr;
  }

  [[nodiscard]] int try_run(const char* sql) const {
    return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  }

  void run(const char* sql) const {
    if (const int result = try_run(sql); result != SQLITE_OK) {
      throw_sqlite_error(result);
    }
  }

  /// The one value a query gives.
  [[nodiscard]] std::string ask(const char* sql) const {
    std::string answer;
    const auto keep = [](void* to, int, char** values, char**) {
      if (values[0] != nullptr) {
        *static_cast<std::string*>(to) = values[0];
      }
      return 0;
    };
    if (const int result = sqlite3_exec(handle_, sql, keep, &answer, nullptr);
        result != SQLITE_OK) {
      throw_sqlite_error(result);
    }
    return answer;
  }

 private:
  void unlock(const StoreKey& key) const {
    constexpr std::string_view kPrefix = "raw:";  // a key, not a password to derive one from
    std::array<char, kPrefix.size() + 2 * std::tuple_size_v<StoreKey> + 1> text{};
    std::ranges::copy(kPrefix, text.begin());
    sodium_bin2hex(text.data() + kPrefix.size(), text.size() - kPrefix.size(), key.data(),
                   key.size());
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, kPatienceMs);
    sqlite3mc_config(handle_, "cipher", CODEC_TYPE_CHACHA20);
    const int result =
        sqlite3_key_v2(handle_, "main", text.data(), static_cast<int>(text.size() - 1));
    sodium_memzero(text.data(), text.size());
    if (result != SQLITE_OK) {
      throw_sqlite_error(result);
    }
  }

  sqlite3* handle_ = nullptr;
};

void copy_pages(const Connection& from, const Connection& to) {
  sqlite3_backup* copy = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (copy == nullptr) {
    throw_sqlite_error(sqlite3_extended_errcode(to.get()));
  }
  // All pages in one step: one read transaction, hence one moment; with a write-ahead log nobody
  // waits for a reader.
  const int stepped = sqlite3_backup_step(copy, -1);
  const int finished = sqlite3_backup_finish(copy);
  if (stepped != SQLITE_DONE) {
    throw_sqlite_error(stepped);
  }
  if (finished != SQLITE_OK) {
    throw_sqlite_error(finished);
  }
}

/// Fills a file that is not there yet.
void copy_into_new(const Connection& source, const KeyedFile& to) {
  if (fs::exists(to.file)) {
    throw Error("写しを作る場所に既にファイルがあります: " + to.file.string() +
                "。別の名前にしてください。");
  }
  try {
    DurableFile(to.file).keep();  // empty, and its owner's only
    {
      const Connection target(to);
      copy_pages(source, target);
    }
    sync_file(to.file);
  } catch (...) {
    remove_with_logs(to.file);
    throw;
  }
}

/// Keeps the file behind a name reachable while another takes its name.
class Fence {
 public:
  Fence(const Fence&) = delete;
  Fence(Fence&&) = delete;
  Fence& operator=(const Fence&) = delete;
  Fence& operator=(Fence&&) = delete;
  explicit Fence(const fs::path& file)
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() of POSIX is variadic
      : descriptor_(::open(file.c_str(), O_WRONLY | O_CLOEXEC)) {}
  ~Fence() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  /// Empties it: whoever still had it open finds no tables instead of writing where nobody reads.
  void close_old() const {
    if (descriptor_ < 0 || ::ftruncate(descriptor_, 0) != 0) {
      throw Error("古い台帳のファイルを閉じられません。台帳を使う処理をすべて終えてください。");
    }
  }

 private:
  int descriptor_;
};

}  // namespace

void remove_with_logs(const fs::path& file) noexcept {
  const std::string_view stem = file.native();
  std::array<char, PATH_MAX> name{};
  for (const std::string_view suffix : {"", "-wal", "-shm", "-journal"}) {
    if (stem.size() + suffix.size() < name.size()) {
      auto* const end = std::ranges::copy(stem, name.begin()).out;
      *std::ranges::copy(suffix, end).out = '\0';
      ::unlink(name.data());
    }
  }
}

void copy_store(const KeyedFile& from, const KeyedFile& to) {
  const Connection source(from);
  copy_into_new(source, to);
}

void replace_by_copy(const KeyedFile& store, const StoreKey& new_key) {
  const fs::path next = fs::path(store.file) += ".next";
  remove_with_logs(next);  // of a rotation that was cut short
  const Fence fence(store.file);
  Connection source(store);
  // Out of the write-ahead log, and locked against everybody until it is closed. A journal in
  // memory: no file that would be taken for the new store's.
  source.run("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE");
  if (source.ask("PRAGMA journal_mode = DELETE") != "delete") {
    throw_sqlite_error(SQLITE_BUSY);
  }
  source.run("BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode = MEMORY");
  copy_into_new(source, {next, new_key});
  try {
    check_pages({next, new_key});
  } catch (...) {
    remove_with_logs(next);
    throw;
  }
  rename_durably(next, store.file);
  fence.close_old();
  source.close();  // before the fence: closing any descriptor of a file drops its locks
}

bool key_fits(const KeyedFile& store) {
  const Connection connection(store);
  const int result = connection.try_run("SELECT count(*) FROM sqlite_schema");
  if ((result & 0xFF) == SQLITE_NOTADB) {
    return false;
  }
  if (result != SQLITE_OK) {
    throw_sqlite_error(result);
  }
  return true;
}

void check_pages(const KeyedFile& store) {
  const Connection connection(store);
  if (connection.ask("PRAGMA integrity_check(1)") != "ok") {
    throw_sqlite_error(SQLITE_CORRUPT);
  }
}

}  // namespace registry
