// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "import_row.hpp"
#include "registry/city_import.hpp"

namespace registry {
namespace {

const std::vector<ColumnRule>& supporter_columns() {
  static const std::vector<ColumnRule> columns{{"支援者番号", true},
                                               {"氏名", true},
                                               {"氏名カナ"},
                                               {"団体名"},
                                               {"住所", true},
                                               {"電話", true},
                                               {"メール"},
                                               {"対象宛名番号"},
                                               {"関係"},
                                               {"役割"},
                                               {"平日昼"},
                                               {"平日夜"},
                                               {"休日"},
                                               {"受持上限"},
                                               {"車両"},
                                               {"緯度"},
                                               {"経度"}};
  return columns;
}

int read_max_persons(RowReader& row) {
  constexpr int kMost = 50;
  const std::string code = row.code("受持上限");
  if (code.empty()) {
    return 1;
  }
  const auto number = parse_number(code);
  const int whole = number && *number >= 1 && *number <= kMost ? static_cast<int>(*number) : 0;
  if (whole == 0 || *number != whole) {
    row.reject("受持上限", "MAX_PERSONS_INVALID",
               "受持上限" + shown(code) + "を1～50の整数で書いてください。");
    return 1;
  }
  return whole;
}

Supporter read_supporter(RowReader& row) {
  Supporter supporter;
  supporter.supporter_no = row.required_key("支援者番号", "SUPPORTER_NO_MISSING");
  supporter.name = row.name("氏名");
  supporter.name_kana = row.text("氏名カナ");
  supporter.organisation = row.text("団体名");
  supporter.address = row.text("住所");
  supporter.phone = row.phone("電話");
  supporter.mail = row.text("メール");
  supporter.available = {row.flag("平日昼", true), row.flag("平日夜", true),
                         row.flag("休日", true)};
  supporter.max_persons = read_max_persons(row);
  supporter.has_vehicle = row.flag("車両", false);
  supporter.position = row.position();
  return supporter;
}

/// First of the differing columns of two rows that should be one supporter, or empty.
std::string_view difference(const Supporter& a, const Supporter& b) {
  if (a.name != b.name) {
    return "氏名";
  }
  if (a.address != b.address) {
    return "住所";
  }
  if (a.phone != b.phone) {
    return "電話";
  }
  return {};
}

/// A wrong link between supporter and person sends someone's data to a stranger: when rows of one
/// number contradict each other none is taken, and a link stated twice is taken once.
void take_group(std::vector<SupporterRow>& group, ImportLog& log, std::vector<SupporterRow>& rows) {
  std::string_view column;
  std::vector<std::size_t> lines;
  for (const SupporterRow& row : group) {
    lines.push_back(row.line);
    if (column.empty()) {
      column = difference(group.front().supporter, row.supporter);
    }
  }
  std::set<std::string> persons;
  for (SupporterRow& row : group) {
    if (!column.empty()) {
      log.reject({row.line, std::string(column), "SUPPORTER_CONTRADICTORY",
                  "同じ支援者番号の" + line_list(lines) + "行目で" + std::string(column) +
                      "が食い違っています。支援者番号か" + std::string(column) +
                      "を直してください。"});
    } else if (!persons.insert(row.person_resident_no).second) {
      log.reject({row.line, "対象宛名番号", "LINK_DUPLICATE",
                  "同じ支援者と対象者の組がもう一度出てきます。1行だけを残してください。"});
    } else {
      rows.push_back(std::move(row));
    }
  }
}

}  // namespace

ParsedRows<SupporterRow> parse_supporters(const Table& table) {
  const Sheet sheet(table, "避難支援等実施者", supporter_columns());
  ImportLog log(sheet.encoding());
  ParsedRows<SupporterRow> parsed;
  std::map<std::string, std::vector<SupporterRow>> groups;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    SupporterRow result;
    result.line = row.line();
    result.supporter = read_supporter(row);
    result.person_resident_no = row.key("対象宛名番号");
    result.relation = row.text("関係");
    result.role = row.text("役割");
    if (!row.rejected()) {
      groups[result.supporter.supporter_no].push_back(std::move(result));
    }
  });
  for (auto& [number, group] : groups) {
    take_group(group, log, parsed.rows);
  }
  std::ranges::stable_sort(parsed.rows, {}, &SupporterRow::line);
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
