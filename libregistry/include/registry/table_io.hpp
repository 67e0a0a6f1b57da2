// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// A file of rows under named columns, decoded to UTF-8. Cells are otherwise untouched.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  ///< padded or checked to the header's width
  std::vector<std::size_t> lines;              ///< line of the file where each row begins, from 1
  std::string encoding;                        ///< UTF-8, UTF-8-BOM, CP932, UTF-16LE

  /// Index of a column by name; header names are compared after trimming and NFKC, so that
  /// full-width and half-width spellings meet.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

/// Reads CSV (RFC 4180: quotes, quoted line breaks, CRLF or LF) in UTF-8 with or without BOM,
/// CP932 or UTF-16LE, whichever the bytes are. Throws `InputError` for an empty file, bytes that
/// fit none of these, an unclosed quote (with its line), a duplicate column, or a row with more
/// cells than the header (with its line). Empty lines, rows of empty cells at the end and empty
/// cells beyond the header are dropped.
[[nodiscard]] Table read_csv(std::string_view bytes);

enum class CsvEncoding { Utf8Bom, Utf8, Cp932 };

/// The encoding in which to answer a file: its own, UTF-8 with BOM for UTF-16.
[[nodiscard]] CsvEncoding answer_encoding(const Table& table);

struct CsvOutput {
  std::string bytes;
  /// Cells with characters CP932 cannot hold, as `行 3 列 氏名`: the row as a spreadsheet counts it
  /// (the header is 1) and the column's name, never the value.
  std::vector<std::string> substitutions;
};

/// Writes CSV with CRLF. Cells that a spreadsheet would take for a formula get a leading `'`; plain
/// negative numbers and a lone dash stay. Characters CP932 cannot hold become 〓 (a variation
/// selector is dropped) and are listed, never a silent `?`; 〜 − ‖ are written as Windows does.
[[nodiscard]] CsvOutput write_csv(const Table& table, CsvEncoding encoding);

/// Bytes to UTF-8 with the encoding found. Throws `InputError` as `read_csv` does.
struct Decoded {
  std::string text;
  std::string encoding;
};
[[nodiscard]] Decoded decode_text(std::string_view bytes);

}  // namespace registry
