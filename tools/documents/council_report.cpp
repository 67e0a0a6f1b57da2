// SPDX-License-Identifier: Apache-2.0
#include "documents/council_report.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "documents/pdf_document.hpp"
#include "documents/report_flow.hpp"
#include "documents/workbook.hpp"
#include "planner/small_counts.hpp"

namespace documents {
namespace {

using planner::CitySummary;
using planner::CourseShare;
using planner::PlanShare;

constexpr const char* kHidden = planner::kHiddenCount;

using Counts = std::vector<std::size_t>;

/// Per cent of people, hidden with either of its figures.
std::string percent(const std::string& part, const std::string& whole, std::size_t part_count,
                    std::size_t whole_count) {
  if (part == kHidden || whole == kHidden || whole_count == 0) {
    return kHidden;
  }
  return fmt::format("{:.1f}%",
                     100.0 * static_cast<double>(part_count) / static_cast<double>(whole_count));
}

template <class Share, class Member>
Counts counts_of(const std::vector<Share>& shares, Member member) {
  Counts counts;
  counts.reserve(shares.size());
  for (const Share& share : shares) {
    counts.push_back(share.*member);
  }
  return counts;
}

/// A column of counts and which of them are not shown.
struct Column {
  std::string name;
  Counts counts;
  std::vector<char> hidden = {};
};

/// Hides of each row of parts of a known whole what could be found by subtraction. That a state is
/// nobody's may be found: it tells of no one.
void hide_in_rows(std::span<Column> parts) {
  for (std::size_t row = 0; row < parts.front().counts.size(); ++row) {
    Counts counts;
    std::vector<char> hidden;
    std::size_t sum = 0;
    for (const Column& part : parts) {
      counts.push_back(part.counts[row]);
      hidden.push_back(part.hidden[row]);
      sum += hidden.back() != 0 ? counts.back() : 0;
    }
    if (sum > 0) {
      hidden = planner::hide_small_counts(counts, hidden).hidden;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i].hidden[row] = hidden[i];
      }
    }
  }
}

/// Hides small counts; where the columns have totals, also what those would tell; and of the
/// verdicts, which add up to a column beside them, what the row would. `parts`: index of the first
/// and after the last verdict. Every pass only adds.
void hide(std::vector<Column>& columns, bool have_totals,
          const std::pair<std::size_t, std::size_t>& parts) {
  std::vector<std::vector<char>> before(columns.size());
  const auto changed = [&] {
    bool any = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      any = any || before[i] != columns[i].hidden;
      before[i] = columns[i].hidden;
    }
    return any;
  };
  for (Column& column : columns) {
    for (const std::size_t count : column.counts) {
      column.hidden.push_back(count < planner::kSmallestCount ? 1 : 0);
    }
  }
  while (changed()) {
    for (Column& column : columns) {
      if (have_totals) {
        column.hidden = planner::hide_small_counts(column.counts, column.hidden).hidden;
      }
    }
    hide_in_rows(std::span(columns).subspan(parts.first, parts.second - parts.first));
  }
}

/// Adds columns to rows that hold their names already.
void add_columns(registry::Table& table, const std::vector<Column>& columns) {
  for (const Column& column : columns) {
    table.header.push_back(column.name);
    for (std::size_t i = 0; i < column.counts.size(); ++i) {
      table.rows[i].push_back(column.hidden[i] != 0 ? kHidden : std::to_string(column.counts[i]));
    }
  }
}

registry::Table share_table(const std::vector<PlanShare>& shares, const char* name,
                            bool has_total) {
  registry::Table table;
  table.header = {name};
  for (const PlanShare& share : shares) {
    table.rows.push_back({share.name});
  }
  std::vector<Column> columns = {{"名簿の人", counts_of(shares, &PlanShare::people)},
                                 {"計画あり", counts_of(shares, &PlanShare::planned)},
                                 {"確定", counts_of(shares, &PlanShare::settled)},
                                 {"実行できる", counts_of(shares, &PlanShare::executable)},
                                 {"危うい", counts_of(shares, &PlanShare::at_risk)},
                                 {"実行できない", counts_of(shares, &PlanShare::not_executable)},
                                 {"未判定", counts_of(shares, &PlanShare::not_judged)}};
  hide(columns, has_total, {3, 7});
  add_columns(table, columns);
  table.header.insert(table.header.end(), {"計画の割合", "実行できる割合"});
  for (std::size_t i = 0; i < shares.size(); ++i) {
    auto& row = table.rows[i];
    const std::string planned = percent(row[2], row[1], shares[i].planned, shares[i].people);
    const std::string executable = percent(row[4], row[1], shares[i].executable, shares[i].people);
    row.push_back(planned);
    row.push_back(executable);
  }
  return table;
}

registry::Table course_table(const std::vector<CourseShare>& shares) {
  registry::Table table;
  table.header = {"災害"};
  for (const CourseShare& share : shares) {
    table.rows.push_back({std::string(registry::to_text(share.family))});
  }
  std::vector<Column> columns = {{"計画した人", counts_of(shares, &CourseShare::courses)},
                                 {"実行できる", counts_of(shares, &CourseShare::executable)},
                                 {"危うい", counts_of(shares, &CourseShare::at_risk)},
                                 {"実行できない", counts_of(shares, &CourseShare::not_executable)},
                                 {"未判定", counts_of(shares, &CourseShare::not_judged)},
                                 {"行き先なし", counts_of(shares, &CourseShare::nowhere_to_go)}};
  hide(columns, false, {1, 5});
  add_columns(table, columns);
  return table;
}

registry::Table shelter_table(const std::vector<planner::ShelterLoad>& shelters) {
  registry::Table table;
  table.header = {"避難所", "定員"};
  for (const planner::ShelterLoad& shelter : shelters) {
    table.rows.push_back(
        {shelter.name, shelter.capacity == 0 ? "公表なし" : std::to_string(shelter.capacity)});
  }
  table.header.emplace_back("割り当てた人");
  const auto cells =
      planner::shown_counts(counts_of(shelters, &planner::ShelterLoad::assigned), true);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    table.rows[i].push_back(cells[i]);
  }
  return table;
}

std::string created(const CouncilPrint& print) {
  return registry::to_iso(print.on) + "T00:00:00Z";
}

}  // namespace

std::vector<ReportTable> council_tables(const CitySummary& summary) {
  return {{"市全体", share_table({summary.city}, "区分", false)},
          {"地区別", share_table(summary.areas, "地区", true)},
          {"災害別", course_table(summary.courses)},
          {"避難所の割り当て", shelter_table(summary.shelters)}};
}

std::string council_pdf(const CouncilPrint& print) {
  PdfDocument pdf(kA4Landscape, print.title, created(print));
  {
    ReportFlow flow(
        pdf, {.title = print.title,
              .beside = fmt::format("{}　{}　{}現在", print.local_plan.city_name,
                                    print.local_plan.department, registry::to_wareki(print.on)),
              .foot = print.note});
    for (const ReportTable& each : print.tables) {
      flow.table({each.title}, each.table);
    }
  }
  return pdf.finish();
}

std::string council_workbook(const CouncilPrint& print) {
  std::vector<WorkbookSheet> sheets;
  sheets.reserve(print.tables.size());
  for (const ReportTable& each : print.tables) {
    sheets.push_back({.name = each.title, .table = each.table, .footer = "5人未満は *"});
  }
  return workbook(sheets, created(print));
}

}  // namespace documents
