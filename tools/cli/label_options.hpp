// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "documents/address_labels.hpp"

namespace cli {

/// Which sheet of labels, and where on it to begin.
struct LabelOptions {
  std::string sheet = "12面";
  int first = 1;
  bool outline = false;
};

void add_label_options(CLI::App* command, LabelOptions& options);

/// Draws the labels for a city's sheets and writes them. Returns the warnings.
std::vector<std::string> write_labels(const CityFolder& city,
                                      const std::vector<documents::AddressLabel>& labels,
                                      const LabelOptions& options, const std::string& out);

}  // namespace cli
