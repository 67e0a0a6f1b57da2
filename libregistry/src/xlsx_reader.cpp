// SPDX-License-Identifier: Apache-2.0
// Reads one sheet of a workbook (ECMA-376). Of the parts only those needed are unpacked: the list
// of sheets, the texts they share, the number formats, and the sheet itself, which streams through
// the XML parser.
#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "import_sheet.hpp"
#include "registry/error.hpp"
#include "registry/table_io.hpp"
#include "table_shape.hpp"
#include "xlsx_archive.hpp"
#include "xlsx_cells.hpp"

namespace registry {
namespace {

constexpr const char* kWorkbook = "xl/workbook.xml";
constexpr const char* kRelations = "xl/_rels/workbook.xml.rels";
constexpr const char* kStyles = "xl/styles.xml";
constexpr const char* kSharedTexts = "xl/sharedStrings.xml";

std::string_view attribute(const XmlAttributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

std::size_t number_of(std::string_view text, std::size_t otherwise) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : otherwise;
}

bool is_true(std::string_view text) {
  return text == "1" || text == "true";
}

struct SheetName {
  std::string name;
  std::string relation;
  bool hidden = false;
};

struct Workbook {
  std::vector<SheetName> sheets;
  DaySystem days = DaySystem::From1900;
};

Workbook read_workbook(const XlsxArchive& archive, const XlsxLimits& limits) {
  Workbook workbook;
  read_xml(
      archive, kWorkbook,
      {.open =
           [&](std::string_view name, const XmlAttributes& attributes) {
             if (name == "sheet") {
               workbook.sheets.push_back({.name = std::string(attribute(attributes, "name")),
                                          .relation = std::string(attribute(attributes, "id")),
                                          .hidden = !attribute(attributes, "state").empty() &&
                                                    attribute(attributes, "state") != "visible"});
             } else if (name == "workbookPr" && is_true(attribute(attributes, "date1904"))) {
               workbook.days = DaySystem::From1904;
             }
           },
       .close = [](std::string_view) {},
       .text = [](std::string_view) {}},
      limits);
  return workbook;
}

/// Part of a relation id, for worksheets only (a chart has no rows).
std::unordered_map<std::string, std::string> read_relations(const XlsxArchive& archive,
                                                            const XlsxLimits& limits) {
  std::unordered_map<std::string, std::string> parts;
  read_xml(archive, kRelations,
           {.open =
                [&](std::string_view name, const XmlAttributes& attributes) {
                  const std::string_view target = attribute(attributes, "Target");
                  if (name == "Relationship" &&
                      attribute(attributes, "Type").ends_with("/worksheet") && !target.empty()) {
                    parts[std::string(attribute(attributes, "Id"))] =
                        target.front() == '/' ? std::string(target.substr(1))
                                              : "xl/" + std::string(target);
                  }
                },
            .close = [](std::string_view) {},
            .text = [](std::string_view) {}},
           limits);
  return parts;
}

/// Format of each style of a cell.
std::vector<NumberFormat> read_styles(const XlsxArchive& archive, const XlsxLimits& limits) {
  std::vector<NumberFormat> styles;
  std::unordered_map<std::size_t, std::string> codes;
  bool in_cell_styles = false;
  if (!archive.has(kStyles)) {
    return styles;
  }
  read_xml(
      archive, kStyles,
      {.open =
           [&](std::string_view name, const XmlAttributes& attributes) {
             const std::size_t id = number_of(attribute(attributes, "numFmtId"), 0);
             if (name == "numFmt") {
               codes[id] = attribute(attributes, "formatCode");
             } else if (name == "cellXfs") {
               in_cell_styles = true;
             } else if (name == "xf" && in_cell_styles) {
               const auto code = codes.find(id);
               styles.push_back(
                   number_format(static_cast<int>(std::min<std::size_t>(id, 100000)),
                                 code == codes.end() ? std::string_view() : code->second));
             }
           },
       .close =
           [&](std::string_view name) { in_cell_styles = in_cell_styles && name != "cellXfs"; },
       .text = [](std::string_view) {}},
      limits);
  return styles;
}

/// Text of `<si>` or `<is>`: all runs, but not the readings (`<rPh>`) Japanese Excel adds.
class RichText {
 public:
  void open(std::string_view name) {
    reading_ += name == "rPh" ? 1 : 0;
    inside_ = name == "t" && reading_ == 0;
  }
  void close(std::string_view name) {
    reading_ -= name == "rPh" && reading_ > 0 ? 1 : 0;
    inside_ = false;
  }
  void text(std::string_view piece) {
    if (inside_) {
      text_ += piece;
    }
  }
  [[nodiscard]] std::string take() {
    std::string whole = unescaped(text_);
    text_.clear();
    inside_ = false;
    reading_ = 0;
    return whole;
  }

 private:
  std::string text_;
  bool inside_ = false;
  int reading_ = 0;
};

std::vector<std::string> read_shared_texts(const XlsxArchive& archive, const XlsxLimits& limits) {
  std::vector<std::string> texts;
  if (!archive.has(kSharedTexts)) {
    return texts;
  }
  RichText current;
  std::size_t bytes = 0;
  read_xml(archive, kSharedTexts,
           {.open = [&](std::string_view name, const XmlAttributes&) { current.open(name); },
            .close =
                [&](std::string_view name) {
                  current.close(name);
                  if (name == "si") {
                    texts.push_back(current.take());
                    bytes += texts.back().size() + sizeof(std::string);
                    if (bytes > limits.shared_text_bytes) {
                      throw InputError(
                          "Excel ファイルの文字が多すぎます。CSV で保存し直して"
                          "ください。");
                    }
                  }
                },
            .text = [&](std::string_view piece) { current.text(piece); }},
           limits);
  return texts;
}

struct RawFault {
  std::size_t line = 0;
  std::size_t column = 0;
  std::string code;
  std::string message;
};

struct Merge {
  CellPlace first;
  CellPlace last;
};

/// The cells of a sheet as they stand in it.
struct RawSheet {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;
  std::vector<RawFault> faults;
  std::vector<Merge> merges;
  std::vector<std::size_t> formulas;  ///< lines
  std::vector<std::size_t> zeros;     ///< lines where a format gave back zeros
  std::size_t hidden_rows = 0;
};

/// Receives the XML of a sheet.
class SheetReader {
 public:
  SheetReader(const std::vector<std::string>& shared, const std::vector<NumberFormat>& styles,
              DaySystem days, const XlsxLimits& limits)
      : shared_(shared), styles_(styles), days_(days), limits_(limits) {}

  void open(std::string_view name, const XmlAttributes& attributes) {
    if (name == "row") {
      begin_row(attributes);
    } else if (name == "c") {
      begin_cell(attributes);
    } else if (name == "v") {
      in_value_ = true;
    } else if (name == "f") {
      has_formula_ = true;
    } else if (name == "mergeCell") {
      add_merge(attribute(attributes, "ref"));
    } else {
      rich_.open(name);
    }
  }

  void close(std::string_view name) {
    if (name == "c") {
      end_cell();
    } else if (name == "v") {
      in_value_ = false;
    } else if (name == "row") {
      end_row();
    } else {
      rich_.close(name);
    }
  }

  void text(std::string_view piece) {
    if (in_value_) {
      value_ += piece;
    } else {
      rich_.text(piece);
    }
  }

  [[nodiscard]] RawSheet take() { return std::move(sheet_); }

 private:
  void begin_row(const XmlAttributes& attributes) {
    const std::size_t line = number_of(attribute(attributes, "r"), line_ + 1);
    if (line <= line_ || line > limits_.rows) {
      throw InputError(
          "Excel ファイルの行の順序が壊れているか、行が多すぎます。Excel で開いて保存"
          "し直してください。");
    }
    line_ = line;
    next_column_ = 0;
    sheet_.hidden_rows += is_true(attribute(attributes, "hidden")) ? 1U : 0U;
  }

  void begin_cell(const XmlAttributes& attributes) {
    const auto place = cell_place(attribute(attributes, "r"));
    column_ = place ? place->column : next_column_;
    next_column_ = column_ + 1;
    type_ = attribute(attributes, "t");
    style_ = number_of(attribute(attributes, "s"), 0);
    value_.clear();
    static_cast<void>(rich_.take());
    has_formula_ = false;
  }

  void end_cell() {
    if (has_formula_) {
      sheet_.formulas.push_back(line_);
      if (value_.empty() && type_ != "str") {
        fault("FORMULA_WITHOUT_RESULT",
              "数式の結果がファイルに入っていません。値として貼り付けてから保存してください。");
        return;
      }
    }
    std::string text = cell_text();
    if (!text.empty()) {
      keep(std::move(text));
    }
  }

  void keep(std::string text) {
    if (column_ >= limits_.columns || ++cells_ > limits_.cells) {
      throw InputError("Excel ファイルの列かセルが多すぎます（" + std::to_string(line_) +
                       "行目）。必要な範囲だけを保存してください。");
    }
    if (cells_of_row_.size() <= column_) {
      cells_of_row_.resize(column_ + 1);
    }
    cells_of_row_[column_] = std::move(text);
  }

  std::string cell_text() {
    if (type_ == "s") {
      const std::size_t index = number_of(value_, shared_.size());
      if (index >= shared_.size()) {
        throw InputError("Excel ファイルの文字の番号が壊れています（" + std::to_string(line_) +
                         "行目）。Excel で開いて保存し直してください。");
      }
      return shared_[index];
    }
    if (type_ == "inlineStr") {
      return rich_.take();
    }
    if (type_ == "str" || type_ == "b") {
      return unescaped(value_);
    }
    if (type_ == "d") {
      return value_.substr(0, 10);  // 2026-04-01T00:00:00
    }
    if (type_ == "e") {
      fault("CELL_ERROR", "セルが #N/A などのエラーです。元の表を直してください。");
      return {};
    }
    return value_.empty() ? std::string() : numeric_text();
  }

  std::string numeric_text() {
    const NumberFormat format = style_ < styles_.size() ? styles_[style_] : NumberFormat{};
    const auto number = number_text(value_, format, days_);
    if (!number) {
      fault("CELL_NOT_A_NUMBER", "セルの数が壊れています。元の表を直してください。");
      return {};
    }
    if (number->digits_lost) {
      fault("NUMBER_SPOILT",
            "表計算ソフトが長い番号の桁を落としています。元のデータから文字列として書き出して"
            "ください。");
    }
    if (number->no_such_day) {
      fault("CELL_NO_SUCH_DAY", "1900年2月29日という日はありません。日付を確かめてください。");
    }
    if (number->zeros_restored) {
      sheet_.zeros.push_back(line_);
    }
    return number->text;
  }

  void end_row() {
    if (!cells_of_row_.empty()) {
      sheet_.rows.push_back(std::move(cells_of_row_));
      sheet_.lines.push_back(line_);
    }
    cells_of_row_ = {};
  }

  void add_merge(std::string_view reference) {
    const std::size_t colon = reference.find(':');
    const auto first = cell_place(reference.substr(0, colon));
    const auto last =
        colon == std::string_view::npos ? first : cell_place(reference.substr(colon + 1));
    if (first && last) {
      sheet_.merges.push_back({*first, *last});
    }
  }

  /// The cell keeps a mark, so that a row of nothing but faults is not taken for a blank one.
  void fault(const char* code, const char* message) {
    sheet_.faults.push_back({line_, column_, code, message});
    keep("\uFFFD");
  }

  const std::vector<std::string>& shared_;
  const std::vector<NumberFormat>& styles_;
  DaySystem days_;
  const XlsxLimits& limits_;
  RawSheet sheet_;
  std::vector<std::string> cells_of_row_;
  RichText rich_;
  std::string type_;
  std::string value_;
  std::size_t style_ = 0;
  std::size_t line_ = 0;
  std::size_t column_ = 0;
  std::size_t next_column_ = 0;
  std::size_t cells_ = 0;
  bool in_value_ = false;
  bool has_formula_ = false;
};

/// The part of the sheet that is to be read.
std::string choose_sheet(const XlsxArchive& archive, const Workbook& workbook,
                         const XlsxOptions& options) {
  const auto parts = read_relations(archive, options.limits);
  std::string names;
  for (const SheetName& sheet : workbook.sheets) {
    const auto part = parts.find(sheet.relation);
    if (part == parts.end()) {
      continue;
    }
    if (options.sheet.empty() ? !sheet.hidden : sheet.name == options.sheet) {
      return part->second;
    }
    names += (names.empty() ? "" : ", ") + sheet.name;
  }
  throw InputError("Excel ファイルに読むシートがありません" +
                   (options.sheet.empty() ? std::string() : "（指定: " + options.sheet + "）") +
                   "。見つかったシート: " + names + "。--sheet で指定してください。");
}

/// Index of the row of a line, or the number of rows.
std::size_t row_of(const RawSheet& sheet, std::size_t line) {
  const auto found = std::ranges::lower_bound(sheet.lines, line);
  return found != sheet.lines.end() && *found == line
             ? static_cast<std::size_t>(found - sheet.lines.begin())
             : sheet.lines.size();
}

/// A cell merged over several rows speaks for each of them; over several columns only for the
/// first.
void spread_merged(RawSheet& sheet, Table& table) {
  std::vector<std::size_t> spread;
  for (const Merge& merge : sheet.merges) {
    const std::size_t top = row_of(sheet, merge.first.row);
    const std::size_t column = merge.first.column;
    // Row 0 is the header: what is merged into it stays as it is.
    if (top == 0 || top >= sheet.rows.size() || column >= sheet.rows[top].size() ||
        merge.first.column != merge.last.column) {
      continue;
    }
    const std::string value = sheet.rows[top][column];
    for (std::size_t row = top + 1; row < sheet.rows.size() && sheet.lines[row] <= merge.last.row;
         ++row) {
      auto& cells = sheet.rows[row];
      cells.resize(std::max(cells.size(), column + 1));
      if (cells[column].empty()) {
        cells[column] = value;
        spread.push_back(sheet.lines[row]);
      }
    }
  }
  if (!spread.empty()) {
    table.notes.push_back(
        "縦に結合されたセルの値を、結合された各行の値としました（行: " + line_list(spread) + "）");
  }
}

void note_lines(Table& table, const char* text, std::vector<std::size_t> lines) {
  if (!lines.empty()) {
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    table.notes.push_back(std::string(text) + "（行: " + line_list(lines) + "）");
  }
}

Table table_of(RawSheet sheet) {
  if (sheet.rows.empty()) {
    throw InputError("Excel のシートに行がありません。1行目に列名のある表を指定してください。");
  }
  Table table;
  table.encoding = "XLSX";
  spread_merged(sheet, table);
  table.header = std::move(sheet.rows.front());
  refuse_duplicates(table.header);
  for (std::size_t row = 1; row < sheet.rows.size(); ++row) {
    fit_to_header(sheet.rows[row], table.header.size(), sheet.lines[row]);
    table.rows.push_back(std::move(sheet.rows[row]));
    table.lines.push_back(sheet.lines[row]);
  }
  for (const RawFault& fault : sheet.faults) {
    const std::size_t row = row_of(sheet, fault.line);
    if (row > 0 && row < sheet.lines.size() && fault.column < table.header.size()) {
      table.faults.push_back({row - 1, table.header[fault.column], fault.code, fault.message});
    }
  }
  note_lines(table, "数式は、保存されていた計算結果を読みました", sheet.formulas);
  note_lines(table, "表示形式に合わせて先頭の0を補いました", sheet.zeros);
  if (sheet.hidden_rows > 0) {
    table.notes.push_back("非表示の " + std::to_string(sheet.hidden_rows) + " 行も読みました");
  }
  return table;
}

}  // namespace

Table read_xlsx(std::string_view bytes, const XlsxOptions& options) {
  const XlsxArchive archive(bytes, options.limits);
  const Workbook workbook = read_workbook(archive, options.limits);
  const std::string part = choose_sheet(archive, workbook, options);
  const auto styles = read_styles(archive, options.limits);
  const auto shared = read_shared_texts(archive, options.limits);
  SheetReader reader(shared, styles, workbook.days, options.limits);
  read_xml(archive, part,
           {.open = [&](std::string_view name,
                        const XmlAttributes& attributes) { reader.open(name, attributes); },
            .close = [&](std::string_view name) { reader.close(name); },
            .text = [&](std::string_view piece) { reader.text(piece); }},
           options.limits);
  return table_of(reader.take());
}

}  // namespace registry
