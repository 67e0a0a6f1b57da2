// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace planner {

/// What stands in a column of a drill's result, in words.
struct ColumnWords {
  std::string long_name;  ///< Japanese, then English in brackets
  std::string units;      ///< as UDUNITS spells them; empty for counts, codes and texts
};

/// Of a column of the tables of `drill_tables` and `study_tables`; of the table itself where
/// `column` is empty. Empty for what is none of them.
[[nodiscard]] ColumnWords column_words(std::string_view table, std::string_view column);

}  // namespace planner
