// SPDX-License-Identifier: Apache-2.0
#include "documents/council_report.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "pdf_tools.hpp"
#include "sample_town.hpp"

namespace documents {
namespace {

using namespace std::chrono_literals;
using documents_test::PdfFile;
using planner::CitySummary;
using testing::HasSubstr;
using testing::IsEmpty;

/// Areas with these numbers of people, half of them with an executable plan.
CitySummary city_of(const std::vector<std::size_t>& people) {
  CitySummary summary;
  summary.city.name = "市全体";
  for (const std::size_t count : people) {
    planner::PlanShare area;
    area.name = "第" + std::to_string(summary.areas.size() + 1) + "地区";
    area.people = count;
    area.planned = count;
    area.executable = count / 2;
    summary.city.people += count;
    summary.city.planned += count;
    summary.city.executable += count / 2;
    summary.areas.push_back(area);
  }
  summary.courses = {{.family = registry::HazardFamily::WindAndFlood,
                      .courses = 40,
                      .executable = 20,
                      .nowhere_to_go = 3}};
  summary.shelters = {{.name = "見本小学校", .capacity = 200, .assigned = 30},
                      {.name = "見本会館", .capacity = 0, .assigned = 2},
                      {.name = "見本体育館", .capacity = 80, .assigned = 8}};
  return summary;
}

std::vector<std::string> column(const ReportTable& table, const std::string& name) {
  std::vector<std::string> cells;
  const std::size_t at = table.table.column(name).value();
  for (const auto& row : table.table.rows) {
    cells.push_back(row.at(at));
  }
  return cells;
}

TEST(CouncilReport, NoCountBelowFiveIsShown) {
  for (const ReportTable& each : council_tables(city_of({40, 12, 3, 2, 9}))) {
    for (const auto& row : each.table.rows) {
      for (std::size_t i = 1; i < row.size(); ++i) {
        const bool number = !row[i].empty() && std::ranges::all_of(row[i], [](char c) {
          return c >= '0' && c <= '9';
        });
        EXPECT_TRUE(!number || std::stoi(row[i]) >= 5) << each.title << ' ' << row[0] << row[i];
      }
    }
  }
}

TEST(CouncilReport, WhatOneHiddenCellWouldTellByTheTotalHidesASecond) {
  const auto tables = council_tables(city_of({40, 12, 3}));
  EXPECT_THAT(column(tables[1], "名簿の人"), testing::ElementsAre("40", "*", "*"));
  EXPECT_THAT(column(tables[3], "割り当てた人"), testing::ElementsAre("30", "*", "*"));
}

TEST(CouncilReport, WhatARowOfVerdictsWouldTellBySubtractionIsHiddenToo) {
  CitySummary summary = city_of({60, 80, 90});
  const auto judged = [](planner::PlanShare& share, std::size_t executable, std::size_t at_risk,
                         std::size_t not_executable) {
    share.executable = executable;
    share.at_risk = at_risk;
    share.not_executable = not_executable;
    share.not_judged = share.planned - executable - at_risk - not_executable;
  };
  judged(summary.areas[0], 40, 10, 3);  // 7 not judged
  judged(summary.areas[1], 50, 20, 10);
  judged(summary.areas[2], 40, 20, 20);
  judged(summary.city, 130, 50, 47);  // 3 not judged
  summary.courses[0].at_risk = 17;
  summary.courses[0].not_executable = 3;
  const auto tables = council_tables(summary);
  const auto row = [&](std::size_t table, std::size_t at) {
    const auto& cells = tables[table].table.rows.at(at);
    return std::vector<std::string>(cells.begin() + (table == 2 ? 2 : 4),
                                    cells.begin() + (table == 2 ? 6 : 8));
  };
  using testing::ElementsAre;
  EXPECT_THAT(row(0, 0), ElementsAre("130", "50", "*", "*")) << "230 - 130 - 50 - 47 = 3";
  EXPECT_THAT(row(1, 0), ElementsAre("40", "10", "*", "*"));
  EXPECT_EQ(row(1, 1)[2], "*") << "or the 3 of the first area by the column";
  EXPECT_THAT(row(2, 0), ElementsAre("20", "*", "*", "*")) << "nobody is not judged";
}

TEST(CouncilReport, SharesAreOfTheListedPeopleAndHiddenWithTheirFigures) {
  const auto tables = council_tables(city_of({40, 20, 2, 3}));
  EXPECT_THAT(column(tables[1], "計画の割合"), testing::ElementsAre("100.0%", "100.0%", "*", "*"));
  EXPECT_THAT(column(tables[1], "実行できる割合"), testing::ElementsAre("50.0%", "*", "*", "*"))
      << "2 and 3 people, 1 of each: the third hidden cell keeps their sum";
}

TEST(CouncilReport, PaperAndWorkbookSayTheSame) {
  const auto tables = council_tables(city_of({40, 12, 3, 2, 9}));
  const registry::LocalPlan city = documents_test::sample_city();
  const CouncilPrint print{tables, city, 2026y / 11 / 21};
  const std::string pdf = council_pdf(print);
  EXPECT_EQ(pdf, council_pdf(print));
  EXPECT_EQ(council_workbook(print), council_workbook(print));
  const PdfFile file(pdf);
  for (const ReportTable& each : tables) {
    EXPECT_EQ(
        registry::read_xlsx(council_workbook(print), {.sheet = each.title, .limits = {}}).rows,
        each.table.rows);
    EXPECT_THAT(file.text(), HasSubstr(each.title));
  }
  EXPECT_THAT(file.text(), HasSubstr("5人未満"));
  EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty());
  EXPECT_THAT(documents_test::outside(file.words(), 841.9, 595.3), IsEmpty());
  EXPECT_EQ(documents_test::layout_of(file), documents_test::stored_layout("council report"));
}

}  // namespace
}  // namespace documents
