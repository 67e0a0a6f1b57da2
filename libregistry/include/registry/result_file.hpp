// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "registry/table_io.hpp"

namespace registry {

// Results of computations, in columns. They hold no personal data, so the file is not encrypted
// and any program that reads SQLite can read it.

/// Values of one kind under a name.
struct ResultColumn {
  std::string name;
  std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>> values;
  [[nodiscard]] std::size_t size() const;
};

/// Columns of equal length. Names are lower case letters, digits and `_`.
struct ResultTable {
  std::string name;
  std::vector<ResultColumn> columns;

  /// Throws `InputError` naming table and column when it is not there or of another kind.
  [[nodiscard]] const std::vector<std::int64_t>& whole(std::string_view column) const;
  [[nodiscard]] const std::vector<double>& real(std::string_view column) const;
  [[nodiscard]] const std::vector<std::string>& text(std::string_view column) const;
  [[nodiscard]] std::size_t rows() const;
};

/// One SQLite file. `version` is the caller's; equal tables give equal bytes.
struct ResultFile {
  int version = 1;
  std::vector<ResultTable> tables;

  /// Throws `InputError` when there is no such table.
  [[nodiscard]] const ResultTable& table(std::string_view name) const;
  /// Null when there is none.
  [[nodiscard]] const ResultTable* find(std::string_view name) const;
};

/// Writes beside the place and renames: the file is there whole or not at all. Throws `Error`.
void write_result_file(const std::filesystem::path& place, const ResultFile& results);

/// Throws `InputError` for a file that is no result file or of another version than `version`.
[[nodiscard]] ResultFile read_result_file(const std::filesystem::path& place, int version);

/// The columns as text, for CSV.
[[nodiscard]] Table to_table(const ResultTable& table);

}  // namespace registry
