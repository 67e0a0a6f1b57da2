// SPDX-License-Identifier: Apache-2.0
#include "documents/council_report.hpp"

#include <fmt/format.h>

#include <algorithm>

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

/// Adds the columns of counts to rows that hold their names already.
void add_counts(registry::Table& table, const std::string& name, const Counts& counts,
                bool has_total) {
  table.header.push_back(name);
  const auto cells = planner::shown_counts(counts, has_total);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    table.rows[i].push_back(cells[i]);
  }
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

registry::Table share_table(const std::vector<PlanShare>& shares, const char* name,
                            bool has_total) {
  registry::Table table;
  table.header = {name};
  for (const PlanShare& share : shares) {
    table.rows.push_back({share.name});
  }
  const auto add = [&](const char* column, std::size_t PlanShare::*member) {
    add_counts(table, column, counts_of(shares, member), has_total);
  };
  add("名簿の人", &PlanShare::people);
  add("計画あり", &PlanShare::planned);
  add("確定", &PlanShare::settled);
  add("実行できる", &PlanShare::executable);
  add("危うい", &PlanShare::at_risk);
  add("実行できない", &PlanShare::not_executable);
  add("未判定", &PlanShare::not_judged);
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
  const auto add = [&](const char* column, std::size_t CourseShare::*member) {
    add_counts(table, column, counts_of(shares, member), false);
  };
  add("計画した人", &CourseShare::courses);
  add("実行できる", &CourseShare::executable);
  add("危うい", &CourseShare::at_risk);
  add("実行できない", &CourseShare::not_executable);
  add("未判定", &CourseShare::not_judged);
  add("行き先なし", &CourseShare::nowhere_to_go);
  return table;
}

registry::Table shelter_table(const std::vector<planner::ShelterLoad>& shelters) {
  registry::Table table;
  table.header = {"避難所", "定員"};
  for (const planner::ShelterLoad& shelter : shelters) {
    table.rows.push_back(
        {shelter.name, shelter.capacity == 0 ? "公表なし" : std::to_string(shelter.capacity)});
  }
  add_counts(table, "割り当てた人", counts_of(shelters, &planner::ShelterLoad::assigned), true);
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
