// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import_text.hpp"
#include "registry/city_import.hpp"

namespace registry {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Cells& usual_care() {
  static const Cells kCells{{"宛名番号", "1"},    {"要介護状態区分", "要介護3"},
                            {"認定日", "R8.4.1"}, {"有効期限", "令和9年3月31日"},
                            {"入所区分", ""},     {"移動手段", ""}};
  return kCells;
}

const Cells& usual_card() {
  static const Cells kCells{{"宛名番号", "1"}, {"制度区分", "身体障害者手帳"},
                            {"等級", "2級"},   {"部位", ""},
                            {"部位等級", ""},  {"種別", ""},
                            {"交付日", ""},    {"有効期限", ""},
                            {"移動手段", ""}};
  return kCells;
}

ParsedRows<CertificateRow> care(const std::vector<Cells>& rows) {
  return parse_care(read_csv(csv_of(usual_care(), rows)));
}

ParsedRows<CertificateRow> cards(const std::vector<Cells>& rows) {
  return parse_disability(read_csv(csv_of(usual_card(), rows)));
}

std::string care_grade(const std::string& written) {
  const auto parsed = care({{{"要介護状態区分", written}}});
  return parsed.rows.empty() ? parsed.report.rejected.at(0).code : parsed.rows[0].certificate.grade;
}

std::string card_grade(const std::string& scheme, const std::string& written) {
  const auto parsed = cards({{{"制度区分", scheme}, {"等級", written}}});
  return parsed.rows.empty() ? parsed.report.rejected.at(0).code : parsed.rows[0].certificate.grade;
}

std::string part_fault(const std::string& part, const std::string& grade) {
  const auto parsed = cards({{{"部位", part}, {"部位等級", grade}}});
  return parsed.report.rejected.empty() ? "" : parsed.report.rejected[0].code;
}

TEST(CareImport, LabelsAndNationalCodesMeet) {
  for (const char* written : {"要介護3", "要介護３", " 要介護3 ", "23", "２３"}) {
    EXPECT_EQ(care_grade(written), "要介護3") << written;
  }
  EXPECT_EQ(care_grade("21"), "要介護1");
  EXPECT_EQ(care_grade("25"), "要介護5");
  EXPECT_EQ(care_grade("12"), "要支援1");
  EXPECT_EQ(care_grade("13"), "要支援2");
  EXPECT_EQ(care_grade("01"), "非該当");
  EXPECT_EQ(care_grade("6"), "事業対象者") << "the leading zero may be lost";
  EXPECT_EQ(care_grade("要介護6"), "GRADE_UNKNOWN");
  EXPECT_EQ(care_grade("26"), "GRADE_UNKNOWN");
  EXPECT_EQ(care_grade(""), "GRADE_MISSING");
}

TEST(CareImport, DatesPlaceAndMobilityAreRead) {
  const auto parsed = care({{{"入所区分", "施設入所"}, {"移動手段", "車いす介助"}}});
  ASSERT_THAT(parsed.rows, SizeIs(1));
  EXPECT_EQ(parsed.rows[0].certificate.issued_on, day(2026, 4, 1));
  EXPECT_EQ(parsed.rows[0].certificate.valid_to, day(2027, 3, 31));
  EXPECT_EQ(parsed.rows[0].living_place, LivingPlace::Facility);
  EXPECT_EQ(parsed.rows[0].mobility, Mobility::WheelchairPushed);
  EXPECT_FALSE(care({{}}).rows.at(0).mobility);
}

TEST(CareImport, FaultyRowsAreRejectedWithTheirColumn) {
  EXPECT_THAT(faults(care({{{"宛名番号", ""}},
                           {{"有効期限", "2026/2/30"}},
                           {{"有効期限", "2026/3/31"}},
                           {{"移動手段", "空を飛ぶ"}}})
                         .report),
              ElementsAre("RESIDENT_NO_MISSING@2:宛名番号", "VALID_TO_NO_SUCH_DAY@3:有効期限",
                          "VALIDITY_REVERSED@4:有効期限", "MOBILITY_UNKNOWN@5:移動手段"));
}

TEST(DisabilityImport, GradesAreWrittenOneWay) {
  EXPECT_EQ(card_grade("身体障害者手帳", "２級"), "2級");
  EXPECT_EQ(card_grade("身体障害者手帳", "2"), "2級");
  EXPECT_EQ(card_grade("身体障害者手帳", "7級"), "GRADE_UNKNOWN") << "no card is issued for 7";
  EXPECT_EQ(card_grade("愛の手帳", "１度"), "1度");
  EXPECT_EQ(card_grade("愛の手帳", "A"), "GRADE_UNKNOWN");
  EXPECT_EQ(card_grade("療育手帳", "Ａ"), "A");
  EXPECT_EQ(card_grade("療育手帳", "Ⓐ"), "Ⓐ") << "another grade than A";
  EXPECT_EQ(card_grade("療育手帳", "Ａの１"), "Aの1");
  EXPECT_EQ(card_grade("精神障害者保健福祉手帳", "3級"), "3級");
  EXPECT_EQ(card_grade("精神障害者保健福祉手帳", "4級"), "GRADE_UNKNOWN");
  EXPECT_EQ(card_grade("障害支援区分", "区分４"), "4");
  EXPECT_EQ(card_grade("指定難病", "架空病"), "架空病");
  EXPECT_EQ(card_grade("図書館カード", "1"), "SCHEME_UNKNOWN");
}

TEST(DisabilityImport, SchemesOfIntellectualCardsAreKept) {
  const auto parsed = cards({{{"制度区分", "療育手帳"}, {"等級", "B"}}});
  EXPECT_EQ(parsed.rows.at(0).certificate.kind, CertificateKind::Intellectual);
  EXPECT_EQ(parsed.rows.at(0).certificate.scheme, "療育手帳");
}

TEST(DisabilityImport, GradesThatDoNotExistForAPartAreRejected) {
  for (const auto& [part, grade] :
       std::vector<std::pair<std::string, std::string>>{{"聴覚", "1"},
                                                        {"聴覚", "5"},
                                                        {"体幹", "4"},
                                                        {"心臓", "2"},
                                                        {"視覚", "7"},
                                                        {"平衡", "4"},
                                                        {"小腸", "2"},
                                                        {"肝臓", "5"}}) {
    EXPECT_EQ(part_fault(part, grade), "PART_GRADE_IMPOSSIBLE") << part << grade;
  }
}

// The per-part table of 施行規則別表第5号, written out once more as ranges.
TEST(DisabilityImport, GradesThatExistForAPartAreAccepted) {
  const std::map<std::string, std::string> table{
      {"視覚", "123456"},  {"聴覚", "2346"},    {"平衡", "35"},    {"音声・言語・そしゃく", "34"},
      {"上肢", "1234567"}, {"下肢", "1234567"}, {"体幹", "1235"},  {"脳原性運動", "1234567"},
      {"心臓", "134"},     {"じん臓", "134"},   {"呼吸器", "134"}, {"ぼうこう・直腸", "134"},
      {"小腸", "134"},     {"免疫", "1234"},    {"肝臓", "1234"}};
  for (const auto& [part, grades] : table) {
    for (char grade = '1'; grade <= '7'; ++grade) {
      const bool exists = grades.find(grade) != std::string::npos;
      EXPECT_EQ(part_fault(part, std::string(1, grade)), exists ? "" : "PART_GRADE_IMPOSSIBLE")
          << part << grade;
    }
  }
}

TEST(DisabilityImport, PartsAndTheirGradesComeInPairs) {
  EXPECT_EQ(part_fault("視覚", ""), "PART_GRADE_MISSING");
  EXPECT_EQ(part_fault("", "2"), "PART_MISSING");
  EXPECT_EQ(part_fault("しっぽ", "2"), "PART_UNKNOWN");
  EXPECT_EQ(part_fault("下肢", "八"), "PART_GRADE_UNKNOWN");
  EXPECT_EQ(part_fault("腎臓", "3級"), "");
}

TEST(DisabilityImport, RowsOfOneCardBecomeOneCertificate) {
  const auto parsed = cards({{{"部位", "下肢"}, {"部位等級", "３"}},
                             {{"宛名番号", "2"}, {"部位", "視覚"}, {"部位等級", "1"}},
                             {{"部位", "体幹"}, {"部位等級", "5級"}, {"移動手段", "杖"}},
                             {{"制度区分", "愛の手帳"}, {"等級", "2度"}}});
  ASSERT_THAT(parsed.rows, SizeIs(3));
  EXPECT_THAT(parsed.rows[0].certificate.parts,
              ElementsAre(BodyPart{"下肢", 3}, BodyPart{"体幹", 5}));
  EXPECT_EQ(parsed.rows[0].certificate.grade, "2級");
  EXPECT_EQ(parsed.rows[0].mobility, Mobility::WalksWithStick);
  EXPECT_EQ(parsed.rows[2].certificate.kind, CertificateKind::Intellectual);
}

TEST(DisabilityImport, OneUnusableRowTakesItsWholeCardBack) {
  const auto parsed = cards({{{"部位", "下肢"}, {"部位等級", "2"}},
                             {{"部位", "聴覚"}, {"部位等級", "1"}},
                             {{"宛名番号", "2"}, {"部位", "視覚"}, {"部位等級", "1"}}});
  EXPECT_THAT(faults(parsed.report),
              ElementsAre("CARD_HAS_REJECTED_ROW@2:等級", "PART_GRADE_IMPOSSIBLE@3:部位等級"));
  EXPECT_THAT(parsed.rows, SizeIs(1));
}

TEST(DisabilityImport, ClassOfACardIsReadFromWhicheverRowHasIt) {
  const auto parsed = cards({{{"部位", "下肢"}, {"部位等級", "2"}},
                             {{"部位", "聴覚"}, {"部位等級", "2"}, {"種別", "１種"}}});
  ASSERT_THAT(parsed.rows, SizeIs(1));
  EXPECT_EQ(parsed.rows[0].certificate.card_class, "第1種");
  EXPECT_THAT(faults(cards({{{"部位", "下肢"}, {"部位等級", "2"}, {"種別", "1"}},
                            {{"部位", "聴覚"}, {"部位等級", "2"}, {"種別", "2"}}})
                         .report),
              ElementsAre("CARD_CONTRADICTORY@2:等級", "CARD_CONTRADICTORY@3:等級"));
  EXPECT_THAT(faults(cards({{{"部位", "下肢"}, {"部位等級", "2"}, {"種別", "3"}}}).report),
              Contains("CLASS_UNKNOWN@2:種別"));
}

TEST(DisabilityImport, RowsOfOneCardMustAgreeOnTheOverallGrade) {
  const auto parsed = cards({{{"部位", "下肢"}, {"部位等級", "2"}},
                             {{"等級", "1級"}, {"部位", "体幹"}, {"部位等級", "1"}}});
  EXPECT_THAT(faults(parsed.report),
              ElementsAre("CARD_CONTRADICTORY@2:等級", "CARD_CONTRADICTORY@3:等級"));
  EXPECT_THAT(parsed.rows, IsEmpty());
}

TEST(DisabilityImport, MissingColumnsAreNamed) {
  try {
    (void)parse_disability(read_csv("宛名番号,部位\r\n1,視覚\r\n"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("制度区分, 等級"));
  }
}

}  // namespace
}  // namespace registry
