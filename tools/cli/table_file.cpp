// SPDX-License-Identifier: Apache-2.0
#include "cli/table_file.hpp"

#include <array>

#include "cli/city_folder.hpp"
#include "cli/files.hpp"
#include "documents/workbook.hpp"

namespace cli {

registry::Table read_table(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  return registry::looks_like_workbook(bytes) ? registry::read_xlsx(bytes)
                                              : registry::read_csv(bytes);
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
