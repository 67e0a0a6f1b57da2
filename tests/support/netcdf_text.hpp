// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/table_io.hpp"

namespace support {

/// A group of a NetCDF file as ncdump tells it.
struct NetcdfGroupText {
  std::map<std::string, std::string> types;                ///< int64, double, string by variable
  std::map<std::string, std::vector<std::string>> values;  ///< a missing number is `*`
  std::map<std::string, std::string> attributes;           ///< `variable:name`, or `:name`
};

/// Reads the text notation (CDL) that ncdump writes; the root's attributes stand under "".
[[nodiscard]] std::map<std::string, NetcdfGroupText> parse_cdl(const std::string& cdl);

/// What a group and a CSV of the same table do not agree on, in words. Numbers may be spelt in
/// another way, and CSV has a `'` before what a spreadsheet would calculate.
[[nodiscard]] std::vector<std::string> differences(const registry::Table& csv,
                                                   const NetcdfGroupText& group);

}  // namespace support
