// SPDX-License-Identifier: Apache-2.0
#include "cli/table_file.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/files.hpp"
#include "documents/workbook.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

std::string cell_of(const Json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  if (value.is_boolean()) {
    return value.get<bool>() ? "○" : "";
  }
  if (value.is_array()) {
    std::string text;
    for (const Json& each : value) {
      text += (text.empty() ? "" : "、") + cell_of(each);
    }
    return text;
  }
  return value.is_null() ? "" : value.dump();
}

}  // namespace

registry::Table read_table(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  return registry::looks_like_workbook(bytes) ? registry::read_xlsx(bytes)
                                              : registry::read_csv(bytes);
}

registry::Table table_of(const Json& rows, const std::vector<JsonColumn>& columns) {
  registry::Table table;
  table.header.reserve(columns.size());
  for (const JsonColumn& column : columns) {
    table.header.emplace_back(column.name);
  }
  table.rows.reserve(rows.size());
  for (const Json& row : rows) {
    std::vector<std::string> cells;
    cells.reserve(columns.size());
    for (const JsonColumn& column : columns) {
      const auto found = row.find(column.key);
      cells.push_back(found == row.end() ? "" : cell_of(*found));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

bool names_workbook(const std::filesystem::path& file) {
  return file.extension() == ".xlsx";
}

std::vector<std::string> write_table(const std::filesystem::path& file, const std::string& title,
                                     const registry::Table& table, registry::CsvEncoding encoding) {
  if (names_workbook(file)) {
    const std::array sheets = {documents::WorkbookSheet{.name = title, .table = table}};
    const std::string today = registry::to_iso(registry::tokyo_date(now()));
    write_file(file, documents::workbook(sheets, today + "T00:00:00Z"));
    return {};
  }
  registry::CsvOutput csv = registry::write_csv(table, encoding);
  write_file(file, csv.bytes);
  return std::move(csv.substitutions);
}

}  // namespace cli
