// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace planner {

/// Parses TOML. Throws `registry::InputError` with file name and line.
[[nodiscard]] toml::table parse_toml(std::string_view text, std::string_view file);

/// Reads one table of a rule file; every complaint names file and key. Borrows the table.
class TomlReader {
 public:
  TomlReader(const toml::table& table, std::string_view file) : table_(&table), file_(file) {}

  /// Refuses keys other than these: a mistyped key must not be silently without effect.
  void allow_only(std::initializer_list<std::string_view> keys) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] bool boolean(std::string_view key) const;          ///< required
  [[nodiscard]] std::string text(std::string_view key) const;      ///< required
  [[nodiscard]] std::int64_t integer(std::string_view key) const;  ///< required
  /// Required, and within the bounds, which belong to it.
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t least,
                                     std::int64_t most) const;
  [[nodiscard]] double number(std::string_view key, double least, double most) const;
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view key, std::int64_t least,
                                                   std::int64_t most) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;  ///< absent = empty
  [[nodiscard]] std::vector<TomlReader> tables(std::string_view key) const;  ///< absent = empty
  [[nodiscard]] TomlReader table(std::string_view key) const;                ///< required

  /// Throws `registry::InputError` with file, key and what was expected.
  [[noreturn]] void fail(std::string_view key, std::string_view expected) const;

 private:
  void check_range(std::string_view key, double value, double least, double most) const;

  const toml::table* table_;
  std::string_view file_;
};

}  // namespace planner
