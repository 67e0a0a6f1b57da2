// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/import_diff.hpp"
#include "registry/table_io.hpp"

namespace registry {

/// Digits that stand for an era before `YYMMDD`: two systems are in use.
enum class EraDigits : std::uint8_t {
  Consecutive,  ///< 1 明治 2 大正 3 昭和 4 平成 5 令和
  Odd           ///< 1 明治 3 大正 5 昭和 7 平成 9 令和
};

/// Where one of our columns comes from.
struct ColumnSource {
  std::string ours;
  std::vector<std::string> theirs;  ///< joined when more than one; empty = `constant`
  std::string joined_by;
  std::string constant;
  std::map<std::string, std::string> values;  ///< their word (normalised) → ours; empty = as it is
  std::optional<std::string> otherwise;       ///< for words that are not in `values`
  std::optional<EraDigits> era_digits;
};

/// How one source system writes a kind of file (docs/file_formats.md).
struct ImportMapping {
  std::string source;  ///< name of the system, for people
  ImportKind kind = ImportKind::Residents;
  bool full = false;
  std::optional<TextEncoding> encoding;
  std::string sheet;
  std::vector<ColumnSource> columns;
};

/// Throws `InputError` naming file, entry and key: unknown keys and columns, a column twice, values
/// for a column of free text, a constant or a default for 支援措置区分.
[[nodiscard]] ImportMapping parse_import_mapping(std::string_view toml, std::string_view file);

/// The table under our column names. Columns the mapping does not speak of keep their names. A
/// word without a translation is a fault of its row. Throws `InputError` naming every column of the
/// mapping that the file lacks.
[[nodiscard]] Table mapped(Table table, const ImportMapping& mapping);

}  // namespace registry
