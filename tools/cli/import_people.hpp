// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "registry/import_desk.hpp"

namespace cli {

/// How a city file about people is to be read and taken.
struct PeopleOptions {
  std::string mapping;   ///< TOML file; empty = our own column names
  std::string encoding;  ///< empty = by the bytes
  std::string sheet;     ///< of a workbook
  bool full = false;
  bool partial = false;  ///< against a mapping that says `full`
  bool preview = false;
  bool show = false;  ///< names on the clerk's own screen
};

void add_people_options(CLI::App& command, PeopleOptions& options);

/// Imports or previews a file of one kind. The document holds the report and, for a preview, the
/// batch; `report` receives it for the error CSV.
[[nodiscard]] nlohmann::ordered_json import_people(registry::ImportKind kind,
                                                   const std::string& file,
                                                   const PeopleOptions& options,
                                                   const CityFolder& city, const Context& context,
                                                   registry::ImportReport& report);

/// A table from CSV or from a workbook, whichever the bytes are.
[[nodiscard]] registry::Table read_table(const std::string& file, const PeopleOptions& options);

}  // namespace cli
