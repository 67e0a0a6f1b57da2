// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include <string>
#include <vector>

#include "database.hpp"

namespace support {

/// Every row of a table, cell by cell, sorted. For tests that look behind the door.
inline std::vector<std::string> rows_of(registry::Session& session, const std::string& table) {
  std::vector<std::string> lines;
  soci::session& sql = registry::SessionInside::store(session).sql();
  const soci::rowset<soci::row> rows = (sql.prepare << "SELECT * FROM " + table);
  for (const soci::row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row.get_properties(i).get_name() + "=";
      if (row.get_indicator(i) == soci::i_null) {
        line += "NULL";
      } else if (row.get_properties(i).get_data_type() == soci::dt_string) {
        line += row.get<std::string>(i);
      } else if (row.get_properties(i).get_data_type() == soci::dt_double) {
        line += std::to_string(row.get<double>(i));
      } else if (row.get_properties(i).get_data_type() == soci::dt_long_long) {
        line += std::to_string(row.get<long long>(i));
      } else {
        line += std::to_string(row.get<int>(i));
      }
      line += '|';
    }
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// The tables that imports of people write.
inline std::vector<std::string> people_of(registry::Session& session) {
  std::vector<std::string> all;
  for (const char* table : {"person", "certificate", "register_entry"}) {
    for (const std::string& line : rows_of(session, table)) {
      all.push_back(std::string(table) + ":" + line);
    }
  }
  return all;
}

}  // namespace support
