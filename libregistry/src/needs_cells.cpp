// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "import_row.hpp"
#include "import_sheet.hpp"
#include "needs_fields.hpp"
#include "needs_words.hpp"
#include "registry/text_normalizer.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;

struct NumberRange {
  int least;
  int most;
};

/// What a number of this column may be.
NumberRange range_of(std::string_view column) {
  if (column == "必要人数") {
    return {1, 10};
  }
  if (column == "建築年") {
    return {1850, 2100};
  }
  if (column == "階数" || column == "居住階") {
    return {1, 70};
  }
  if (column == "車いす重量kg") {
    return {1, 300};
  }
  return {0, 100'000};
}

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == mark) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

FieldFault fault(std::string_view column, const char* code, const std::string& expected) {
  return {code, std::string(column) + "の値が使えません。" + expected + "で書いてください。"};
}

template <class Enum>
std::string choices() {
  std::string text;
  for (const std::string_view word : kWords<Enum>) {
    text += word.empty() ? "" : (text.empty() ? "" : "、") + std::string(word);
  }
  return text;
}

/// Reads one plain value; lists and entries are made of these.
class CellReader {
 public:
  explicit CellReader(std::string_view column) : column_(column) {}

  std::optional<FieldFault> read(std::string_view cell, std::string& text) const {
    if (looks_garbled(cell)) {
      return fault(column_, "TEXT_GARBLED", "文字化けのない文字");
    }
    text = std::string(cell);
    return std::nullopt;
  }

  std::optional<FieldFault> read(std::string_view cell, bool& flag) const {
    const std::string code = normalized_code(cell);
    flag = code == "1" || code == "あり" || code == "○" || code == "有";
    const bool off = code.empty() || code == "0" || code == "なし" || code == "×" || code == "無";
    return flag || off ? std::nullopt : std::optional(fault(column_, "FLAG_INVALID", "1 か 0 "));
  }

  template <class T>
  std::optional<FieldFault> read(std::string_view cell, std::optional<T>& value) const {
    value.reset();
    if (normalized_code(cell).empty()) {
      return std::nullopt;
    }
    T inner{};
    auto found = read(cell, inner);
    if (!found) {
      value = inner;
    }
    return found;
  }

  std::optional<FieldFault> read(std::string_view cell, int& number) const {
    const std::string code = normalized_code(cell);
    const auto [stop, error] = std::from_chars(code.data(), code.data() + code.size(), number);
    const NumberRange range = range_of(column_);
    if (error != std::errc() || stop != code.data() + code.size() || number < range.least ||
        number > range.most) {
      return fault(
          column_, "NUMBER_INVALID",
          std::to_string(range.least) + " から " + std::to_string(range.most) + " までの整数");
    }
    return std::nullopt;
  }

  template <class Enum>
  requires std::is_enum_v<Enum> std::optional<FieldFault> read(std::string_view cell, Enum& value)
  const {
    std::string word = normalized_code(cell);
    std::erase_if(word, [](char c) { return c == ' '; });
    const auto found = value_of_word<Enum>(word);
    if (!found) {
      return fault(column_, "WORD_UNKNOWN", choices<Enum>() + " のどれか");
    }
    value = *found;
    return std::nullopt;
  }

  template <class T>
  std::optional<FieldFault> read(std::string_view cell, std::vector<T>& list) const {
    list.clear();
    for (const std::string& part : split(cell, ';')) {
      if (normalized_code(part).empty()) {
        continue;
      }
      T item{};
      if (auto found = read(part, item)) {
        return found;
      }
      list.push_back(std::move(item));
    }
    return std::nullopt;
  }

  template <class Record>
  requires std::is_class_v<Record> &&
      (!kIsList<Record>)std::optional<FieldFault> read(std::string_view cell,
                                                       Record& record) const {
    const std::vector<std::string> parts = split(cell, '|');
    std::optional<FieldFault> found;
    std::size_t at = 0;
    parts_of(record, [&](const char*, auto& member) {
      if (!found && at < parts.size()) {
        found = read(parts[at], member);
      }
      ++at;
    });
    if (!found && parts.size() > at) {
      found = fault(column_, "TOO_MANY_PARTS", "| で区切った " + std::to_string(at) + " 項目以内");
    }
    return found;
  }

 private:
  std::string_view column_;
};

std::string written(const std::string& text) {
  return text;
}
std::string written(bool flag) {
  return flag ? "1" : "0";
}
std::string written(int number) {
  return std::to_string(number);
}
template <class Enum>
requires std::is_enum_v<Enum> std::string written(Enum value) {
  return std::string(word_of(value));
}
template <class T>
std::string written(const std::optional<T>& value) {
  return value ? written(*value) : std::string();
}
template <class Record>
requires std::is_class_v<Record> &&(!kIsList<Record>)std::string written(const Record& record) {
  std::string text;
  bool first = true;
  parts_of(record, [&](const char*, const auto& member) {
    text += (first ? "" : "|") + written(member);
    first = false;
  });
  return text;
}
template <class T>
std::string written(const std::vector<T>& list) {
  std::string text;
  for (const T& item : list) {
    text += (text.empty() ? "" : ";") + written(item);
  }
  return text;
}

const std::vector<ColumnRule>& needs_rules() {
  static const std::vector<ColumnRule> rules = [] {
    std::vector<ColumnRule> all{{"宛名番号", true}};
    for (const std::string_view column : needs_columns()) {
      all.push_back({column});
    }
    return all;
  }();
  return rules;
}

/// Faults that lie between two cells.
std::optional<FieldFault> contradiction(const Needs& needs) {
  const Dwelling& home = needs.dwelling;
  if (home.floors && home.home_floor && *home.home_floor > *home.floors) {
    return FieldFault{"FLOOR_TOO_HIGH", "居住階が階数より大きくなっています。"};
  }
  return std::nullopt;
}

}  // namespace

const std::vector<std::string_view>& needs_columns() {
  static const std::vector<std::string_view> columns = [] {
    std::vector<std::string_view> all;
    Needs needs;
    needs_fields(needs, [&](const NeedsColumn& column, auto&) { all.emplace_back(column.name); });
    return all;
  }();
  return columns;
}

std::optional<FieldFault> set_needs_cell(Needs& needs, std::string_view column,
                                         std::string_view cell) {
  Needs changed = needs;
  bool known = false;
  std::optional<FieldFault> found;
  needs_fields(changed, [&](const NeedsColumn& each, auto& member) {
    if (column == each.name) {
      known = true;
      found = CellReader(column).read(cell, member);
    }
  });
  if (!known) {
    return FieldFault{"COLUMN_UNKNOWN", "知らない項目です: " + std::string(column)};
  }
  found = found ? found : contradiction(changed);
  if (!found) {
    needs = std::move(changed);
  }
  return found;
}

std::string needs_cell(const Needs& needs, std::string_view column) {
  std::string text;
  needs_fields(needs, [&](const NeedsColumn& each, const auto& member) {
    if (column == each.name) {
      text = written(member);
    }
  });
  return text;
}

ParsedRows<NeedsRow> parse_needs(const Table& table) {
  const Sheet sheet(table, "避難時配慮・能力", needs_rules());
  ImportLog log(sheet.encoding());
  ParsedRows<NeedsRow> parsed;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    NeedsRow result;
    result.line = row.line();
    result.resident_no = row.required_key("宛名番号", "RESIDENT_NO_MISSING");
    Needs checked;
    for (const std::string_view column : needs_columns()) {
      if (!sheet.has(column)) {
        continue;
      }
      std::string cell = row.text(column);
      if (const auto found = set_needs_cell(checked, column, cell)) {
        row.reject(column, found->code, found->message);
      }
      result.cells.emplace_back(column, std::move(cell));
    }
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(result));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
