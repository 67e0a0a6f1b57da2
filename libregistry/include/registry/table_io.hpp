// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// A cell that cannot be taken as it stands; the reader of the rows rejects its row.
struct CellFault {
  std::size_t row = 0;  ///< index into `Table::rows`
  std::string column;
  std::string code;
  std::string message;  ///< without the value
};

/// A file of rows under named columns, decoded to UTF-8. Cells are otherwise untouched.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  ///< padded or checked to the header's width
  std::vector<std::size_t> lines;              ///< line of the file where each row begins, from 1
  std::string encoding;                        ///< UTF-8, UTF-8-BOM, CP932, UTF-16LE, XLSX
  std::vector<CellFault> faults = {};          ///< in the order of the rows
  std::vector<std::string> notes = {};         ///< repairs and assumptions of the reader

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

/// Encodings an operator may insist on when the bytes mislead.
enum class TextEncoding : std::uint8_t { Utf8, Cp932, Utf16Le };
/// `UTF-8`, `CP932` (also `Shift_JIS`), `UTF-16LE` in any case; nothing for other names.
[[nodiscard]] std::optional<TextEncoding> parse_text_encoding(std::string_view name);
[[nodiscard]] Table read_csv(std::string_view bytes, TextEncoding encoding);

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
[[nodiscard]] Decoded decode_text(std::string_view bytes, TextEncoding encoding);

/// What a spreadsheet may be at most; a larger one is refused before it is unpacked.
struct XlsxLimits {
  std::size_t file_bytes = std::size_t{128} << 20U;
  std::size_t entries = 4096;
  std::size_t entry_bytes = std::size_t{1} << 30U;  ///< unpacked, of one part
  std::size_t ratio = 400;                          ///< unpacked to packed, beyond 1 MiB
  std::size_t columns = 1024;
  std::size_t rows = 1048576;
  std::size_t cells = 40'000'000;
  std::size_t depth = 64;  ///< of elements
  std::size_t shared_text_bytes = std::size_t{512} << 20U;
};

struct XlsxOptions {
  std::string sheet;  ///< empty = the first one that is not hidden
  XlsxLimits limits;
};

/// Reads one sheet of an Excel workbook (.xlsx). The first row that is not empty is the header.
/// Dates come as ISO text; numbers in full, with the leading zeros of a format like `0000000000`;
/// of a formula its last result. A cell with an error, or a number whose digits are gone, is a
/// fault of its row. A cell merged over several rows counts for each of them. Formulas, merged
/// cells and restored zeros are noted. Throws `InputError` for encrypted, damaged or old (.xls)
/// files and beyond the limits.
[[nodiscard]] Table read_xlsx(std::string_view bytes, const XlsxOptions& options = {});

/// Whether the bytes begin like a workbook (ZIP) or like an old or encrypted one (OLE2).
[[nodiscard]] bool looks_like_workbook(std::string_view bytes);

}  // namespace registry
