// SPDX-License-Identifier: Apache-2.0
#include "documents/drill_data.hpp"

#include <utility>
#include <vector>

#include "documents/netcdf_file.hpp"
#include "documents/zip_file.hpp"
#include "planner/drill_columns.hpp"
#include "planner/drill_disclosure.hpp"
#include "planner/drill_tables.hpp"

namespace documents {
namespace {

constexpr const char* kComment =
    "-1 = 起きなかった。_FillValue または * = 5人未満などのため示さない "
    "(-1 = did not happen; _FillValue or * = hidden, a small count)";

NetcdfAttributes attributes_of(const planner::ColumnWords& words) {
  NetcdfAttributes attributes;
  if (!words.long_name.empty()) {
    attributes.emplace_back("long_name", words.long_name);
  }
  if (!words.units.empty()) {
    attributes.emplace_back("units", words.units);
  }
  return attributes;
}

NetcdfGroup group_of(planner::ShareableTable shown) {
  const std::string& table = shown.values.name;
  NetcdfGroup group{.name = table,
                    .variables = {},
                    .attributes = attributes_of(planner::column_words(table, {}))};
  for (std::size_t i = 0; i < shown.values.columns.size(); ++i) {
    registry::ResultColumn& column = shown.values.columns[i];
    group.variables.push_back(
        {.name = column.name,
         .values = std::move(column.values),
         .missing = std::move(shown.hidden[i]),
         .attributes = attributes_of(planner::column_words(table, column.name))});
  }
  return group;
}

NetcdfAttributes facts_of(const registry::ResultFile& results) {
  const auto shown = planner::shareable_columns(results.table("meta"));
  const auto& keys = shown.values.text("key");
  const auto& values = shown.values.text("value");
  // Python shows its own `name` of a file; `title` is what readers look for.
  NetcdfAttributes facts = {{"title", planner::meta_of(results, "name")}, {"comment", kComment}};
  for (std::size_t row = 0; row < keys.size(); ++row) {
    facts.emplace_back(keys[row], values[row]);
  }
  return facts;
}

}  // namespace

std::string drill_csv(const registry::ResultFile& results) {
  std::vector<ZipEntry> entries;
  entries.reserve(results.tables.size());
  for (const registry::ResultTable& table : results.tables) {
    entries.push_back({table.name + ".csv", registry::write_csv(planner::shareable_table(table),
                                                                registry::CsvEncoding::Utf8Bom)
                                                .bytes});
  }
  return zip_file(entries);
}

std::string drill_netcdf(const registry::ResultFile& results) {
  NetcdfContent content{.groups = {}, .attributes = facts_of(results)};
  content.groups.reserve(results.tables.size());
  for (const registry::ResultTable& table : results.tables) {
    content.groups.push_back(group_of(planner::shareable_columns(table)));
  }
  return netcdf_file(content);
}

}  // namespace documents
