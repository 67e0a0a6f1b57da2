// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace documents {

/// How the labels lie on an A4 sheet; measures in millimetres.
struct LabelSheet {
  std::string name;
  int columns = 1;
  int rows = 1;
  double left = 0;  ///< from the edge of the paper to the first label
  double top = 0;
  double width = 0;  ///< of one label
  double height = 0;
  double gap_x = 0;  ///< between labels
  double gap_y = 0;
  double padding = 0;  ///< from a label's edge to its text

  [[nodiscard]] int labels() const { return columns * rows; }
};

/// Reads `label_sheets.toml`. Throws `registry::InputError` naming the key for a missing, unknown
/// or impossible value, and the sheet for labels that do not fit on A4.
[[nodiscard]] std::vector<LabelSheet> parse_label_sheets(std::string_view toml);

/// Throws `registry::InputError` that names the sheets there are.
[[nodiscard]] const LabelSheet& sheet_called(const std::vector<LabelSheet>& sheets,
                                             const std::string& name);

}  // namespace documents
