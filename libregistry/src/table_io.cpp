// SPDX-License-Identifier: Apache-2.0
#include "registry/table_io.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "table_shape.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

/// One pass over decoded text; every position is that of a whole character, so a second byte 5C or
/// 22 of CP932 can do no harm any more.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  /// The next record that is not an empty line; false at the end of the text.
  bool next(std::vector<std::string>& cells) {
    while (at_ < text_.size()) {
      begin_line_ = line_;
      if (eat_line_end()) {
        continue;
      }
      cells.clear();
      do {
        cells.push_back(text_.substr(at_, 1) == "\"" ? quoted() : plain());
      } while (eat_comma());
      eat_line_end();
      return true;
    }
    return false;
  }

  /// Line of the file where the last record began, from 1.
  [[nodiscard]] std::size_t begin_line() const { return begin_line_; }

 private:
  std::string plain() {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string cell(text_.substr(at_, end - at_));
    at_ = end;
    return cell;
  }

  std::string quoted() {
    const std::size_t open_line = line_;
    std::string cell;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' && text_.substr(at_ + 1, 1) == "\"") {
        cell.push_back('"');
        at_ += 2;
      } else if (c == '"') {
        ++at_;
        expect_end_of_cell();
        return cell;
      } else {
        cell.push_back(c);
        count_line_end(c);
        ++at_;
      }
    }
    throw InputError(std::to_string(open_line) +
                     " 行目で始まる引用符 \" が閉じていません。対になる \" を補ってください。");
  }

  void expect_end_of_cell() const {
    if (at_ < text_.size() && text_.find_first_of(",\r\n", at_) != at_) {
      throw InputError(std::to_string(line_) +
                       " 行目で、閉じた引用符 \" の後に文字が続いています。"
                       "セルの中の \" は \"\" と書いてください。");
    }
  }

  bool eat_comma() {
    if (text_.substr(at_, 1) != ",") {
      return false;
    }
    ++at_;
    return true;
  }

  bool eat_line_end() {
    if (at_ >= text_.size() || (text_[at_] != '\r' && text_[at_] != '\n')) {
      return false;
    }
    at_ += text_.substr(at_, 2) == "\r\n" ? 2U : 1U;
    ++line_;
    return true;
  }

  // Inside quotes: a line ends at LF, or at a CR that no LF follows.
  void count_line_end(char c) {
    if (c == '\n' || (c == '\r' && text_.substr(at_ + 1, 1) != "\n")) {
      ++line_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t begin_line_ = 1;
};

bool all_empty(std::vector<std::string>::const_iterator begin,
               std::vector<std::string>::const_iterator end) {
  return std::all_of(begin, end, [](const std::string& cell) { return cell.empty(); });
}

// A plain negative number is no formula, and neither is the lone dash that stands for "none".
bool is_plain_number(std::string_view text) {
  const std::string_view digits = text.substr(1);
  const auto point = digits.find('.');
  const auto only_digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  return text.front() == '-' &&
         (point == std::string_view::npos
              ? only_digits(digits)
              : only_digits(digits.substr(0, point)) && only_digits(digits.substr(point + 1)));
}

bool looks_like_formula(std::string_view cell) {
  if (cell.empty()) {
    return false;
  }
  if (std::string_view("=+-@\t\r\n").find(cell.front()) != std::string_view::npos) {
    return !is_plain_number(cell);
  }
  return cell.starts_with("＝") || cell.starts_with("＋") || cell.starts_with("＠");
}

/// The cell as it stands in the file, before the choice of encoding.
std::string escaped(std::string_view cell) {
  std::string text = looks_like_formula(cell) ? "'" : "";
  text += cell;
  const bool has_edge_space = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!has_edge_space && text.find_first_of("\",\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted.append(c == '"' ? 2 : 1, c);
  }
  return quoted + "\"";
}

}  // namespace

void refuse_duplicates(const std::vector<std::string>& header) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = normalized_code(header[i]);
    // Spreadsheets leave columns without a name behind; nobody can ask for them.
    if (!name.empty() && !seen.insert(name).second) {
      throw InputError(
          "列名「" + header[i] + "」が 2 回以上あります（" + std::to_string(i + 1) +
          " 列目）。どちらを読むか決められないので、一方を削除または改名してください。");
    }
  }
}

void fit_to_header(std::vector<std::string>& cells, std::size_t width, std::size_t line) {
  if (cells.size() > width &&
      !all_empty(cells.begin() + static_cast<std::ptrdiff_t>(width), cells.end())) {
    throw InputError(std::to_string(line) + " 行目にセルが " + std::to_string(cells.size()) +
                     " 個ありますが、見出しは " + std::to_string(width) +
                     " 列です。余分なコンマか、引用符の抜けがないか確認してください。");
  }
  cells.resize(width);
}

std::optional<std::size_t> Table::column(std::string_view name) const {
  const auto exact = std::find(header.begin(), header.end(), name);
  if (exact != header.end() && !name.empty()) {
    return static_cast<std::size_t>(exact - header.begin());
  }
  const std::string code = normalized_code(name);
  for (std::size_t i = 0; i < header.size() && !code.empty(); ++i) {
    if (normalized_code(header[i]) == code) {
      return i;
    }
  }
  return std::nullopt;
}

namespace {

Table read_decoded(Decoded decoded) {
  CsvReader reader(decoded.text);
  Table table;
  table.encoding = std::move(decoded.encoding);
  if (!reader.next(table.header)) {
    throw InputError("ファイルに行がありません。1 行目に列名のある CSV を指定してください。");
  }
  refuse_duplicates(table.header);
  std::vector<std::string> cells;
  while (reader.next(cells)) {
    fit_to_header(cells, table.header.size(), reader.begin_line());
    table.rows.push_back(std::move(cells));
    table.lines.push_back(reader.begin_line());
    cells = {};
  }
  // Spreadsheets end a file with rows of nothing but commas.
  while (!table.rows.empty() && all_empty(table.rows.back().begin(), table.rows.back().end())) {
    table.rows.pop_back();
    table.lines.pop_back();
  }
  return table;
}

}  // namespace

Table read_csv(std::string_view bytes) {
  return read_decoded(decode_text(bytes));
}

Table read_csv(std::string_view bytes, TextEncoding encoding) {
  return read_decoded(decode_text(bytes, encoding));
}

CsvEncoding answer_encoding(const Table& table) {
  if (table.encoding == "CP932") {
    return CsvEncoding::Cp932;
  }
  return table.encoding == "UTF-8" ? CsvEncoding::Utf8 : CsvEncoding::Utf8Bom;
}

CsvOutput write_csv(const Table& table, CsvEncoding encoding) {
  CsvOutput output;
  unicode::Cp932Writer cp932;
  if (encoding == CsvEncoding::Utf8Bom) {
    output.bytes = "\xEF\xBB\xBF";
  }
  const auto write_row = [&](const std::vector<std::string>& cells, std::size_t row) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      output.bytes += i == 0 ? "" : ",";
      const std::string text = escaped(cells[i]);
      if (encoding != CsvEncoding::Cp932) {
        output.bytes += text;
        continue;
      }
      const auto written = cp932.write(text);
      output.bytes += written.bytes;
      if (written.substituted) {
        const std::string name = i < table.header.size() ? table.header[i] : std::to_string(i + 1);
        output.substitutions.push_back("行 " + std::to_string(row) + " 列 " + name);
      }
    }
    output.bytes += "\r\n";
  };
  write_row(table.header, 1);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    write_row(table.rows[i], i + 2);
  }
  return output;
}

}  // namespace registry
