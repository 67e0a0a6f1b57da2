// SPDX-License-Identifier: Apache-2.0
#include "registry/result_file.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "durable_file.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

constexpr int kMark = 0x544F4D52;  // "TOMR" in the file's header

[[noreturn]] void fail(const fs::path& place, const std::string& what) {
  throw Error("結果ファイルを読み書きできません: " + place.string() + "（" + what +
              "）。空きと権限を確かめてください。");
}

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
};

/// A connection to a plain file.
class PlainFile {
 public:
  PlainFile(fs::path place, int flags) : place_(std::move(place)) {
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(place_.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (result != SQLITE_OK) {
      fail(place_, sqlite3_errstr(result));
    }
  }

  void run(const std::string& sql) const {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      fail(place_, sqlite3_errmsg(handle_.get()));
    }
  }

  using Statement = std::unique_ptr<sqlite3_stmt, Close>;
  [[nodiscard]] Statement prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      fail(place_, sqlite3_errmsg(handle_.get()));
    }
    return Statement(statement);
  }

  /// Whether there is another row.
  [[nodiscard]] bool step(sqlite3_stmt* statement) const {
    const int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
      fail(place_, sqlite3_errmsg(handle_.get()));
    }
    return result == SQLITE_ROW;
  }

 private:
  fs::path place_;
  std::unique_ptr<sqlite3, Close> handle_;
};

std::string sql_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    text += c;
    if (c == '"') {
      text += c;
    }
  }
  return text + '"';
}

constexpr std::array<const char*, 3> kKinds = {"INTEGER", "REAL", "TEXT"};

void bind(sqlite3_stmt* statement, int place, const ResultColumn& column, std::size_t row) {
  if (const auto* whole = std::get_if<0>(&column.values)) {
    sqlite3_bind_int64(statement, place, (*whole)[row]);
  } else if (const auto* real = std::get_if<1>(&column.values)) {
    sqlite3_bind_double(statement, place, (*real)[row]);
  } else {
    const std::string& text = std::get<2>(column.values)[row];
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
}

void write_table(const PlainFile& file, const ResultTable& table) {
  std::string create;
  std::string marks;
  for (const ResultColumn& column : table.columns) {
    TOMONI_EXPECT(column.size() == table.rows());
    create += (create.empty() ? "" : ", ") + sql_name(column.name) + ' ' +
              kKinds.at(column.values.index()) + " NOT NULL";
    marks += marks.empty() ? "?" : ", ?";
  }
  file.run("CREATE TABLE " + sql_name(table.name) + " (" + create + ") STRICT");
  const auto insert =
      file.prepare("INSERT INTO " + sql_name(table.name) + " VALUES (" + marks + ")");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      bind(insert.get(), static_cast<int>(i) + 1, table.columns[i], row);
    }
    (void)file.step(insert.get());
    sqlite3_reset(insert.get());
  }
}

std::int64_t number(const PlainFile& file, const char* sql) {
  const auto query = file.prepare(sql);
  return file.step(query.get()) ? sqlite3_column_int64(query.get(), 0) : 0;
}

std::string text_at(sqlite3_stmt* statement, int place) {
  const auto* bytes = sqlite3_column_text(statement, place);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, place));
  return bytes == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(bytes), size);
}

ResultTable read_table(const PlainFile& file, const std::string& name) {
  ResultTable table{.name = name, .columns = {}};
  const auto info = file.prepare("PRAGMA table_info(" + sql_name(name) + ")");
  while (file.step(info.get())) {
    ResultColumn column{.name = text_at(info.get(), 1), .values = {}};
    const std::string kind = text_at(info.get(), 2);
    if (kind == kKinds[1]) {
      column.values = std::vector<double>();
    } else if (kind == kKinds[2]) {
      column.values = std::vector<std::string>();
    }
    table.columns.push_back(std::move(column));
  }
  const auto rows = file.prepare("SELECT * FROM " + sql_name(name) + " ORDER BY rowid");
  while (file.step(rows.get())) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      auto& values = table.columns[i].values;
      const int place = static_cast<int>(i);
      if (auto* whole = std::get_if<0>(&values)) {
        whole->push_back(sqlite3_column_int64(rows.get(), place));
      } else if (auto* real = std::get_if<1>(&values)) {
        real->push_back(sqlite3_column_double(rows.get(), place));
      } else {
        std::get<2>(values).push_back(text_at(rows.get(), place));
      }
    }
  }
  return table;
}

template <std::size_t Kind>
const auto& values_of(const ResultTable& table, std::string_view column) {
  const auto found = std::ranges::find(table.columns, column, &ResultColumn::name);
  if (found == table.columns.end() || found->values.index() != Kind) {
    throw InputError("結果ファイルの表 " + table.name + " に列 " + std::string(column) +
                     " がありません。同じ版のプログラムで作り直してください。");
  }
  return std::get<Kind>(found->values);
}

std::string shortest(double value) {
  std::array<char, 32> text{};
  char* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

}  // namespace

std::size_t ResultColumn::size() const {
  return std::visit([](const auto& list) { return list.size(); }, values);
}

std::size_t ResultTable::rows() const {
  return columns.empty() ? 0 : columns.front().size();
}

const std::vector<std::int64_t>& ResultTable::whole(std::string_view column) const {
  return values_of<0>(*this, column);
}
const std::vector<double>& ResultTable::real(std::string_view column) const {
  return values_of<1>(*this, column);
}
const std::vector<std::string>& ResultTable::text(std::string_view column) const {
  return values_of<2>(*this, column);
}

const ResultTable* ResultFile::find(std::string_view name) const {
  const auto found = std::ranges::find(tables, name, &ResultTable::name);
  return found == tables.end() ? nullptr : &*found;
}

const ResultTable& ResultFile::table(std::string_view name) const {
  const ResultTable* found = find(name);
  if (found == nullptr) {
    throw InputError("結果ファイルに表 " + std::string(name) +
                     " がありません。同じ版のプログラムで作り直してください。");
  }
  return *found;
}

void write_result_file(const fs::path& place, const ResultFile& results) {
  const fs::path draft = place.string() + ".draft";
  std::error_code ignored;
  fs::remove(draft, ignored);
  try {
    const PlainFile file(draft, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write);
    file.run("PRAGMA journal_mode = OFF; PRAGMA application_id = " + std::to_string(kMark) +
             "; PRAGMA user_version = " + std::to_string(results.version) + "; BEGIN");
    for (const ResultTable& table : results.tables) {
      write_table(file, table);
    }
    file.run("COMMIT");
  } catch (...) {
    fs::remove(draft, ignored);
    throw;
  }
  sync_file(draft);
  rename_durably(draft, place);
}

ResultFile read_result_file(const fs::path& place, int version) {
  if (!fs::is_regular_file(place)) {
    throw InputError("結果ファイルがありません: " + place.string() +
                     "。tomoni drill run --out で作ったファイルを指定してください。");
  }
  const PlainFile file(place, SQLITE_OPEN_READONLY);
  const auto header = file.prepare("PRAGMA application_id");
  const int result = sqlite3_step(header.get());
  if (result != SQLITE_ROW || sqlite3_column_int64(header.get(), 0) != kMark) {
    throw InputError("訓練の結果ファイルではありません: " + place.string() +
                     "。tomoni drill run --out で作ったファイルを指定してください。");
  }
  const auto found = number(file, "PRAGMA user_version");
  if (found != version) {
    throw InputError("結果ファイルの版は " + std::to_string(found) + "、このプログラムが読む版は " +
                     std::to_string(version) + " です。同じ版のプログラムで作り直してください。");
  }
  ResultFile results{.version = version, .tables = {}};
  const auto names =
      file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
  while (file.step(names.get())) {
    results.tables.push_back(read_table(file, text_at(names.get(), 0)));
  }
  return results;
}

Table to_table(const ResultTable& table) {
  Table text;
  text.rows.assign(table.rows(), {});
  for (const ResultColumn& column : table.columns) {
    text.header.push_back(column.name);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (const auto* whole = std::get_if<0>(&column.values)) {
        text.rows[row].push_back(std::to_string((*whole)[row]));
      } else if (const auto* real = std::get_if<1>(&column.values)) {
        text.rows[row].push_back(shortest((*real)[row]));
      } else {
        text.rows[row].push_back(std::get<2>(column.values)[row]);
      }
    }
  }
  return text;
}

}  // namespace registry
