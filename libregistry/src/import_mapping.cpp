// SPDX-License-Identifier: Apache-2.0
#include "registry/import_mapping.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "import_columns.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "stored_codes.hpp"
#include "toml_fields.hpp"

namespace registry {
namespace {

/// Columns whose cells are words of a list; all others are taken as they stand.
constexpr std::array<std::string_view, 17> kCoded = {
    "性別",     "住民区分",       "支援措置区分", "生年月日不詳", "続柄",     "入所区分",
    "帰宅見込", "制度区分",       "等級",         "部位",         "部位等級", "種別",
    "移動手段", "要介護状態区分", "登録区分",     "申請事由",     "疾病名"};

constexpr std::array<std::string_view, 7> kDates = {"生年月日", "支援措置期限", "認定日", "交付日",
                                                    "有効期限", "申請日",       "異動日"};

constexpr std::string_view kProtection = "支援措置区分";

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

void expect_known_column(const TomlFields& entry, ImportKind kind, const std::string& ours) {
  const auto& rules = import_columns(kind);
  std::vector<std::string> names;
  for (const ColumnRule& rule : rules) {
    if (rule.name == ours) {
      return;
    }
    names.emplace_back(rule.name);
  }
  entry.fail("ours", "の「" + ours + "」は知らない列です。使える列: " + joined(names));
}

std::map<std::string, std::string> read_values(const TomlFields& entry, const toml::table& table) {
  const toml::table* values = table["values"].as_table();
  if (values == nullptr || values->empty()) {
    entry.fail("values",
               "には { \"01\" = \"住民\" } の形で、先方の値とこちらの値を書いてください。");
  }
  std::map<std::string, std::string> result;
  for (const auto& [theirs, ours] : *values) {
    const auto word = ours.value_exact<std::string>();
    if (!word) {
      entry.fail("values", "の「" + std::string(theirs.str()) + "」には文字列を書いてください。");
    }
    if (!result.emplace(normalized_code(theirs.str()), *word).second) {
      entry.fail("values", "に「" + std::string(theirs.str()) + "」が2回あります。");
    }
  }
  return result;
}

/// A text that may be empty.
std::optional<std::string> read_text(const TomlFields& entry, const toml::table& table,
                                     const char* key) {
  if (!entry.has(key)) {
    return std::nullopt;
  }
  auto value = table[key].value_exact<std::string>();
  if (!value) {
    entry.fail(key, "には文字列を書いてください。");
  }
  return value;
}

EraDigits read_era_digits(const TomlFields& entry) {
  const std::string digits = entry.text("era_digits");
  if (digits == "12345") {
    return EraDigits::Consecutive;
  }
  if (digits == "13579") {
    return EraDigits::Odd;
  }
  entry.fail("era_digits",
             "は \"12345\"（1明治 2大正 3昭和 4平成 5令和）か \"13579\"（1明治 3大正 5昭和 7平成 "
             "9令和）です。");
}

void read_translation(const TomlFields& entry, const toml::table& table, ColumnSource& column) {
  column.otherwise = read_text(entry, table, "otherwise");
  if (entry.has("values")) {
    if (!is_among(kCoded, column.ours)) {
      entry.fail("values", "は、決まった語の列にだけ使えます。「" + column.ours +
                               "」はファイルの文字のまま読みます。");
    }
    column.values = read_values(entry, table);
  } else if (column.otherwise) {
    entry.fail("otherwise", "は values と一緒に使います。");
  }
  if (entry.has("era_digits")) {
    if (!is_among(kDates, column.ours)) {
      entry.fail("era_digits", "は日付の列にだけ使えます。");
    }
    column.era_digits = read_era_digits(entry);
  }
}

ColumnSource read_column(const TomlFields& entry, const toml::table& table, ImportKind kind) {
  entry.refuse_unknown({"ours", "theirs", "join", "constant", "values", "otherwise", "era_digits"});
  ColumnSource column;
  column.ours = entry.text("ours");
  expect_known_column(entry, kind, column.ours);
  const auto constant = read_text(entry, table, "constant");
  if (constant.has_value() == entry.has("theirs")) {
    entry.fail("theirs", "と constant のどちらか一方を書いてください。");
  }
  column.constant = constant.value_or("");
  if (entry.has("theirs")) {
    column.theirs =
        table["theirs"].is_array() ? entry.texts("theirs") : std::vector{entry.text("theirs")};
  }
  column.joined_by = read_text(entry, table, "join").value_or("");
  read_translation(entry, table, column);
  if (column.ours == kProtection && (constant || column.otherwise)) {
    entry.fail(constant ? "constant" : "otherwise",
               "は支援措置区分には使えません。先方のファイルに列がないことや知らない値を「対象者が"
               "いない」と読むと、住所が漏れるおそれがあります。");
  }
  return column;
}

/// The cells of one of our columns, and what is wrong with them.
class ColumnMaker {
 public:
  ColumnMaker(const Table& table, const ColumnSource& source) : table_(table), source_(source) {
    for (const std::string& name : source.theirs) {
      places_.push_back(*table.column(name));
    }
  }

  std::string cell(std::size_t row, std::vector<CellFault>& faults) const {
    if (source_.theirs.empty()) {
      return source_.constant;
    }
    std::string text;
    for (const std::size_t place : places_) {
      const std::string& part = table_.rows[row][place];
      text += (text.empty() || part.empty() ? "" : source_.joined_by) + part;
    }
    if (source_.era_digits == EraDigits::Odd) {
      text = with_consecutive_era(row, text, faults);
    }
    return source_.values.empty() ? text : translated(row, text, faults);
  }

 private:
  std::string translated(std::size_t row, const std::string& text,
                         std::vector<CellFault>& faults) const {
    const std::string code = normalized_code(text);
    const auto found = source_.values.find(code);
    if (found != source_.values.end()) {
      return found->second;
    }
    if (code.empty()) {
      return text;
    }
    if (source_.otherwise) {
      return *source_.otherwise;
    }
    faults.push_back({row, source_.ours, "VALUE_NOT_MAPPED",
                      "対応表の values にない値です。対応表に書き加えるか、値を直してください。"});
    return text;
  }

  /// 1,3,5,7,9 to 1-5, which dates are read with.
  std::string with_consecutive_era(std::size_t row, const std::string& text,
                                   std::vector<CellFault>& faults) const {
    std::string code = normalized_code(text);
    if (code.size() != 7 || code.find_first_not_of("0123456789") != std::string::npos) {
      return text;
    }
    constexpr std::string_view kOdd = "13579";
    const std::size_t era = kOdd.find(code.front());
    if (era == std::string_view::npos) {
      faults.push_back({row, source_.ours, "ERA_DIGIT_UNKNOWN",
                        "元号の数字が 1・3・5・7・9 のどれでもありません。対応表の era_digits を"
                        "確かめてください。"});
      return text;
    }
    code.front() = static_cast<char>('1' + static_cast<int>(era));
    return code;
  }

  const Table& table_;
  const ColumnSource& source_;
  std::vector<std::size_t> places_;
};

void expect_columns(const Table& table, const ImportMapping& mapping) {
  std::vector<std::string> missing;
  for (const ColumnSource& column : mapping.columns) {
    for (const std::string& name : column.theirs) {
      if (!table.column(name)) {
        missing.push_back(name);
      }
    }
  }
  if (!missing.empty()) {
    throw InputError(
        "対応表「" + mapping.source + "」にある列がファイルにありません: " + joined(missing) +
        "。見つかった列: " + joined(table.header) + "。対応表かファイルを確かめてください。");
  }
}

/// Places of the file's columns that keep their names: no entry reads them or has their name.
std::vector<std::size_t> kept_columns(const Table& table, const ImportMapping& mapping) {
  std::set<std::string> taken;
  for (const ColumnSource& column : mapping.columns) {
    taken.insert(normalized_code(column.ours));
    for (const std::string& name : column.theirs) {
      taken.insert(normalized_code(name));
    }
  }
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    if (!taken.contains(normalized_code(table.header[i]))) {
      kept.push_back(i);
    }
  }
  return kept;
}

void note_unused(const std::vector<std::size_t>& kept, ImportKind kind, Table& table) {
  std::vector<std::string> unused;
  for (const std::size_t place : kept) {
    const std::string name = normalized_code(table.header[place]);
    const bool known = std::ranges::any_of(import_columns(kind), [&](const ColumnRule& rule) {
      return normalized_code(rule.name) == name;
    });
    if (!known && !name.empty()) {
      unused.push_back(table.header[place]);
    }
  }
  if (!unused.empty()) {
    table.notes.push_back("使わなかった列: " + joined(unused));
  }
}

}  // namespace

ImportMapping parse_import_mapping(std::string_view toml, std::string_view file) {
  const toml::table root = parse_toml_text(toml, file);
  const TomlFields fields(root, std::string(file));
  fields.refuse_unknown({"source", "kind", "full", "encoding", "sheet", "column"});
  ImportMapping mapping;
  mapping.source = fields.text("source");
  const std::string kind = fields.text("kind");
  const auto& kinds = kCodes<ImportKind>;
  const auto* const known = std::ranges::find(kinds, kind);
  if (known == kinds.end()) {
    fields.fail("kind", "は residents, care, disability, intractable, voluntary のどれかです。");
  }
  mapping.kind = static_cast<ImportKind>(known - kinds.begin());
  if (fields.has("full")) {
    const auto full = root["full"].value_exact<bool>();
    if (!full) {
      fields.fail("full", "には true か false を書いてください。");
    }
    mapping.full = *full;
  }
  if (fields.has("encoding")) {
    mapping.encoding = parse_text_encoding(fields.text("encoding"));
    if (!mapping.encoding) {
      fields.fail("encoding", "は UTF-8、CP932、UTF-16LE のどれかです。");
    }
  }
  mapping.sheet = fields.text_or_empty("sheet");
  const auto entries = fields.tables("column");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const toml::table& table = *root["column"].as_array()->get(i)->as_table();
    mapping.columns.push_back(read_column(entries[i], table, mapping.kind));
    if (!seen.insert(mapping.columns.back().ours).second) {
      entries[i].fail("ours", "の「" + mapping.columns.back().ours + "」が2回あります。");
    }
  }
  return mapping;
}

Table mapped(Table table, const ImportMapping& mapping) {
  expect_columns(table, mapping);
  const std::vector<std::size_t> kept = kept_columns(table, mapping);
  Table result;
  result.encoding = table.encoding;
  note_unused(kept, mapping.kind, table);
  std::vector<ColumnMaker> makers;
  for (const ColumnSource& column : mapping.columns) {
    result.header.push_back(column.ours);
    makers.emplace_back(table, column);
  }
  for (const std::size_t place : kept) {
    result.header.push_back(table.header[place]);
  }
  result.rows.reserve(table.rows.size());
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const bool blank =
        std::ranges::all_of(table.rows[row], [](const std::string& cell) { return cell.empty(); });
    std::vector<std::string> cells(result.header.size());
    for (std::size_t i = 0; i < makers.size() && !blank; ++i) {
      cells[i] = makers[i].cell(row, table.faults);
    }
    for (std::size_t i = 0; i < kept.size(); ++i) {
      cells[makers.size() + i] = std::move(table.rows[row][kept[i]]);
    }
    result.rows.push_back(std::move(cells));
    table.rows[row] = {};
  }
  std::ranges::stable_sort(table.faults, {}, &CellFault::row);
  result.lines = std::move(table.lines);
  result.faults = std::move(table.faults);
  result.notes = std::move(table.notes);
  return result;
}

}  // namespace registry
