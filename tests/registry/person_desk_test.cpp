// SPDX-License-Identifier: Apache-2.0
#include "registry/person_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database.hpp"
#include "needs_fields.hpp"
#include "registry/error.hpp"
#include "registry/register_desk.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::parsed;
using support::residents;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Date day(int month, unsigned number) {
  return {std::chrono::year(2026), std::chrono::month(static_cast<unsigned>(month)),
          std::chrono::day(number)};
}

/// Rules of one clause with one condition.
RuleSet rules_asking(const std::string& attribute, const std::string& value) {
  return parse_rule_set(
      "[rule_set]\nid='t'\ncity='ひかり市'\neffective_from=2020-04-01\nsource='t'\n"
      "[[clause]]\nid='1'\ntitle='t'\nall_of=[{attribute='" +
      attribute + "', any_of=['" + value + "']}]\n");
}

/// A good cell for every column, no two alike.
const std::vector<std::pair<const char*, const char*>> kCells = {
    {"連絡先", "FAX|042-000-0001|1|0|夜間は不可;メール|a@example.jp|0|0|"},
    {"頼れる人", "見本 隣子|隣人|042-000-0002"},
    {"支援を断る相手", "知らない人"},
    {"世帯類型", "高齢者のみ"},
    {"建物種別", "集合"},
    {"構造", "RC"},
    {"建築年", "1979"},
    {"階数", "10"},
    {"居住階", "3"},
    {"エレベーター", "1"},
    {"出入口", "北側"},
    {"寝室の位置", "2階東"},
    {"日中の居場所", "居間"},
    {"使用言語", "英語"},
    {"伝達方法", "筆談;手話"},
    {"配慮事項", "音が聞こえない;その他"},
    {"配慮事項その他", "光に弱い"},
    {"階段", "介助2人"},
    {"必要人数", "3"},
    {"車いす重量kg", "85"},
    {"背負い可", "1"},
    {"補装具", "車いす;補聴器"},
    {"避難手段", "福祉車両;救急要請"},
    {"車両の条件", "リフト付き"},
    {"ペット", "小型犬"},
    {"その他の事由", "認知症"},
    {"医療的ケア", "人工呼吸器;吸引"},
    {"停電時危険", "1"},
    {"機器", "人工呼吸器|120|240|1|回路|042-000-0003"},
    {"お薬手帳の場所", "玄関"},
    {"必須薬", "抗てんかん薬"},
    {"中断不可時間", "12"},
    {"アレルギー", "卵"},
    {"ケアチーム", "かかりつけ医|見本医院|042-000-0004;ケアマネ|見本|042-000-0005"},
    {"備考", "なし"}};

Needs full_needs() {
  Needs needs;
  for (const auto& [column, cell] : kCells) {
    const auto fault = set_needs_cell(needs, column, cell);
    EXPECT_FALSE(fault) << column << ' ' << (fault ? fault->message : "");
  }
  return needs;
}

TEST(Needs, EveryColumnIsReadAndWrittenBack) {
  ASSERT_EQ(kCells.size(), needs_columns().size());
  const Needs needs = full_needs();
  for (std::size_t i = 0; i < kCells.size(); ++i) {
    EXPECT_EQ(needs_columns()[i], kCells[i].first);
    EXPECT_EQ(needs_cell(needs, kCells[i].first), kCells[i].second);
  }
  EXPECT_EQ(needs_from_json(to_json(needs)), needs);
  EXPECT_EQ(needs.devices.at(0).battery_minutes, 240);
  EXPECT_EQ(needs.contacts.at(0).kind, ContactKind::Fax);
}

TEST(Needs, FullWidthAndEmptyCellsAreUnderstood) {
  Needs needs = full_needs();
  EXPECT_FALSE(set_needs_cell(needs, "必要人数", "２"));
  EXPECT_EQ(needs.hands, 2);
  EXPECT_FALSE(set_needs_cell(needs, "必要人数", ""));
  EXPECT_EQ(needs.hands, std::nullopt);
  EXPECT_FALSE(set_needs_cell(needs, "伝達方法", ""));
  EXPECT_TRUE(needs.communication.empty());
  EXPECT_FALSE(set_needs_cell(needs, "階段", ""));
  EXPECT_EQ(needs.stairs, Stairs::Unknown);
}

TEST(Needs, BadCellsAreRejectedAndChangeNothing) {
  const std::vector<std::tuple<const char*, const char*, const char*>> bad = {
      {"必要人数", "0", "NUMBER_INVALID"},
      {"必要人数", "11", "NUMBER_INVALID"},
      {"必要人数", "二人", "NUMBER_INVALID"},
      {"必要人数", "2.5", "NUMBER_INVALID"},
      {"階段", "たぶん可", "WORD_UNKNOWN"},
      {"伝達方法", "手話;念力", "WORD_UNKNOWN"},
      {"停電時危険", "2", "FLAG_INVALID"},
      {"建築年", "79", "NUMBER_INVALID"},
      {"居住階", "11", "FLOOR_TOO_HIGH"},
      {"機器", "呼吸器|-1", "NUMBER_INVALID"},
      {"機器", "a|1|2|1|b|c|d", "TOO_MANY_PARTS"},
      {"備考", "花\uFFFD子", "TEXT_GARBLED"},
      {"備考欄", "x", "COLUMN_UNKNOWN"}};
  const Needs before = full_needs();
  for (const auto& [column, cell, code] : bad) {
    Needs needs = before;
    const auto fault = set_needs_cell(needs, column, cell);
    ASSERT_TRUE(fault) << column;
    EXPECT_EQ(fault->code, code);
    EXPECT_EQ(needs, before);
    EXPECT_THAT(fault->message, Not(HasSubstr("念力")));  // the cell is not repeated
  }
}

class People : public support::RegistryTest {
 protected:
  People() : registry_(create()), session_(session(registry_)) {}

  PersonId fill() {
    register_all(session_, residents({"1"}));
    return session_.registrants()[0].registrant.person.id;
  }

  ImportReport import_needs(const std::string& csv) {
    return PersonDesk(session_).import_needs(parse_needs(read_csv(csv)));
  }

  Registry registry_;
  Session session_;
};

TEST_F(People, ShowTellsEverythingThereIs) {
  const PersonId id = fill();
  PersonDesk desk(session_);
  ASSERT_TRUE(std::holds_alternative<NewRevision>(desk.edit(id, full_needs(), 0)));
  RegisterDesk(session_).join({id, day(4, 1), "65歳以上の単身", true});
  const auto view = desk.show(id);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->person.name, "見本 1");
  EXPECT_EQ(view->needs, full_needs());
  EXPECT_EQ(view->revision, 1);
  EXPECT_EQ(view->certificates.size(), 1U);
  ASSERT_EQ(view->registers.size(), 2U);  // on both at once
  EXPECT_EQ(view->registers[1].kind, RegisterKind::Voluntary);
  EXPECT_FALSE(desk.show(PersonId{"nobody"}));
}

TEST_F(People, SecondOfTwoEditsIsToldWhoCameFirst) {
  const PersonId id = fill();
  PersonDesk desk(session_);
  Needs needs = full_needs();
  EXPECT_EQ(std::get<NewRevision>(desk.edit(id, needs, 0)).revision, 1);
  needs.hands = 1;
  EXPECT_EQ(std::get<NewRevision>(desk.edit(id, needs, 1)).revision, 2);
  needs.hands = 9;
  for (const int stale : {0, 1, 7}) {
    const EditResult late = desk.edit(id, needs, stale);
    ASSERT_TRUE(std::holds_alternative<EditConflict>(late)) << stale;
    EXPECT_EQ(std::get<EditConflict>(late).revision, 2);
    EXPECT_EQ(std::get<EditConflict>(late).changed_by, "tester");
  }
  EXPECT_EQ(desk.show(id)->needs.hands, 1);
  EXPECT_EQ(session_.audit_log().at(session_.audit_log().size() - 2).detail, "needs conflict=1");
}

TEST_F(People, FileChangesOnlyItsColumns) {
  const PersonId id = fill();
  EXPECT_EQ(import_needs("宛名番号,階段,必要人数\n1,介助1人,2\n").added, 1U);
  EXPECT_EQ(import_needs("宛名番号,ペット\n1,猫\n").changed, 1U);
  EXPECT_EQ(import_needs("宛名番号,ペット\n1,猫\n").unchanged, 1U);
  const auto view = PersonDesk(session_).show(id);
  EXPECT_EQ(view->needs.stairs, Stairs::OneHelper);
  EXPECT_EQ(view->needs.hands, 2);
  EXPECT_EQ(view->needs.pets, "猫");
}

TEST_F(People, RowsThatCannotBeUsedAreExplained) {
  (void)fill();
  const ImportReport report =
      import_needs("宛名番号,階段\n9,可\n1,可\n1,不可\n,可\n2,むずかしい\n");
  EXPECT_EQ(report.added, 1U);
  std::vector<std::string> codes;
  for (const Rejected& rejected : report.rejected) {
    codes.push_back(std::to_string(rejected.line) + " " + rejected.code);
  }
  EXPECT_THAT(codes, testing::UnorderedElementsAre("2 UNKNOWN_PERSON", "4 DUPLICATE_NUMBER",
                                                   "5 RESIDENT_NO_MISSING", "6 WORD_UNKNOWN"));
  EXPECT_THROW((void)parse_needs(read_csv("階段\n可\n")), InputError);
}

TEST_F(People, CriteriaSeeWhatIsKnownOfALife) {
  const PersonId id = fill();
  CertificateRow card;
  card.resident_no = "1";
  card.certificate = {.kind = CertificateKind::Physical,
                      .scheme = {},
                      .grade = "1級",
                      .parts = {{"心臓", 1}},
                      .issued_on = {},
                      .valid_to = {},
                      .card_class = "第1種"};
  ASSERT_TRUE(session_.import_disability(parsed<CertificateRow>({card})).rejected.empty());
  (void)PersonDesk(session_).edit(id, full_needs(), 0);
  const auto eligible = [&](const std::string& attribute, const std::string& value) {
    return session_.preview_eligibility(rules_asking(attribute, value), support::test_day())
        .eligible;
  };
  EXPECT_EQ(eligible("medical_care", "吸引"), 1U);
  EXPECT_EQ(eligible("medical_care", "透析"), 0U);
  EXPECT_EQ(eligible("household_type", "高齢者のみ"), 1U);
  EXPECT_EQ(eligible("physical_class", "第1種"), 1U);
  EXPECT_EQ(eligible("physical_class", "第2種"), 0U);
}

TEST_F(People, ReaderSeesHowToHelpButNotWhatFor) {
  const PersonId id = fill();
  (void)PersonDesk(session_).edit(id, full_needs(), 0);
  AreaFile areas;
  areas.areas.push_back({.code = "1",
                         .level = AreaLevel::Town,
                         .name = "中町",
                         .parent = {},
                         .rings = {{{35, 139}, {36, 139}, {36, 140}, {35, 140}, {35, 139}}},
                         .population = {}});
  (void)session_.import_areas(areas);
  Account account;
  account.name = "reader";
  account.role = Role::Reader;
  account.scopes = {{AreaLevel::Town, "1"}};
  StaffDesk(session_).add(account);
  Session reader = registry_.session({.name = "reader", .purpose = "試験"});
  const auto view = PersonDesk(reader).show(id);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->needs.hands, 3);
  EXPECT_EQ(view->needs.contacts.size(), 2U);
  EXPECT_TRUE(view->needs.medical_care.empty());
  EXPECT_TRUE(view->needs.devices.empty());
  EXPECT_TRUE(view->needs.medication.essential.empty());
  EXPECT_TRUE(view->certificates.empty());
  EXPECT_THROW((void)PersonDesk(reader).edit(id, Needs{}, 1), AccessRefused);
}

TEST_F(People, VoluntaryRegisterIsJoinedAndLeftOnApplication) {
  const PersonId id = fill();
  RegisterDesk desk(session_);
  EXPECT_THROW(desk.join({id, day(4, 1), "", true}), InputError);
  EXPECT_THROW(desk.join({id, day(4, 1), "申請", false}), InputError);
  EXPECT_THROW(desk.leave({id, day(4, 1), "取消", false}), InputError);
  EXPECT_THROW(desk.join({PersonId{"nobody"}, day(4, 1), "申請", true}), InputError);
  desk.join({id, day(4, 1), "申請", true});
  EXPECT_THROW(desk.join({id, day(4, 2), "申請", true}), InputError);
  ASSERT_EQ(desk.members(RegisterKind::Voluntary).size(), 1U);
  EXPECT_EQ(desk.members(RegisterKind::Voluntary)[0].joined_on, day(4, 1));
  EXPECT_THROW(desk.leave({id, day(3, 1), "取消", false}), InputError);
  desk.leave({id, day(5, 1), "本人の申出", false});
  EXPECT_TRUE(desk.members(RegisterKind::Voluntary).empty());
  EXPECT_EQ(desk.members(RegisterKind::Statutory).size(), 1U);  // by the rules, untouched
  desk.join({id, day(6, 1), "再申請", true});
  EXPECT_EQ(desk.members(RegisterKind::Voluntary).size(), 1U);
}

TEST_F(People, RulesDoNotEndAMembershipOnApplication) {
  const PersonId id = fill();
  RegisterDesk desk(session_);
  desk.join({id, day(4, 1), "申請", true});
  RuleSet nobody = support::care_rules();
  nobody.clauses[0].all_of[0].any_of = {"要介護5"};
  (void)session_.run_eligibility(nobody, support::test_day());
  EXPECT_TRUE(desk.members(RegisterKind::Statutory).empty());
  EXPECT_EQ(desk.members(RegisterKind::Voluntary).size(), 1U);
}

TEST_F(People, MovedAwayPeopleCannotApply) {
  auto rows = residents({"1"});
  rows.rows[0].person.residency = Residency::MovedOut;
  (void)session_.import_residents(rows);
  Database raw(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
  std::string id;
  raw.sql() << "SELECT id FROM person", soci::into(id);
  EXPECT_THROW(RegisterDesk(session_).join({PersonId{id}, day(4, 1), "申請", true}), InputError);
}

TEST(MissingItems, EachOfTheSevenIsNoticed) {
  Registrant full;
  full.person.name = "見本";
  full.person.birth_text = "不詳";
  full.person.sex = Sex::Female;
  full.person.address = "見本市";
  full.person.phone = "0";
  full.clauses = {"ア"};
  full.person.emergency_contacts = {{.name = "子", .relation = "子", .phone = "1"}};
  EXPECT_TRUE(missing_items(full, {}).empty());
  EXPECT_THAT(missing_items({}, {}), ElementsAre(1, 2, 3, 4, 5, 6, 7));
  // A fax number is a way to reach somebody, a reason told by the person is a reason.
  Needs needs;
  needs.contacts = {{.kind = ContactKind::Fax, .value = "1", .note = {}}};
  needs.other_reasons = {OtherReason::Dementia};
  needs.trusted = {{.name = "隣", .relation = "隣人", .phone = "1"}};
  EXPECT_THAT(missing_items({}, needs), ElementsAre(1, 2, 3, 4));
}

TEST_F(People, CompletenessNamesWhatIsMissingForWhom) {
  const PersonId id = fill();
  const Completeness report = RegisterDesk(session_).completeness(RegisterKind::Statutory);
  EXPECT_EQ(report.members, 1U);
  EXPECT_EQ(report.complete, 0U);
  ASSERT_EQ(report.incomplete.size(), 1U);
  EXPECT_EQ(report.incomplete[0].person, id);
  EXPECT_THAT(report.incomplete[0].missing, ElementsAre(5, 7));  // no phone, nobody to reach
  Needs needs;
  needs.contacts = {{.kind = ContactKind::Mail, .value = "a@example.jp", .note = {}}};
  needs.trusted = {{.name = "隣", .relation = "隣人", .phone = "1"}};
  (void)PersonDesk(session_).edit(id, needs, 0);
  EXPECT_EQ(RegisterDesk(session_).completeness(RegisterKind::Statutory).complete, 1U);
}

}  // namespace
}  // namespace registry
