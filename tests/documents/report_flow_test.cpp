// SPDX-License-Identifier: Apache-2.0
#include "documents/report_flow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_tools.hpp"

namespace documents {
namespace {

using documents_test::PdfFile;
using testing::HasSubstr;
using testing::IsEmpty;

registry::Table table_of(int rows) {
  registry::Table table;
  table.header = {"番号", "値"};
  for (int i = 0; i < rows; ++i) {
    table.rows.push_back({"row" + std::to_string(i) + "end", std::to_string(i * i)});
  }
  return table;
}

std::size_t times(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

TEST(ReportFlow, PartsShareAPageAndEveryRowStandsOnceWhereverTheTableIsDivided) {
  for (const int before : {0, 5, 22, 23, 24, 25, 26, 27, 60}) {
    PdfDocument pdf(kA4Landscape, "試験", "2026-11-22T00:00:00Z");
    {
      ReportFlow flow(pdf, {.title = "題", .beside = "右", .foot = "下"});
      flow.table({"一つ目", "読み方"}, table_of(before));
      flow.table({"二つ目"}, table_of(40));
    }
    const PdfFile file(pdf.finish());
    SCOPED_TRACE(before);
    EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty());
    EXPECT_THAT(documents_test::outside(file.words(), 841.9, 595.3), IsEmpty());
    EXPECT_EQ(times(file.text(), "row39end"), before > 39 ? 2U : 1U);
    EXPECT_EQ(times(file.text(), "row4end"), before > 4 ? 2U : 1U);
    EXPECT_EQ(times(file.text(), "該当なし"), before == 0 ? 1U : 0U);
    EXPECT_GE(times(file.text(), "二つ目（続き）"), 1U);
  }
}

TEST(ReportFlow, ANoteIsPrintedInFullHoweverLongItIsAndBesideNothing) {
  std::string note;
  for (int i = 0; i < 40; ++i) {
    note += "読み方の" + std::to_string(100 + i) + "番の文。";
  }
  for (const int before : {0, 20, 30}) {
    PdfDocument pdf(kA4Landscape, "試験", "2026-11-22T00:00:00Z");
    {
      ReportFlow flow(pdf, {.title = "題", .beside = "右", .foot = "下"});
      flow.table({"一つ目"}, table_of(before));
      flow.table({"二つ目", note}, table_of(3));
    }
    const PdfFile file(pdf.finish());
    SCOPED_TRACE(before);
    for (int i = 0; i < 40; ++i) {
      EXPECT_THAT(file.text(), HasSubstr(std::to_string(100 + i)));
    }
    EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty());
    EXPECT_THAT(documents_test::outside(file.words(), 841.9, 595.3), IsEmpty());
  }
}

TEST(ReportFlow, ARowHigherThanWhatIsLeftBeginsTheNextPageUnderTheHeading) {
  registry::Table high = table_of(2);
  for (int i = 0; i < 120; ++i) {
    high.rows[0][1] += "とても長い説明の" + std::to_string(i) + "番目。";
  }
  for (const int before : {12, 16, 18, 20}) {
    PdfDocument pdf(kA4Landscape, "試験", "2026-11-22T00:00:00Z");
    {
      ReportFlow flow(pdf, {.title = "題", .beside = "右", .foot = "下"});
      flow.table({"一つ目"}, table_of(before));
      flow.table({"二つ目", "読み方"}, high);
    }
    const PdfFile file(pdf.finish());
    SCOPED_TRACE(before);
    EXPECT_EQ(times(file.text(), "二つ目"), 1U);
    EXPECT_EQ(times(file.text(), "続き"), 0U);
    EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty());
    EXPECT_THAT(documents_test::outside(file.words(), 841.9, 595.3), IsEmpty());
  }
}

}  // namespace
}  // namespace documents
