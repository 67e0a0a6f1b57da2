// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "registry/calendar.hpp"

namespace registry {

/// Parses TOML. Throws `InputError` naming the file and the line.
[[nodiscard]] toml::table parse_toml_text(std::string_view text, std::string_view file);

/// Inclusive bounds of a figure.
struct Range {
  double lowest;
  double highest;
};

/// One table of a rule file under a name such as `criteria.toml [[clause]] ア`. Every complaint
/// carries that name and the key. Borrows the table.
class TomlFields {
 public:
  TomlFields(const toml::table& table, std::string where)
      : table_(&table), where_(std::move(where)) {}

  /// A mistyped key must not stay without effect.
  void refuse_unknown(std::initializer_list<std::string_view> known) const;
  [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }

  [[nodiscard]] std::string text(std::string_view key) const;  ///< required, not empty
  [[nodiscard]] std::string text_or_empty(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;  ///< required
  [[nodiscard]] int integer(std::string_view key, Range range) const;        ///< required
  [[nodiscard]] double number(std::string_view key, Range range) const;      ///< required
  [[nodiscard]] Date date(std::string_view key) const;         ///< required; TOML date or ISO text
  [[nodiscard]] TomlFields table(std::string_view key) const;  ///< required
  [[nodiscard]] std::vector<TomlFields> tables(std::string_view key) const;  ///< absent = none

  /// Throws `InputError`: where, key, complaint.
  [[noreturn]] void fail(std::string_view key, std::string_view complaint) const;

  /// The same table under a more telling name.
  [[nodiscard]] TomlFields renamed(std::string where) const { return {*table_, std::move(where)}; }
  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  [[nodiscard]] const toml::node& required(std::string_view key) const;

  const toml::table* table_;
  std::string where_;
};

}  // namespace registry
