// SPDX-License-Identifier: Apache-2.0
#include "cli/ledger_columns.hpp"

#include <algorithm>
#include <array>

#include "planner/toml_reader.hpp"

namespace cli {
namespace {

constexpr std::array<std::string_view, 14> kFields = {
    "resident_no",  "name",   "kana",  "birth", "sex",       "address",       "phone",
    "household_no", "status", "place", "needs", "last_seen", "needs_support", "event"};

}  // namespace

std::vector<LedgerColumn> parse_ledger_columns(std::string_view toml) {
  const toml::table file = planner::parse_toml(toml, "被災者台帳の列");
  const planner::TomlReader reader(file, "被災者台帳の列");
  reader.allow_only({"column"});
  std::vector<LedgerColumn> columns;
  for (const planner::TomlReader& each : reader.tables("column")) {
    each.allow_only({"name", "field"});
    LedgerColumn column{.name = each.text("name"), .field = each.text("field")};
    if (std::ranges::find(kFields, column.field) == kFields.end()) {
      each.fail("field",
                "name, kana, birth, sex, address, phone, status, place, needs などの項目名");
    }
    if (std::ranges::find(columns, column.name, &LedgerColumn::name) != columns.end()) {
      each.fail("name", "まだ使っていない列の名前");
    }
    columns.push_back(std::move(column));
  }
  if (columns.empty()) {
    reader.fail("column", "一つ以上の [[column]]");
  }
  return columns;
}

}  // namespace cli
