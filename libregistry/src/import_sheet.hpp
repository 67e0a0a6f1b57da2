// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/city_import.hpp"

namespace registry {

/// A column that a kind of file knows.
struct ColumnRule {
  std::string_view name;
  bool required = false;
  std::string_view why = {};  ///< said when it is missing and the reason is not plain
};

/// A table opened as one kind of file. Construction throws `InputError` naming every required
/// column that is missing and the columns found. Borrows the table.
class Sheet {
 public:
  Sheet(const Table& table, std::string_view kind, const std::vector<ColumnRule>& rules);

  [[nodiscard]] std::size_t size() const { return table_->rows.size(); }
  [[nodiscard]] std::size_t line(std::size_t row) const { return table_->lines.at(row); }
  [[nodiscard]] bool has(std::string_view column) const { return columns_.contains(column); }
  /// Cell as it stands in the file; empty for a column the file does not have.
  [[nodiscard]] std::string_view cell(std::size_t row, std::string_view column) const;
  /// Whether every cell of the row is empty: what a spreadsheet leaves below the last row.
  [[nodiscard]] bool blank(std::size_t row) const;
  [[nodiscard]] const std::string& encoding() const { return table_->encoding; }
  [[nodiscard]] const std::vector<std::string>& notes() const { return table_->notes; }
  [[nodiscard]] const std::vector<CellFault>& faults() const { return table_->faults; }
  /// The columns that are read, with their places.
  [[nodiscard]] const std::map<std::string, std::size_t, std::less<>>& columns() const {
    return columns_;
  }

 private:
  const Table* table_;
  std::map<std::string, std::size_t, std::less<>> columns_;
};

/// Gathers what becomes an `ImportReport`.
class ImportLog {
 public:
  explicit ImportLog(std::string encoding) { report_.encoding = std::move(encoding); }

  void count_row() { ++report_.rows_read; }
  void reject(Rejected rejected) { report_.rejected.push_back(std::move(rejected)); }
  /// A repair or an assumption; equal ones are gathered into one note with their lines.
  void note(std::size_t line, std::string_view column, std::string_view text);
  /// A remark on the whole file.
  void note(std::string text) { report_.notes.push_back(std::move(text)); }
  /// The report, rejections in the order of the lines.
  [[nodiscard]] ImportReport finish() &&;

 private:
  ImportReport report_;
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> repairs_;
};

/// `3, 7, 12`; long lists end in a count.
[[nodiscard]] std::string line_list(const std::vector<std::size_t>& lines);

}  // namespace registry
