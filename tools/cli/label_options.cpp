// SPDX-License-Identifier: Apache-2.0
#include "cli/label_options.hpp"

#include "cli/files.hpp"

namespace cli {

void add_label_options(CLI::App* command, LabelOptions& options) {
  command->add_option("--sheet", options.sheet,
                      "用紙: rules/label_sheets.toml の名前。既定は 12面 (sheet)");
  command->add_option("--first", options.first, "何面目から印刷するか。使いかけの用紙に (begin at)")
      ->check(CLI::PositiveNumber);
  command->add_flag("--outline", options.outline, "枠を付けて試し刷りする (with frames)");
}

std::vector<std::string> write_labels(const CityFolder& city,
                                      const std::vector<documents::AddressLabel>& labels,
                                      const LabelOptions& options, const std::string& out) {
  const auto sheets = documents::parse_label_sheets(city.rules("label_sheets.toml"));
  documents::LabelFile file =
      documents::address_labels({.sheet = documents::sheet_called(sheets, options.sheet),
                                 .labels = labels,
                                 .printed_on = registry::tokyo_date(now()),
                                 .first = options.first,
                                 .outline = options.outline});
  write_file(out, file.pdf);
  return std::move(file.warnings);
}

}  // namespace cli
