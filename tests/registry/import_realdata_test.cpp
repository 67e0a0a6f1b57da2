// SPDX-License-Identifier: Apache-2.0
// The readers of imports on files that cities have published; skipped where they are not at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "import_text.hpp"
#include "registry/import_mapping.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

std::string shared(const std::string& name) {
  return file_bytes(std::string(TOMONI_SHARED_DATA_DIR) + "/encodings/" + name);
}

TEST(RealImport, OneListInTwoEncodingsIsOneList) {
  const std::string cp932 = shared("localgovjp_20200104.cp932.csv");
  const std::string utf8 = shared("localgovjp_20200104.utf8.csv");
  if (cp932.empty() || utf8.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  const Table a = read_csv(cp932);
  const Table b = read_csv(utf8);
  EXPECT_EQ(a.encoding, "CP932");
  EXPECT_THAT(b.encoding, HasSubstr("UTF-8"));
  EXPECT_EQ(a.header, b.header);
  EXPECT_EQ(a.rows, b.rows);
  EXPECT_GT(a.rows.size(), 1700U);
}

TEST(RealImport, OperatorMayInsistOnTheEncodingButNotAgainstTheBytes) {
  const std::string cp932 = shared("localgovjp_20200104.cp932.csv");
  if (cp932.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  EXPECT_EQ(read_csv(cp932, TextEncoding::Cp932).rows, read_csv(cp932).rows);
  EXPECT_THROW(static_cast<void>(read_csv(cp932, TextEncoding::Utf8)), InputError);
  const std::string utf8 = shared("localgovjp_20200104.utf8.csv");
  EXPECT_EQ(read_csv(utf8, TextEncoding::Utf8).rows, read_csv(utf8).rows);
}

TEST(RealImport, ListThatNamesNobodyIsNoResidentFile) {
  for (const char* name : {"localgovjp_20200104.cp932.csv", "yaizu_yohairyosya.cp932.csv"}) {
    const std::string bytes = shared(name);
    if (bytes.empty()) {
      GTEST_SKIP() << "shared data are not here";
    }
    try {
      static_cast<void>(parse_residents(read_csv(bytes), day(2026, 6, 1)));
      FAIL() << name;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr("支援措置区分"));
    }
  }
}

TEST(RealImport, MappingReadsARealListAndExplainsEveryRowItCannotUse) {
  const std::string bytes = shared("yaizu_yohairyosya.cp932.csv");
  if (bytes.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  Table table = read_csv(bytes);
  const std::size_t rows = table.rows.size();
  const std::string number = table.header.at(0);
  const std::string kind = table.header.at(1);
  const auto map = parse_import_mapping(
      "source = \"x\"\nkind = \"disability\"\n[[column]]\nours = "
      "\"宛名番号\"\ntheirs = \"" +
          number + "\"\n[[column]]\nours = \"制度区分\"\ntheirs = \"" + kind +
          "\"\nvalues = { \"入所施設\" = \"障害支援区分\" }\n"
          "[[column]]\nours = \"等級\"\nconstant = \"4\"\n",
      "real.toml");
  const auto parsed = parse_disability(mapped(std::move(table), map));
  std::set<std::size_t> explained;
  for (const Rejected& rejected : parsed.report.rejected) {
    explained.insert(rejected.line);
  }
  EXPECT_EQ(parsed.rows.size() + explained.size(), parsed.report.rows_read);
  EXPECT_LE(parsed.report.rows_read, rows);
  EXPECT_GT(explained.size(), 0U);
  EXPECT_EQ(error_table(parsed.report).rows.size(), parsed.report.rejected.size());
}

}  // namespace
}  // namespace registry
