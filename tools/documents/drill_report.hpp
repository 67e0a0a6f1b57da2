// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "planner/drill_report.hpp"

namespace documents {

/// Stands in every report of a drill.
inline constexpr const char* kDrillPrivacy =
    "訓練への参加に同意した人と、仮の人だけの結果です。人は番号で、名前と場所はありません。";

/// The report of a drill, A4 landscape: the plots on the first page, then a table or more per
/// page. Same report, same bytes.
[[nodiscard]] std::string drill_pdf(const planner::DrillReport& report);

/// The same as one HTML page with its plots as inline SVG: nothing is loaded from anywhere.
[[nodiscard]] std::string drill_html(const planner::DrillReport& report);

/// What one sheet is about; the name is printed, because helpers must know whom they time.
struct DrillSheetEntry {
  std::string id;
  std::string name;
  std::string shelter;
};

/// Sheets to write the stopwatch results on, two people per A4 page: the columns of
/// `registry::parse_drill_rows`.
[[nodiscard]] std::string drill_sheets(const std::vector<DrillSheetEntry>& entries,
                                       const std::string& day);

}  // namespace documents
