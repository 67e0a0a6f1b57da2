// SPDX-License-Identifier: Apache-2.0
#include "documents/workbook.hpp"

#include <gmock/gmock.h>

#include <array>

#include "documents/cell_width.hpp"
#include "pdf_tools.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

constexpr const char* kCreated = "2026-11-21T00:00:00Z";

registry::Table table(std::vector<std::string> header, std::vector<std::vector<std::string>> rows) {
  registry::Table result;
  result.header = std::move(header);
  result.rows = std::move(rows);
  return result;
}

std::string one_sheet(const registry::Table& content, const std::string& footer = {}) {
  const std::array sheets = {WorkbookSheet{.name = "名簿", .table = content, .footer = footer}};
  return workbook(sheets, kCreated);
}

TEST(Workbook, EveryCellIsReadBackAsItWasWritten) {
  const auto written = table({"電話", "コード", "住所", "備考"},
                             {{"0424641311", "007", "𠮷田町1-2", "=1+1"},
                              {"+81-42", "-5", "@home", "<a> & \"b\" 'c'"},
                              {"", "1e5", "2026-01-02", "一行目\n二行目"},
                              {"髙﨑", "葛\U000E0100", "  両端の空白  ", "ﾊﾝｶｸ"}});
  const registry::Table read = registry::read_xlsx(one_sheet(written));
  EXPECT_EQ(read.header, written.header);
  EXPECT_EQ(read.rows, written.rows);
  EXPECT_TRUE(read.faults.empty());
  EXPECT_TRUE(read.notes.empty());  // no formula, no repaired number
}

TEST(Workbook, SameInputGivesSameBytes) {
  const auto content = table({"氏名"}, {{"見本 花子"}});
  EXPECT_EQ(one_sheet(content), one_sheet(content));
  EXPECT_NE(one_sheet(content), one_sheet(table({"氏名"}, {{"見本 太郎"}})));
}

TEST(Workbook, EverySheetIsFoundByItsName) {
  const auto first = table({"甲"}, {{"1"}});
  const auto second = table({"乙"}, {{"2"}});
  const std::array sheets = {WorkbookSheet{.name = "一枚目", .table = first},
                             WorkbookSheet{.name = "二枚目", .table = second}};
  const std::string bytes = workbook(sheets, kCreated);
  EXPECT_EQ(registry::read_xlsx(bytes).header, first.header);
  EXPECT_EQ(registry::read_xlsx(bytes, {.sheet = "二枚目", .limits = {}}).rows, second.rows);
}

TEST(Workbook, TheArchiveIsSoundForOthersToo) {
  const documents_test::Workbench bench;
  bench.put("a.xlsx", one_sheet(table({"氏名"}, {{"A & B"}}), "管理番号 1 & 2"));
  EXPECT_EQ(bench.run("7z x -y a.xlsx"), 0);
  const std::string sheet = bench.get("xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, testing::HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, testing::HasSubstr("管理番号 1 &amp;&amp; 2"));
  EXPECT_THAT(bench.get("docProps/core.xml"), testing::HasSubstr(kCreated));
  EXPECT_THAT(bench.get("xl/workbook.xml"), testing::HasSubstr("'名簿'!$1:$1"));
}

TEST(Workbook, AnEmptyListIsItsHeader) {
  const registry::Table read = registry::read_xlsx(one_sheet(table({"氏名", "住所"}, {})));
  EXPECT_THAT(read.header, testing::ElementsAre("氏名", "住所"));
  EXPECT_TRUE(read.rows.empty());
}

TEST(Workbook, MoreThanItCanHoldIsRefusedWithTheWayOut) {
  try {
    static_cast<void>(one_sheet(table({"備考"}, {{std::string(40'000, 'x')}})));
    FAIL() << "a cell of 40,000 characters was taken";
  } catch (const registry::InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("CSV"));
    EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("xxx")));
  }
}

TEST(CellWidth, CountsKanjiTwiceAndTakesTheLongestLine) {
  EXPECT_EQ(cell_width("abc"), 3U);
  EXPECT_EQ(cell_width("西東京市"), 8U);
  EXPECT_EQ(cell_width("ab\n西東\nc"), 4U);
  EXPECT_EQ(cell_width(""), 0U);
}

}  // namespace
}  // namespace documents
