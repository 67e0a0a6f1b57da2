// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "registry/table_io.hpp"

namespace cli {

/// A list that comes back, as CSV or as a workbook, whichever its bytes are. Throws
/// `registry::InputError` when it cannot be read.
[[nodiscard]] registry::Table read_table(const std::filesystem::path& file);

/// A column of a list: its name, and the member of a JSON object that stands in it.
struct JsonColumn {
  const char* name;
  const char* key;
};

/// A list made of what a command also prints as JSON. `true` becomes ○, `false` and what is not
/// there an empty cell; arrays are joined with 、.
[[nodiscard]] registry::Table table_of(const nlohmann::ordered_json& rows,
                                       const std::vector<JsonColumn>& columns);

/// Whether the name asks for a workbook: it ends in `.xlsx`.
[[nodiscard]] bool names_workbook(const std::filesystem::path& file);

/// Writes a list as a workbook where the name ends in `.xlsx`, otherwise as CSV. `title` names the
/// sheet. Returns the cells CP932 could not hold.
std::vector<std::string> write_table(
    const std::filesystem::path& file, const std::string& title, const registry::Table& table,
    registry::CsvEncoding encoding = registry::CsvEncoding::Utf8Bom);

}  // namespace cli
