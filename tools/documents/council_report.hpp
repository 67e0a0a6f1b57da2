// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "planner/city_summary.hpp"
#include "registry/calendar.hpp"
#include "registry/local_plan.hpp"
#include "registry/table_io.hpp"

namespace documents {

/// One table of the report.
struct ReportTable {
  std::string title;
  registry::Table table;
};

/// The summary as it may leave the house: a count of people below 5 is `*`
/// (`registry::statistics_cell`). Where a column shows its total and only one cell of it would be
/// hidden, the next smallest is hidden too, so that nobody subtracts.
[[nodiscard]] std::vector<ReportTable> council_tables(const planner::CitySummary& summary);

struct CouncilPrint {
  const std::vector<ReportTable>& tables;
  const registry::LocalPlan& local_plan;
  registry::Date on;
  std::string title = "避難行動要支援者の避難計画の状況";
  /// At the foot of every page.
  std::string note =
      "5人未満の数は、個人が分からないように「*」としています。合計との引き算で分かる数も同じです。"
      "「実行できる」は、支援者が着いて避難し終えるまでの時間が期限に間に合うと計算で確かめた計画"
      "です。";
};

/// A4 landscape, as `ReportFlow` lays it out. Same input, same bytes.
[[nodiscard]] std::string council_pdf(const CouncilPrint& print);
/// One sheet per table.
[[nodiscard]] std::string council_workbook(const CouncilPrint& print);

}  // namespace documents
