// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "registry/result_file.hpp"

namespace planner {

/// A table of a drill's result as it may leave the house: counts of people below five are hidden in
/// `meta` and `group_completion`; in `person` the district and the way of moving are, where fewer
/// than five share them. The result file itself holds everything in full.
struct ShareableTable {
  registry::ResultTable values;           ///< what is hidden is gone: `*`, or 0 among numbers
  std::vector<std::vector<char>> hidden;  ///< by column and row; 1 = hidden
};

/// The one place that hides: every export is made from it.
[[nodiscard]] ShareableTable shareable_columns(const registry::ResultTable& table);

/// The same as text, for CSV: `*` for everything hidden.
[[nodiscard]] registry::Table shareable_table(const registry::ResultTable& table);

}  // namespace planner
