// SPDX-License-Identifier: Apache-2.0
#include "registry/city_import.hpp"

namespace registry {

Table error_table(const ImportReport& report) {
  Table table;
  table.header = {"行", "列", "コード", "理由"};
  table.encoding = "UTF-8";
  std::size_t line = 1;
  for (const Rejected& rejected : report.rejected) {
    table.rows.push_back(
        {std::to_string(rejected.line), rejected.column, rejected.code, rejected.message});
    table.lines.push_back(++line);
  }
  return table;
}

}  // namespace registry
