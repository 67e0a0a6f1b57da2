// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/result_file.hpp"

namespace planner {

/// District and way of moving of each row of the table `person`, or `*` where fewer than five share
/// it, or where those who do could be counted by subtraction.
struct ShownPlaces {
  std::vector<std::string> area;
  std::vector<std::string> profile;
};
[[nodiscard]] ShownPlaces shown_places(const registry::ResultTable& people);

/// A table of a drill's result as it may leave the house: counts of people below five are hidden in
/// `meta`, `group_completion` and `district`; in `person` places are as `shown_places` has them.
/// The result file itself holds everything in full.
struct ShareableTable {
  registry::ResultTable values;           ///< what is hidden is gone: `*`, or 0 among numbers
  std::vector<std::vector<char>> hidden;  ///< by column and row; 1 = hidden
};

/// The one place that hides: every export is made from it.
[[nodiscard]] ShareableTable shareable_columns(const registry::ResultTable& table);

/// The same as text, for CSV: `*` for everything hidden.
[[nodiscard]] registry::Table shareable_table(const registry::ResultTable& table);

}  // namespace planner
