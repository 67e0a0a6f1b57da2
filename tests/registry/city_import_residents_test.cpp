// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "import_text.hpp"
#include "registry/city_import.hpp"

namespace registry {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Date kAsOf = day(2026, 11, 21);

const Cells& usual() {
  static const Cells kCells{{"宛名番号", "1000000001"},
                            {"世帯番号", "H1"},
                            {"氏名", "架空 花子"},
                            {"氏名カナ", "カクウ ハナコ"},
                            {"生年月日", "S15.1.1"},
                            {"生年月日不詳", ""},
                            {"性別", "女"},
                            {"郵便番号", "999-0001"},
                            {"住所", "ひかり市北町一丁目"},
                            {"番地", "1番1号"},
                            {"方書", ""},
                            {"居所", ""},
                            {"電話", "0000-00-0001"},
                            {"住民区分", ""},
                            {"支援措置区分", "0"},
                            {"支援措置期限", ""},
                            {"緯度", "35.7"},
                            {"経度", "139.5"},
                            {"入所区分", ""},
                            {"帰宅見込", ""},
                            {"緊急連絡先電話", ""}};
  return kCells;
}

ParsedRows<ResidentRow> parse_people(const std::vector<Cells>& rows) {
  return parse_residents(read_csv(csv_of(usual(), rows)), kAsOf);
}

Person person_with(const Cells& cells) {
  const auto parsed = parse_people({cells});
  EXPECT_THAT(faults(parsed.report), IsEmpty());
  return parsed.rows.empty() ? Person{} : parsed.rows.front().person;
}

/// Codes of the faults of one row that differs from the usual one.
std::vector<std::string> faults_with(const Cells& cells) {
  return faults(parse_people({cells}).report);
}

TEST(ResidentImport, AnOrdinaryRowIsReadByteForByte) {
  const auto parsed = parse_people({{}});
  ASSERT_THAT(parsed.rows, SizeIs(1));
  const Person& person = parsed.rows[0].person;
  EXPECT_EQ(parsed.rows[0].line, 2U);
  EXPECT_EQ(person.resident_no, "1000000001");
  EXPECT_EQ(person.name, "架空 花子");
  EXPECT_EQ(person.birth_date, day(1940, 1, 1));
  EXPECT_EQ(person.birth_text, "S15.1.1");
  EXPECT_EQ(person.sex, Sex::Female);
  EXPECT_EQ(person.address_number, "1番1号");
  EXPECT_EQ(person.position, (Position{35.7, 139.5}));
  EXPECT_FALSE(person.is_protected());
  EXPECT_EQ(parsed.report.rows_read, 1U);
  EXPECT_EQ(parsed.report.encoding, "UTF-8");
}

TEST(ResidentImport, CompatibilityKanjiInANameSurvive) {
  EXPECT_EQ(person_with({{"氏名", "\uFA19田 一"}}).name, "\uFA19田 一");
}

std::string complaint_without(const std::vector<std::string>& columns) {
  Cells cells = usual();
  for (const std::string& column : columns) {
    cells.erase(column);
  }
  try {
    (void)parse_residents(read_csv(csv_of(cells, {{}})), kAsOf);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ResidentImport, AllMissingColumnsAreNamedWithThoseFound) {
  const std::string complaint = complaint_without({"氏名", "住所"});
  EXPECT_THAT(complaint, HasSubstr("氏名, 住所"));
  EXPECT_THAT(complaint, HasSubstr("宛名番号"));
}

TEST(ResidentImport, WithoutTheProtectionColumnTheFileIsRefusedAndToldWhy) {
  EXPECT_THAT(complaint_without({"支援措置区分"}), HasSubstr("DV等支援措置"));
  EXPECT_THAT(complaint_without({"支援措置期限"}), HasSubstr("支援措置期限"));
  EXPECT_EQ(complaint_without({"番地"}), "accepted");
}

TEST(ResidentImport, EveryFaultOfARowIsReported) {
  EXPECT_THAT(faults_with({{"氏名", ""}, {"性別", "9"}, {"住民区分", "他"}}),
              testing::UnorderedElementsAre("NAME_MISSING@2:氏名", "SEX_UNKNOWN@2:性別",
                                            "RESIDENCY_UNKNOWN@2:住民区分"));
}

TEST(ResidentImport, BirthDateFaultsHaveTheirCodes) {
  EXPECT_THAT(faults_with({{"生年月日", ""}}), ElementsAre("BIRTH_DATE_MISSING@2:生年月日"));
  EXPECT_THAT(faults_with({{"生年月日", "むかし"}}),
              ElementsAre("BIRTH_DATE_NOT_A_DATE@2:生年月日"));
  EXPECT_THAT(faults_with({{"生年月日", "1941/2/29"}}),
              ElementsAre("BIRTH_DATE_NO_SUCH_DAY@2:生年月日"));
  EXPECT_THAT(faults_with({{"生年月日", "昭和64年1月8日"}}),
              ElementsAre("BIRTH_DATE_ERA_MISMATCH@2:生年月日"));
  EXPECT_THAT(faults_with({{"生年月日", "2026-11-22"}}),
              ElementsAre("BIRTH_DATE_IN_FUTURE@2:生年月日"));
  EXPECT_THAT(faults_with({{"生年月日", "M15.1.1"}}),
              ElementsAre("BIRTH_DATE_IMPLAUSIBLE@2:生年月日"));
}

TEST(ResidentImport, AnUnknownBirthDateStaysAsText) {
  const Person vague = person_with({{"生年月日", "昭和15年頃"}, {"生年月日不詳", "1"}});
  EXPECT_FALSE(vague.birth_date);
  EXPECT_EQ(vague.birth_text, "昭和15年頃");
  EXPECT_EQ(person_with({{"生年月日", ""}, {"生年月日不詳", "1"}}).birth_text, "不詳");
  EXPECT_EQ(person_with({{"生年月日不詳", "1"}}).birth_date, day(1940, 1, 1));
}

TEST(ResidentImport, GarbledNamesWaitForAPerson) {
  EXPECT_THAT(faults_with({{"氏名", "架〓 花子"}}), ElementsAre("NAME_GARBLED@2:氏名"));
  EXPECT_THAT(faults_with({{"氏名カナ", "???"}}), ElementsAre("NAME_GARBLED@2:氏名カナ"));
}

TEST(ResidentImport, OfRowsWithOneNumberNoneIsTaken) {
  const auto parsed =
      parse_people({{}, {{"宛名番号", "１０００００００01"}}, {{"宛名番号", "1000000002"}}});
  EXPECT_THAT(faults(parsed.report),
              ElementsAre("RESIDENT_NO_DUPLICATE@2:宛名番号", "RESIDENT_NO_DUPLICATE@3:宛名番号"));
  EXPECT_THAT(parsed.report.rejected[0].message, HasSubstr("2, 3行目"));
  EXPECT_THAT(parsed.rows, SizeIs(1));
  EXPECT_THAT(faults_with({{"宛名番号", " "}}), ElementsAre("RESIDENT_NO_MISSING@2:宛名番号"));
}

TEST(ResidentImport, WhoeverHasNoHouseholdNumberIsNoted) {
  const auto parsed = parse_people({{}, {{"宛名番号", "4"}, {"世帯番号", ""}}});
  ASSERT_THAT(parsed.rows, SizeIs(2));
  EXPECT_THAT(parsed.report.notes, Contains(HasSubstr("世帯番号: 空のため一人世帯")));
}

// 平成26年総務省令85号: the sample number printed on specimen cards is 1234 5678 9018.
TEST(ResidentImport, NumbersOfTheMyNumberSystemAreRefused) {
  EXPECT_THAT(faults_with({{"宛名番号", "123456789018"}}),
              ElementsAre("MY_NUMBER_SUSPECTED@2:宛名番号"));
  EXPECT_THAT(faults_with({{"電話", "１２３４５６７８９０１８"}}),
              ElementsAre("MY_NUMBER_SUSPECTED@2:電話"));
  const auto parsed = parse_people({{{"宛名番号", "123456789018"}}});
  EXPECT_THAT(parsed.report.rejected[0].message, Not(HasSubstr("123456789018")));
  EXPECT_THAT(faults_with({{"宛名番号", "123456789017"}}), IsEmpty());
}

TEST(ResidentImport, EveryElevenDigitsHaveExactlyOneCheckDigit) {
  constexpr unsigned kSeed = 85;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 50; ++round) {
    std::string stem;
    for (int i = 0; i < 11; ++i) {
      stem += static_cast<char>('0' + random() % 10);
    }
    std::vector<Cells> rows;
    for (char digit = '0'; digit <= '9'; ++digit) {
      rows.push_back({{"宛名番号", stem + digit}});
    }
    EXPECT_THAT(parse_people(rows).rows, SizeIs(9)) << stem;
  }
}

TEST(ResidentImport, CoordinatesMustBeNumbersInOrderAndInJapan) {
  EXPECT_THAT(faults_with({{"緯度", "北緯35度"}}), ElementsAre("POSITION_NOT_A_NUMBER@2:緯度"));
  EXPECT_THAT(faults_with({{"経度", ""}}), ElementsAre("POSITION_INCOMPLETE@2:経度"));
  EXPECT_THAT(faults_with({{"緯度", "139.5"}, {"経度", "35.7"}}),
              ElementsAre("POSITION_SWAPPED@2:緯度"));
  EXPECT_THAT(faults_with({{"緯度", "0"}, {"経度", "0"}}),
              ElementsAre("POSITION_OUTSIDE_JAPAN@2:緯度"));
  EXPECT_THAT(faults_with({{"緯度", "nan"}}), ElementsAre("POSITION_NOT_A_NUMBER@2:緯度"));
  EXPECT_FALSE(person_with({{"緯度", ""}, {"経度", ""}}).position);
}

TEST(ResidentImport, ProtectiveMeasuresRunUntilSomebodyHasLooked) {
  const auto measure = [](const char* mark, const char* until) {
    return person_with({{"支援措置区分", mark}, {"支援措置期限", until}}).protective_measure;
  };
  EXPECT_EQ(measure("1", ""), ProtectiveMeasure::Active);
  EXPECT_EQ(measure("あり", "2026/11/21"), ProtectiveMeasure::Active);
  EXPECT_EQ(measure("1", "2026/11/20"), ProtectiveMeasure::ExpiredUnreviewed);
  EXPECT_EQ(measure("1", "2020/1/1"), ProtectiveMeasure::ExpiredUnreviewed);
  EXPECT_EQ(measure("0", "2026/8/23"), ProtectiveMeasure::ExpiredUnreviewed) << "90 days ago";
  EXPECT_EQ(measure("0", "2026/8/22"), ProtectiveMeasure::None) << "91 days ago";
  EXPECT_EQ(measure("0", "2027/3/31"), ProtectiveMeasure::ExpiredUnreviewed) << "contradiction";
  EXPECT_EQ(measure("なし", ""), ProtectiveMeasure::None);
  EXPECT_EQ(measure("", ""), ProtectiveMeasure::None);
}

TEST(ResidentImport, AnUnknownMeasureIsNeverReadAsNone) {
  EXPECT_THAT(faults_with({{"支援措置区分", "2"}}),
              ElementsAre("PROTECTIVE_MEASURE_UNKNOWN@2:支援措置区分"));
  EXPECT_THAT(faults_with({{"支援措置区分", "1"}, {"支援措置期限", "来年"}}),
              ElementsAre("PROTECTIVE_UNTIL_NOT_A_DATE@2:支援措置期限"));
}

TEST(ResidentImport, ZerosThatASpreadsheetTookAreRepairedAndReportedWithoutValues) {
  const auto parsed = parse_people({{{"郵便番号", "600001"}, {"電話", "422123456"}},
                                    {{"宛名番号", "1000000002"}, {"電話", "9012345678"}}});
  ASSERT_THAT(parsed.rows, SizeIs(2));
  EXPECT_EQ(parsed.rows[0].person.postcode, "060-0001");
  EXPECT_EQ(parsed.rows[0].person.phone, "0422123456");
  EXPECT_EQ(parsed.rows[1].person.phone, "09012345678");
  EXPECT_THAT(parsed.report.notes, ElementsAre("郵便番号: 先頭の0を補いました（行: 2）",
                                               "電話: 先頭の0を補いました（行: 2, 3）"));
}

TEST(ResidentImport, NumbersASpreadsheetSpoiltAreNotGuessed) {
  EXPECT_THAT(faults_with({{"宛名番号", "1.23457E+11"}}), ElementsAre("NUMBER_SPOILT@2:宛名番号"));
  EXPECT_EQ(person_with({{"電話", "9.01235E+09"}}).phone, "");
  const auto uneven = parse_people({{}, {{"宛名番号", "12345"}}});
  EXPECT_THAT(uneven.report.notes, Contains(HasSubstr("5桁1件, 10桁1件")));
}

TEST(ResidentImport, AddressesAreAskedOfResidentsOnly) {
  EXPECT_THAT(faults_with({{"住所", ""}}), ElementsAre("ADDRESS_MISSING@2:住所"));
  EXPECT_THAT(faults_with({{"住所", ""}, {"居所", "ひかり市南町"}}), IsEmpty());
  EXPECT_THAT(faults_with({{"住所", ""}, {"住民区分", "転出"}}), IsEmpty());
}

TEST(ResidentImport, LivingPlaceAndReturnAreRead) {
  const Person person = person_with({{"入所区分", "長期入院"}, {"帰宅見込", "1"}});
  EXPECT_EQ(person.living_place, LivingPlace::Hospital);
  EXPECT_TRUE(person.expect_return);
  EXPECT_THAT(faults_with({{"入所区分", "旅行"}}), ElementsAre("LIVING_PLACE_UNKNOWN@2:入所区分"));
}

TEST(ResidentImport, BlankLinesBelowTheLastRowAreNotRows) {
  const std::string text = csv_of(usual(), {{}}) + std::string(usual().size() - 1, ',') + "\r\n";
  const auto parsed = parse_residents(read_csv(text), kAsOf);
  EXPECT_EQ(parsed.report.rows_read, 1U);
  EXPECT_THAT(parsed.report.rejected, IsEmpty());
}

TEST(ResidentImport, NoMessageRepeatsWhatAPersonsCellHolds) {
  // Every cell holds the same secret, as in a file whose columns have slipped.
  Cells slipped;
  for (const auto& [column, value] : usual()) {
    slipped[column] = "秘密 太郎";
  }
  const auto parsed = parse_people({slipped});
  EXPECT_THAT(parsed.rows, IsEmpty());
  for (const Rejected& rejected : parsed.report.rejected) {
    EXPECT_THAT(rejected.message, Not(HasSubstr("秘密")));
  }
}

TEST(ErrorTable, HoldsLineColumnCodeAndReason) {
  const auto parsed = parse_people({{{"性別", "9"}}});
  const Table table = error_table(parsed.report);
  EXPECT_THAT(table.header, ElementsAre("行", "列", "コード", "理由"));
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre("2", "性別", "SEX_UNKNOWN", HasSubstr("「9」"))));
  EXPECT_THAT(write_csv(table, CsvEncoding::Utf8Bom).bytes, HasSubstr("SEX_UNKNOWN"));
}

TEST(ParseResidents, TownCodeGetsItsZerosBackWhereOthersShowHowLongItIs) {
  Cells with_town = usual();
  with_town["町字ID"] = "0001002";
  const auto parsed = parse_residents(
      read_csv(csv_of(with_town, {{}, {{"宛名番号", "2"}, {"町字ID", "1003"}}})), kAsOf);
  EXPECT_EQ(parsed.rows.at(1).person.town_code, "0001003");
  EXPECT_THAT(parsed.report.notes, Contains(HasSubstr("町字ID: 先頭の0を補いました（行: 3）")));
  // Codes of another system are left alone.
  const auto other = parse_residents(read_csv(csv_of(with_town, {{{"町字ID", "1003"}}})), kAsOf);
  EXPECT_EQ(other.rows.at(0).person.town_code, "1003");
}

}  // namespace
}  // namespace registry
