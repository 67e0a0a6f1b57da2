// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import_text.hpp"
#include "registry/city_import.hpp"
#include "registry/error.hpp"
#include "registry/table_io.hpp"
#include "support/workbook.hpp"
#include "xlsx_cells.hpp"

namespace registry {
namespace {

using support::workbook;
using support::workbook_parts;
using support::zipped;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kHeader =
    R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>)";

Table read_rows(const std::string& rows) {
  return read_xlsx(workbook(kHeader + rows));
}

/// The one data row of a sheet with one cell in column C.
std::string cell_c(const std::string& cell) {
  const Table table = read_rows("<row r=\"2\">" + cell + "</row>");
  EXPECT_EQ(table.rows.size(), 1U);
  return table.rows.empty() ? "" : table.rows[0][2];
}

std::string refusal(const std::string& bytes, const XlsxOptions& options = {}) {
  try {
    static_cast<void>(read_xlsx(bytes, options));
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Xlsx, SharedAndInlineTextsAreReadWithoutTheirReadings) {
  const Table table = read_rows(
      R"(<row r="3"><c r="A3" t="inlineStr"><is><t>0012</t></is></c><c r="B3" t="s"><v>3</v></c></row>)"
      R"(<row r="5"><c t="str"><v>7</v></c><c t="s"><v>4</v></c></row>)");
  EXPECT_EQ(table.encoding, "XLSX");
  EXPECT_THAT(table.header, ElementsAre("宛名番号", "氏名", "生年月日"));
  EXPECT_THAT(table.rows,
              ElementsAre(ElementsAre("0012", "髙橋　花", ""), ElementsAre("7", "a\rb_", "")));
  EXPECT_THAT(table.lines, ElementsAre(3U, 5U));
}

TEST(Xlsx, DatesComeAsDaysWhateverTheirFormat) {
  EXPECT_EQ(cell_c(R"(<c r="C2" s="1"><v>14732</v></c>)"), "1940-05-01");
  EXPECT_EQ(cell_c(R"(<c r="C2" s="3"><v>14732.5</v></c>)"), "1940-05-01");
  EXPECT_EQ(cell_c(R"(<c r="C2" s="1"><v>59</v></c>)"), "1900-02-28");
  EXPECT_EQ(cell_c(R"(<c r="C2" s="1"><v>61</v></c>)"), "1900-03-01");
  EXPECT_EQ(cell_c(R"(<c r="C2" t="d"><v>1940-05-01T00:00:00</v></c>)"), "1940-05-01");
  EXPECT_EQ(cell_c(R"(<c r="C2" s="5"><v>14732</v></c>)"), "14732");  // no date: two decimals
}

TEST(Xlsx, DaysOfTheOtherCalendarBeginIn1904) {
  auto parts =
      workbook_parts(std::string(kHeader) + R"(<row r="2"><c r="C2" s="1"><v>13270</v></c></row>)");
  auto& book = parts["xl/workbook.xml"];
  book.replace(book.find("<sheets>"), 0, "<workbookPr date1904=\"1\"/>");
  EXPECT_EQ(read_xlsx(zipped(parts)).rows.at(0).at(2), "1940-05-01");
}

TEST(Xlsx, NumbersComeInFullAndWithTheZerosOfTheirFormat) {
  EXPECT_EQ(cell_c(R"(<c r="C2"><v>123456789012</v></c>)"), "123456789012");
  EXPECT_EQ(cell_c(R"(<c r="C2"><v>1.23456789012E11</v></c>)"), "123456789012");
  EXPECT_EQ(cell_c(R"(<c r="C2"><v>35.728395100000003</v></c>)"), "35.7283951");
  EXPECT_EQ(cell_c(R"(<c r="C2" t="b"><v>1</v></c>)"), "1");
  const Table table = read_rows(R"(<row r="2"><c r="A2" s="2"><v>1000003</v></c></row>)");
  EXPECT_EQ(table.rows[0][0], "0001000003");
  EXPECT_THAT(table.notes, ElementsAre(HasSubstr("先頭の0")));
}

TEST(Xlsx, SpoiltCellsAreFaultsOfTheirRowsOnly) {
  const Table table = read_rows(R"(<row r="2"><c r="A2"><v>1234567890123456</v></c></row>)"
                                R"(<row r="3"><c r="B3" t="e"><v>#N/A</v></c></row>)"
                                R"(<row r="4"><c r="C4" s="1"><v>60</v></c></row>)"
                                R"(<row r="5"><c r="C5"><f>A1</f></c></row>)"
                                R"(<row r="6"><c r="A6"><v>1x</v></c></row>)"
                                R"(<row r="7"><c r="A7"><f>1+1</f><v>2</v></c></row>)");
  ASSERT_EQ(table.rows.size(), 6U);
  std::vector<std::string> found;
  for (const CellFault& fault : table.faults) {
    found.push_back(fault.code + "@" + std::to_string(table.lines[fault.row]) + ":" + fault.column);
  }
  EXPECT_THAT(found, ElementsAre("NUMBER_SPOILT@2:宛名番号", "CELL_ERROR@3:氏名",
                                 "CELL_NO_SUCH_DAY@4:生年月日", "FORMULA_WITHOUT_RESULT@5:生年月日",
                                 "CELL_NOT_A_NUMBER@6:宛名番号"));
  EXPECT_EQ(table.rows[5][0], "2");
  EXPECT_THAT(table.notes, Contains(HasSubstr("数式")));
}

TEST(Xlsx, FaultsRejectTheRowWhereverItIsRead) {
  const auto bytes = workbook(
      R"(<row r="1"><c t="inlineStr"><is><t>宛名番号</t></is></c>)"
      R"(<c t="inlineStr"><is><t>要介護状態区分</t></is></c><c t="inlineStr"><is><t>有効期限</t></is></c></row>)"
      R"(<row r="2"><c><v>1</v></c><c t="inlineStr"><is><t>要介護3</t></is></c><c t="e"><v>#REF!</v></c></row>)"
      R"(<row r="3"><c><v>2</v></c><c><v>23</v></c><c s="1"><v>46500</v></c></row>)");
  const auto parsed = parse_care(read_xlsx(bytes));
  EXPECT_THAT(faults(parsed.report), Contains("CELL_ERROR@2:有効期限"));
  ASSERT_EQ(parsed.rows.size(), 1U);
  EXPECT_EQ(parsed.rows[0].certificate.valid_to, day(2027, 4, 23));
}

TEST(Xlsx, MergedCellsCountForEachOfTheirRows) {
  auto parts = workbook_parts(
      std::string(kHeader) +
      R"(<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>3</v></c></row>)"
      R"(<row r="3"><c r="B3" t="s"><v>4</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>)");
  auto& sheet = parts["xl/worksheets/sheet1.xml"];
  sheet.replace(sheet.find("</worksheet>"), 0,
                "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B4:C4\"/></mergeCells>");
  const Table table = read_xlsx(zipped(parts));
  EXPECT_EQ(table.rows.at(1).at(0), "1");
  EXPECT_EQ(table.rows.at(2).at(2), "");
  EXPECT_THAT(table.notes, ElementsAre(HasSubstr("結合")));
}

TEST(Xlsx, HiddenSheetsAreReadOnlyWhenNamed) {
  EXPECT_THAT(read_xlsx(workbook(kHeader), {.sheet = "隠し", .limits = {}}).header,
              ElementsAre("隠れた列"));
  EXPECT_THAT(refusal(workbook(kHeader), {.sheet = "ない", .limits = {}}), HasSubstr("名簿"));
}

TEST(Xlsx, HiddenRowsAreReadAndSaid) {
  const Table table = read_rows(R"(<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>)");
  EXPECT_EQ(table.rows.size(), 1U);
  EXPECT_THAT(table.notes, ElementsAre(HasSubstr("非表示")));
}

TEST(Xlsx, EncryptedOldAndDamagedFilesAreRefusedWithAdvice) {
  EXPECT_THAT(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest"), HasSubstr("暗号化"));
  EXPECT_THAT(refusal(zipped(workbook_parts(kHeader), "secret")), HasSubstr("暗号化"));
  EXPECT_THAT(refusal("PK\x03\x04 nothing"), HasSubstr("壊れて"));
  EXPECT_THAT(refusal("a,b\r\n"), HasSubstr("ZIP"));
  std::string cut = workbook(kHeader);
  EXPECT_THAT(refusal(cut.substr(0, cut.size() / 2)), HasSubstr("壊れて"));
  auto parts = workbook_parts(kHeader);
  parts.erase("xl/worksheets/sheet1.xml");
  EXPECT_THAT(refusal(zipped(parts)), HasSubstr("sheet1.xml"));
  EXPECT_THAT(refusal(workbook("<row r=\"1\">")), HasSubstr("XML"));
  EXPECT_THAT(refusal(workbook("")), HasSubstr("行がありません"));
  EXPECT_THAT(refusal(workbook(R"(<row r="1"><c t="s"><v>99</v></c></row>)")),
              HasSubstr("文字の番号"));
  EXPECT_THAT(refusal(workbook(R"(<row r="2"/><row r="1"/>)")), HasSubstr("行の順序"));
}

TEST(Xlsx, BombsAreRefusedBeforeTheyAreUnpacked) {
  auto parts = workbook_parts(kHeader);
  parts["xl/sharedStrings.xml"] = std::string(std::size_t{64} << 20U, ' ');
  EXPECT_THAT(refusal(zipped(parts)), HasSubstr("大きくなりすぎ"));
  EXPECT_THAT(refusal(workbook(kHeader), {.sheet = {}, .limits = {.file_bytes = 100}}),
              HasSubstr("大きすぎ"));
  EXPECT_THAT(refusal(workbook(kHeader), {.sheet = {}, .limits = {.entries = 2}}),
              HasSubstr("部品が多すぎ"));
  EXPECT_THAT(refusal(workbook(kHeader), {.sheet = {}, .limits = {.columns = 2}}),
              HasSubstr("多すぎ"));
  EXPECT_THAT(refusal(workbook(kHeader), {.sheet = {}, .limits = {.cells = 2}}),
              HasSubstr("多すぎ"));
  EXPECT_THAT(refusal(workbook(R"(<row r="1048577"><c><v>1</v></c></row>)")), HasSubstr("多すぎ"));
  std::string deep;
  for (int i = 0; i < 100; ++i) {
    deep += "<a>";
  }
  EXPECT_THAT(refusal(workbook(deep)), HasSubstr("深すぎ"));
}

TEST(Xlsx, EntitiesAreRefused) {
  auto parts = workbook_parts(kHeader);
  parts["xl/sharedStrings.xml"] =
      "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
  EXPECT_THAT(refusal(zipped(parts)), HasSubstr("DOCTYPE"));
}

TEST(Xlsx, ColumnsWithOneNameAreRefusedAsInCsv) {
  EXPECT_THAT(refusal(workbook(R"(<row r="1"><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>)")),
              HasSubstr("2 回以上"));
}

TEST(XlsxCells, FormatsAreToldApart) {
  EXPECT_TRUE(number_format(14, "").is_date);
  EXPECT_TRUE(number_format(57, "").is_date);
  EXPECT_TRUE(number_format(176, "yyyy/mm/dd").is_date);
  EXPECT_TRUE(number_format(176, "[$-411]ge.m.d;@").is_date);
  EXPECT_FALSE(number_format(176, "General").is_date);
  EXPECT_FALSE(number_format(176, "0.00E+00").is_date);
  EXPECT_FALSE(number_format(176, "\"day\"0").is_date);
  EXPECT_FALSE(number_format(176, "#,##0_);[Red](#,##0)").is_date);
  EXPECT_EQ(number_format(176, "00000").zeros, 5U);
}

TEST(XlsxCells, ReferencesAreReadStrictly) {
  EXPECT_EQ(cell_place("A1")->column, 0U);
  EXPECT_EQ(cell_place("AB12")->column, 27U);
  EXPECT_EQ(cell_place("AB12")->row, 12U);
  for (const char* wrong : {"", "1", "A", "A0", "a1", "A1B", "ABCD1", "A-1"}) {
    EXPECT_FALSE(cell_place(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace registry
