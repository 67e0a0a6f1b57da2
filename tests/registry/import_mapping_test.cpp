// SPDX-License-Identifier: Apache-2.0
#include "registry/import_mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "import_text.hpp"

namespace registry {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kResidents = R"(
source = "見本の住民記録"
kind = "residents"
full = true
encoding = "CP932"
[[column]]
ours = "宛名番号"
theirs = "ATENA"
[[column]]
ours = "氏名"
theirs = ["SEI", "MEI"]
join = "　"
[[column]]
ours = "生年月日"
theirs = ["GENGO", "YMD"]
era_digits = "13579"
[[column]]
ours = "住民区分"
theirs = "KBN"
values = { "01" = "住民", "02" = "転出", "９" = "死亡" }
[[column]]
ours = "続柄"
constant = ""
)";

ImportMapping mapping() {
  return parse_import_mapping(kResidents, "m.toml");
}

std::string complaint(const std::string& toml) {
  try {
    static_cast<void>(parse_import_mapping(toml, "m.toml"));
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

Table rows(const std::string& cells) {
  return read_csv("ATENA,SEI,MEI,GENGO,YMD,KBN,備考\r\n" + cells + "\r\n");
}

TEST(ImportMapping, ColumnsAreNamedJoinedAndTranslated) {
  const ImportMapping map = mapping();
  EXPECT_EQ(map.source, "見本の住民記録");
  EXPECT_TRUE(map.full);
  EXPECT_EQ(map.encoding, TextEncoding::Cp932);
  const Table table = mapped(rows("7,山田,花子,5,150229,０１,x\r\n8,,花子,9,010501,9,"), map);
  EXPECT_THAT(table.header,
              ElementsAre("宛名番号", "氏名", "生年月日", "住民区分", "続柄", "備考"));
  EXPECT_THAT(table.rows[0], ElementsAre("7", "山田　花子", "3150229", "住民", "", "x"));
  EXPECT_THAT(table.rows[1], ElementsAre("8", "花子", "5010501", "死亡", "", ""));
  EXPECT_THAT(table.faults, IsEmpty());
  EXPECT_THAT(table.notes, ElementsAre(HasSubstr("備考")));
  EXPECT_EQ(parse_written_date(table.rows[0][2]).date, day(1940, 2, 29));
  EXPECT_EQ(parse_written_date(table.rows[1][2]).date, day(2019, 5, 1));
}

TEST(ImportMapping, WordWithoutATranslationIsAFaultOfItsRow) {
  const Table table =
      mapped(rows("7,山田,花子,5,150229,77,\r\n8,山田,花子,2,150229,01,"), mapping());
  ASSERT_EQ(table.faults.size(), 2U);
  EXPECT_EQ(table.faults[0].code, "VALUE_NOT_MAPPED");
  EXPECT_EQ(table.faults[0].row, 0U);
  EXPECT_EQ(table.faults[0].column, "住民区分");
  EXPECT_EQ(table.faults[1].code, "ERA_DIGIT_UNKNOWN");
}

TEST(ImportMapping, RawCodeOfTheirsIsNeverTakenForAWordOfOurs) {
  // Theirs: 1 = 女. A 2 nobody translated must not be read as our 2 = 女.
  const auto map = parse_import_mapping(
      "source = \"x\"\nkind = \"care\"\n[[column]]\nours = \"要介護状態区分\"\ntheirs = \"K\"\n"
      "values = { \"A\" = \"要介護1\" }\n",
      "m.toml");
  const Table table = mapped(read_csv("宛名番号,K,有効期限\r\n1,A,\r\n2,23,\r\n"), map);
  const auto parsed = parse_care(table);
  EXPECT_EQ(parsed.rows.size(), 1U);
  EXPECT_THAT(faults(parsed.report), ElementsAre("VALUE_NOT_MAPPED@3:要介護状態区分"));
}

TEST(ImportMapping, ColumnsTheFileLacksAreNamedAllAtOnce) {
  try {
    static_cast<void>(mapped(read_csv("ATENA,SEI\r\n1,a\r\n"), mapping()));
    FAIL();
  } catch (const InputError& error) {
    for (const char* name : {"MEI", "GENGO", "YMD", "KBN", "見本の住民記録"}) {
      EXPECT_THAT(error.what(), HasSubstr(name));
    }
  }
}

TEST(ImportMapping, FaultyMappingsSayFileEntryAndKey) {
  const std::string head = "source = \"x\"\nkind = \"residents\"\n[[column]]\n";
  EXPECT_THAT(complaint("kind = \"residents\""), HasSubstr("source"));
  EXPECT_THAT(complaint("source = \"x\"\nkind = \"people\""), HasSubstr("kind"));
  EXPECT_THAT(complaint("source = \"x\"\nkind = \"care\"\nfull = 1"), HasSubstr("full"));
  EXPECT_THAT(complaint("source = \"x\"\nkind = \"care\"\nencoding = \"EUC\""),
              HasSubstr("encoding"));
  EXPECT_THAT(complaint("source = "), HasSubstr("m.toml"));
  EXPECT_THAT(complaint(head + "ours = \"氏名\"\ntheirs = \"N\"\nwhat = 1"), HasSubstr("what"));
  EXPECT_THAT(complaint(head + "ours = \"名前\"\ntheirs = \"N\""), HasSubstr("名前"));
  EXPECT_THAT(complaint(head + "ours = \"氏名\""), HasSubstr("theirs"));
  EXPECT_THAT(complaint(head + "ours = \"氏名\"\ntheirs = \"N\"\nconstant = \"\""),
              HasSubstr("theirs"));
  EXPECT_THAT(complaint(head + "ours = \"氏名\"\ntheirs = \"N\"\nvalues = { a = \"b\" }"),
              HasSubstr("values"));
  EXPECT_THAT(complaint(head + "ours = \"氏名\"\ntheirs = \"N\"\nera_digits = \"12345\""),
              HasSubstr("era_digits"));
  EXPECT_THAT(complaint(head + "ours = \"生年月日\"\ntheirs = \"N\"\nera_digits = \"12\""),
              HasSubstr("13579"));
  EXPECT_THAT(complaint(head + "ours = \"性別\"\ntheirs = \"N\"\nvalues = { a = 1 }"),
              HasSubstr("values"));
  EXPECT_THAT(complaint(head + "ours = \"性別\"\ntheirs = \"N\"\nvalues = { \"1\" = \"男\", "
                               "\"１\" = \"女\" }"),
              HasSubstr("2回"));
  EXPECT_THAT(complaint(head + "ours = \"性別\"\ntheirs = \"N\"\notherwise = \"男\""),
              HasSubstr("otherwise"));
  EXPECT_THAT(complaint(head + "ours = \"性別\"\ntheirs = \"N\"\n[[column]]\nours = \"性別\"\n"
                               "theirs = \"M\""),
              HasSubstr("2回"));
}

TEST(ImportMapping, ProtectionCanNeitherBeAssumedNorDefaulted) {
  const std::string head =
      "source = \"x\"\nkind = \"residents\"\n[[column]]\nours = "
      "\"支援措置区分\"\n";
  EXPECT_THAT(complaint(head + "constant = \"0\""), HasSubstr("支援措置"));
  EXPECT_THAT(complaint(head + "theirs = \"DV\"\nvalues = { \"1\" = \"1\" }\notherwise = \"0\""),
              HasSubstr("支援措置"));
  EXPECT_EQ(complaint(head + "theirs = \"DV\"\nvalues = { \"1\" = \"1\", \"0\" = \"0\" }"),
            "accepted");
}

TEST(ImportMapping, EveryShippedExampleIsValid) {
  std::size_t examples = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(TOMONI_SOURCE_DIR) + "/data/mappings")) {
    if (entry.path().extension() != ".toml") {
      continue;
    }
    SCOPED_TRACE(entry.path().filename().string());
    const auto map = parse_import_mapping(file_bytes(entry.path().string()), "example");
    EXPECT_FALSE(map.columns.empty());
    // A file of just the header of the example is a whole file for its reader.
    std::string header;
    for (const ColumnSource& column : map.columns) {
      for (const std::string& name : column.theirs) {
        if ((header + ",").find("," + name + ",") == std::string::npos) {
          header += "," + name;
        }
      }
    }
    const Table table = mapped(read_csv(header.substr(1) + "\r\n"), map);
    switch (map.kind) {
      case ImportKind::Residents:
        EXPECT_NO_THROW(static_cast<void>(parse_residents(table, day(2026, 6, 1))));
        break;
      case ImportKind::Care:
        EXPECT_NO_THROW(static_cast<void>(parse_care(table)));
        break;
      case ImportKind::Disability:
        EXPECT_NO_THROW(static_cast<void>(parse_disability(table)));
        break;
      case ImportKind::Intractable:
        EXPECT_NO_THROW(static_cast<void>(parse_intractable(table)));
        break;
      case ImportKind::Voluntary:
        EXPECT_NO_THROW(static_cast<void>(parse_voluntary(table)));
        break;
    }
    ++examples;
  }
  EXPECT_EQ(examples, 5U);
}

// --- the files of applications

TEST(Applications, DiseaseRowsNeedANameOfTheDiseaseAndSomebody) {
  const auto parsed = parse_intractable(
      read_csv("宛名番号,氏名カナ,生年月日,疾病名,告示番号,制度区分,交付日,有効期限\r\n"
               "1,,,見本病,,,,2026-12-31\r\n"
               ",ミホン,1950-01-01,,6,小児慢性特定疾病,,2026-12-31\r\n"
               ",ミホン,,見本病,,,,\r\n"
               "4,,,,,,,\r\n"
               "5,,,見本病,,その他,,\r\n"
               "6,,,見本病,,,2026-12-31,2026-01-01\r\n"));
  ASSERT_EQ(parsed.rows.size(), 2U);
  EXPECT_EQ(parsed.rows[0].certificate.grade, "見本病");
  EXPECT_EQ(parsed.rows[1].certificate.grade, "告示番号6");
  EXPECT_EQ(parsed.rows[1].certificate.scheme, "小児慢性特定疾病");
  EXPECT_TRUE(parsed.rows[1].identity.usable());
  EXPECT_THAT(faults(parsed.report),
              ElementsAre("RESIDENT_NO_MISSING@4:宛名番号", "GRADE_MISSING@5:疾病名",
                          "SCHEME_UNKNOWN@6:制度区分", "VALIDITY_REVERSED@7:有効期限"));
}

TEST(Applications, VoluntaryRowsNeedADay) {
  const auto parsed =
      parse_voluntary(read_csv("宛名番号,申請日,登録区分,申請事由\r\n"
                               "1,令和8年4月1日,,65歳以上一人暮らし;難病\r\n"
                               "2,2026-05-01,取下げ,\r\n"
                               "3,,登録,\r\n"
                               "4,2026-05-01,保留,\r\n"));
  ASSERT_EQ(parsed.rows.size(), 2U);
  EXPECT_EQ(parsed.rows[0].joined_on, day(2026, 4, 1));
  EXPECT_THAT(parsed.rows[0].grounds, ElementsAre("65歳以上一人暮らし", "難病"));
  EXPECT_TRUE(parsed.rows[1].withdrawn);
  EXPECT_THAT(faults(parsed.report),
              ElementsAre("APPLIED_ON_MISSING@4:申請日", "APPLICATION_UNKNOWN@5:登録区分"));
}

TEST(Applications, WelfareRowsMayNameThePersonInsteadOfTheNumber) {
  const auto care =
      parse_care(read_csv("宛名番号,要介護状態区分,有効期限,氏名,氏名カナ,生年月日,住所,番地\r\n"
                          ",要介護3,,見本,ミホン,S15.2.29,町,1\r\n"
                          ",要介護3,,見本,,S15.2.29,町,1\r\n"
                          ",要介護3,,見〓,ミホン,S15.2.29,町,1\r\n"));
  ASSERT_EQ(care.rows.size(), 1U);
  EXPECT_EQ(care.rows[0].identity.address, "町1");
  EXPECT_THAT(faults(care.report),
              ElementsAre("RESIDENT_NO_MISSING@3:宛名番号", "NAME_GARBLED@4:氏名"));
}

}  // namespace
}  // namespace registry
