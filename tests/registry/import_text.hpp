// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/city_import.hpp"
#include "registry/error.hpp"

namespace registry {

constexpr Date day(int year, unsigned month, unsigned of_month) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{of_month}};
}

/// A CSV text of one row: `usual` values by column, with some replaced or, for "(none)", taken out
/// together with their column.
using Cells = std::map<std::string, std::string>;

inline std::string csv_of(const Cells& usual, const std::vector<Cells>& rows) {
  std::vector<std::string> columns;
  for (const auto& [column, value] : usual) {
    columns.push_back(column);
  }
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    text += (i == 0 ? "" : ",") + columns[i];
  }
  for (const Cells& row : rows) {
    text += "\r\n";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto changed = row.find(columns[i]);
      const std::string& value = changed == row.end() ? usual.at(columns[i]) : changed->second;
      text += (i == 0 ? "\"" : ",\"") + value + "\"";
    }
  }
  return text + "\r\n";
}

/// `CODE@line:column` of every rejection.
inline std::vector<std::string> faults(const ImportReport& report) {
  std::vector<std::string> result;
  for (const Rejected& rejected : report.rejected) {
    result.push_back(rejected.code + "@" + std::to_string(rejected.line) + ":" + rejected.column);
  }
  return result;
}

/// A file as bytes; empty when it cannot be read.
inline std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::string rule_text(const std::string& name) {
  return file_bytes(std::string(TOMONI_SOURCE_DIR) + "/data/rules/" + name);
}

}  // namespace registry
