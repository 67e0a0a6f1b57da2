// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import_text.hpp"
#include "registry/city_import.hpp"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Cells& usual_supporter() {
  static const Cells kCells{{"支援者番号", "S1"},
                            {"氏名", "架空 太郎"},
                            {"住所", "ひかり市北町"},
                            {"電話", "0000-00-0002"},
                            {"対象宛名番号", "1"},
                            {"関係", "近所"},
                            {"役割", "同行"},
                            {"平日昼", ""},
                            {"平日夜", ""},
                            {"休日", ""},
                            {"受持上限", ""},
                            {"車両", ""},
                            {"緯度", ""},
                            {"経度", ""}};
  return kCells;
}

ParsedRows<SupporterRow> parse_helpers(const std::vector<Cells>& rows) {
  return parse_supporters(read_csv(csv_of(usual_supporter(), rows)));
}

TEST(SupporterImport, EmptyCellsMeanAlwaysAvailableForOnePersonWithoutVehicle) {
  const auto parsed = parse_helpers({{}});
  ASSERT_THAT(parsed.rows, SizeIs(1));
  const Supporter& supporter = parsed.rows[0].supporter;
  EXPECT_EQ(parsed.rows[0].person_resident_no, "1");
  EXPECT_TRUE(supporter.available.weekday_day && supporter.available.weekday_night &&
              supporter.available.holiday);
  EXPECT_EQ(supporter.max_persons, 1);
  EXPECT_FALSE(supporter.has_vehicle);
  EXPECT_FALSE(supporter.position);
}

TEST(SupporterImport, StatedValuesAreRead) {
  const auto parsed = parse_helpers({{{"平日昼", "0"},
                                      {"受持上限", "３"},
                                      {"車両", "○"},
                                      {"緯度", "35.7"},
                                      {"経度", "139.5"},
                                      {"電話", "422123456"}}});
  ASSERT_THAT(parsed.rows, SizeIs(1));
  const Supporter& supporter = parsed.rows[0].supporter;
  EXPECT_FALSE(supporter.available.weekday_day);
  EXPECT_EQ(supporter.max_persons, 3);
  EXPECT_TRUE(supporter.has_vehicle);
  EXPECT_EQ(supporter.position, (Position{35.7, 139.5}));
  EXPECT_EQ(supporter.phone, "0422123456");
}

TEST(SupporterImport, FaultyRowsAreRejected) {
  EXPECT_THAT(faults(parse_helpers({{{"支援者番号", ""}},
                                    {{"氏名", ""}},
                                    {{"受持上限", "0"}},
                                    {{"受持上限", "1.5"}},
                                    {{"車両", "軽トラ"}}})
                         .report),
              ElementsAre("SUPPORTER_NO_MISSING@2:支援者番号", "NAME_MISSING@3:氏名",
                          "MAX_PERSONS_INVALID@4:受持上限", "MAX_PERSONS_INVALID@5:受持上限",
                          "FLAG_UNKNOWN@6:車両"));
}

TEST(SupporterImport, OneSupporterMayHelpSeveralPeople) {
  const auto parsed = parse_helpers({{}, {{"対象宛名番号", "2"}}, {{"支援者番号", "S2"}}});
  EXPECT_THAT(parsed.rows, SizeIs(3));
  EXPECT_THAT(parsed.report.rejected, IsEmpty());
}

TEST(SupporterImport, ALinkStatedTwiceIsTakenOnce) {
  EXPECT_THAT(faults(parse_helpers({{}, {}}).report), ElementsAre("LINK_DUPLICATE@3:対象宛名番号"));
}

TEST(SupporterImport, ANumberGivenToTwoPeopleLinksNobody) {
  const auto parsed = parse_helpers({{}, {{"氏名", "架空 次郎"}, {"対象宛名番号", "2"}}});
  EXPECT_THAT(faults(parsed.report),
              ElementsAre("SUPPORTER_CONTRADICTORY@2:氏名", "SUPPORTER_CONTRADICTORY@3:氏名"));
  EXPECT_THAT(parsed.rows, IsEmpty());
  EXPECT_THAT(parsed.report.rejected[0].message, HasSubstr("2, 3行目"));
}

TEST(SupporterImport, TheFileMustHaveItsColumns) {
  EXPECT_THROW((void)parse_supporters(read_csv("支援者番号,氏名\r\nS1,架空\r\n")), InputError);
}

}  // namespace
}  // namespace registry
