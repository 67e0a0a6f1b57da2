// SPDX-License-Identifier: Apache-2.0
#include "registry/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::care;
using support::care_rules;
using support::parsed;
using support::resident;
using support::residents;
using support::test_day;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class RegistryPeople : public support::RegistryTest {
 protected:
  RegistryPeople() : registry_(create()), session_(session(registry_)) {}

  /// Everybody on the register by 宛名番号.
  std::map<std::string, PlanSubject> by_number() {
    std::map<std::string, PlanSubject> people;
    for (PlanSubject& subject : session_.registrants()) {
      people.emplace(subject.registrant.person.resident_no, subject);
    }
    return people;
  }

  Person person(const std::string& number) { return by_number().at(number).registrant.person; }

  Registry registry_;
  Session session_;
};

/// Every field set, to a value no other field has.
Person full_person() {
  Person person;
  person.resident_no = "0000000017";
  person.household_no = "世帯9";
  person.name = "\uFA19谷 葛\U000E0100子 \uE001";  // 神 (compatibility), IVS, private use
  person.name_kana = "カミヤ ｶﾂﾗｺ";
  person.name_alias = "Ｋａｍｉｙａ";
  person.birth_date = Date{std::chrono::year(1931), std::chrono::month(12), std::chrono::day(31)};
  person.birth_text = "昭和6年12月31日";
  person.sex = Sex::Other;
  person.relation_to_head = "妻";
  person.postcode = "1880012";
  person.town_code = "0001001";
  person.address = "見本市南町一丁目";
  person.address_number = "2番3号";
  person.building = "見本荘 101";
  person.actual_residence = "見本市北町９";
  person.phone = "0424641311";
  person.emergency_contacts = {{.name = "髙橋 \"一\"", .relation = "子", .phone = "090"},
                               {.name = "﨑", .relation = "", .phone = "080"}};
  person.residency = Residency::Resident;
  person.living_place = LivingPlace::Hospital;
  person.expect_return = true;
  person.protective_measure = ProtectiveMeasure::ExpiredUnreviewed;
  person.protective_until =
      Date{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(31)};
  person.mobility = Mobility::WheelchairPower;
  person.position = Position{.lat = 35.7283951, .lon = 139.54612299999999};
  return person;
}

void expect_same(const Person& got, const Person& want) {
  EXPECT_EQ(got.resident_no, want.resident_no);
  EXPECT_EQ(got.household_no, want.household_no);
  EXPECT_EQ(got.name, want.name);
  EXPECT_EQ(got.name_kana, want.name_kana);
  EXPECT_EQ(got.name_alias, want.name_alias);
  EXPECT_EQ(got.birth_date, want.birth_date);
  EXPECT_EQ(got.birth_text, want.birth_text);
  EXPECT_EQ(got.sex, want.sex);
  EXPECT_EQ(got.relation_to_head, want.relation_to_head);
  EXPECT_EQ(got.postcode, want.postcode);
  EXPECT_EQ(got.town_code, want.town_code);
  EXPECT_EQ(got.address, want.address);
  EXPECT_EQ(got.address_number, want.address_number);
  EXPECT_EQ(got.building, want.building);
  EXPECT_EQ(got.actual_residence, want.actual_residence);
  EXPECT_EQ(got.phone, want.phone);
  ASSERT_EQ(got.emergency_contacts.size(), want.emergency_contacts.size());
  for (std::size_t i = 0; i < want.emergency_contacts.size(); ++i) {
    EXPECT_EQ(got.emergency_contacts[i].name, want.emergency_contacts[i].name);
    EXPECT_EQ(got.emergency_contacts[i].relation, want.emergency_contacts[i].relation);
    EXPECT_EQ(got.emergency_contacts[i].phone, want.emergency_contacts[i].phone);
  }
  EXPECT_EQ(got.residency, want.residency);
  EXPECT_EQ(got.living_place, want.living_place);
  EXPECT_EQ(got.expect_return, want.expect_return);
  EXPECT_EQ(got.protective_measure, want.protective_measure);
  EXPECT_EQ(got.protective_until, want.protective_until);
  EXPECT_EQ(got.mobility, want.mobility);
  EXPECT_EQ(got.position, want.position);
  EXPECT_EQ(got.household_size, want.household_size);
}

TEST_F(RegistryPeople, EveryFieldComesBackByteForByte) {
  ResidentRow full{.line = 0, .person = full_person()};
  ResidentRow bare;
  bare.person.resident_no = "18";
  bare.person.birth_text = "不詳";
  register_all(session_, parsed<ResidentRow>({full, bare}));
  open_protected(registry_, session_.registrants()[0].registrant.person.id);
  Registry again = open();
  std::vector<PlanSubject> people = session(again).registrants();
  ASSERT_EQ(people.size(), 2U);
  expect_same(people[0].registrant.person, full.person);
  expect_same(people[1].registrant.person, bare.person);
  EXPECT_TRUE(is_ulid(people[0].registrant.person.id.value));
  EXPECT_LT(people[0].registrant.person.id, people[1].registrant.person.id);
}

TEST_F(RegistryPeople, SameFileAgainChangesNothing) {
  const auto rows = residents({"1", "2", "3"});
  const ImportReport first = session_.import_residents(rows);
  EXPECT_EQ(first.encoding, "UTF-8");
  EXPECT_EQ(first.rows_read, 3U);
  EXPECT_EQ(first.added, 3U);
  const ImportReport second = session_.import_residents(rows);
  EXPECT_EQ(second.added, 0U);
  EXPECT_EQ(second.changed, 0U);
  EXPECT_EQ(second.unchanged, 3U);
}

TEST_F(RegistryPeople, PersonKeepsTheIdWhenTheRowChanges) {
  register_all(session_, residents({"1"}));
  const PersonId id = person("1").id;
  auto rows = residents({"1"});
  rows.rows[0].person.name = "別姓 1";
  EXPECT_EQ(session_.import_residents(rows).changed, 1U);
  EXPECT_EQ(person("1").name, "別姓 1");
  EXPECT_EQ(person("1").id, id);
}

TEST_F(RegistryPeople, SecondRowOfOneNumberIsRejectedAndNotMerged) {
  auto rows = residents({"1", "1"});
  rows.rows[1].person.name = "別人";
  const ImportReport report = session_.import_residents(rows);
  EXPECT_EQ(report.added, 1U);
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].line, 3U);
  EXPECT_EQ(report.rejected[0].code, "DUPLICATE_NUMBER");
}

TEST_F(RegistryPeople, ConfirmedPositionStaysOnlyWhileTheAddressStays) {
  register_all(session_, residents({"1", "2"}));
  auto rows = residents({"1", "2"});
  for (ResidentRow& row : rows.rows) {
    row.person.position.reset();
  }
  rows.rows[1].person.address_number = "新しい番地";
  EXPECT_EQ(session_.import_residents(rows).changed, 2U);
  EXPECT_TRUE(person("1").position);
  EXPECT_FALSE(person("2").position);
}

// The oracle is a plain map from number to row: files of random people, some changed, some new.
TEST_F(RegistryPeople, RandomPartialFilesLeaveWhatAMapWouldHold) {
  const unsigned seed = 20260501;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::map<std::string, std::string> model;
  for (int round = 0; round < 30; ++round) {
    std::map<std::string, ResidentRow> file;
    for (int i = 0; i < 12; ++i) {
      ResidentRow row = resident(std::to_string(random() % 25));
      row.person.phone = std::to_string(random() % 3);
      file.emplace(row.person.resident_no, row);
    }
    std::size_t added = 0;
    std::size_t changed = 0;
    std::vector<ResidentRow> rows;
    for (const auto& [number, row] : file) {
      rows.push_back(row);
      const auto known = model.find(number);
      added += known == model.end() ? 1U : 0U;
      changed += known != model.end() && known->second != row.person.phone ? 1U : 0U;
      model[number] = row.person.phone;
    }
    const ImportReport report = session_.import_residents(parsed(rows));
    EXPECT_EQ(report.added, added);
    EXPECT_EQ(report.changed, changed);
    EXPECT_EQ(report.unchanged, rows.size() - added - changed);
  }
  std::vector<CertificateRow> everybody;
  for (const auto& [number, phone] : model) {
    everybody.push_back(care(number, "要介護5"));
  }
  session_.import_care(parsed(everybody));
  session_.run_eligibility(care_rules(), test_day());
  std::map<std::string, std::string> stored;
  for (const auto& [number, subject] : by_number()) {
    stored[number] = subject.registrant.person.phone;
  }
  EXPECT_EQ(stored, model);
}

TEST_F(RegistryPeople, CertificateOfAnUnknownPersonIsRejectedWithoutTheNumber) {
  session_.import_residents(residents({"1"}));
  auto rows = parsed<CertificateRow>({care("987654", "要介護3"), care("1", "要介護3")});
  rows.report.notes = {"前からの注記"};
  rows.report.rejected = {{.line = 9, .column = "等級", .code = "X", .message = "前から"}};
  const ImportReport report = session_.import_care(rows);
  EXPECT_EQ(report.added, 1U);
  EXPECT_THAT(report.notes, ElementsAre("前からの注記"));
  ASSERT_EQ(report.rejected.size(), 2U);
  EXPECT_EQ(report.rejected[0].line, 9U);
  EXPECT_EQ(report.rejected[1].line, 2U);
  EXPECT_EQ(report.rejected[1].code, "UNKNOWN_PERSON");
  EXPECT_THAT(report.rejected[1].message, Not(HasSubstr("987654")));
}

CertificateRow physical(const std::string& number, const std::string& grade) {
  CertificateRow row;
  row.resident_no = number;
  row.certificate.kind = CertificateKind::Physical;
  row.certificate.grade = grade;
  row.certificate.parts = {{.part = "視覚", .grade = 2}, {.part = "下肢", .grade = 4}};
  row.certificate.issued_on = test_day();
  return row;
}

TEST_F(RegistryPeople, EachKindOfFileReplacesOnlyItsOwnCertificates) {
  register_all(session_, residents({"1"}));
  CertificateRow mental = physical("1", "1級");
  mental.certificate.kind = CertificateKind::Mental;
  mental.certificate.parts.clear();
  const auto two = parsed<CertificateRow>({physical("1", "2級"), mental});
  EXPECT_EQ(session_.import_disability(two).added, 2U);
  EXPECT_EQ(session_.import_disability(two).unchanged, 2U);
  EXPECT_THAT(by_number().at("1").registrant.certificates,
              ElementsAre(care("1", "要介護3").certificate, physical("1", "2級").certificate,
                          mental.certificate));

  const ImportReport report =
      session_.import_disability(parsed<CertificateRow>({physical("1", "3級")}));
  EXPECT_EQ(report.changed, 1U);
  EXPECT_THAT(report.notes, ElementsAre(HasSubstr("1 件")));  // the mental card ended
  EXPECT_THAT(by_number().at("1").registrant.certificates,
              ElementsAre(care("1", "要介護3").certificate, physical("1", "3級").certificate));
}

TEST_F(RegistryPeople, CareFileSetsLivingPlaceAndMobilityWhenItStatesThem) {
  register_all(session_, residents({"1"}));
  CertificateRow row = care("1", "要介護3");
  row.mobility = Mobility::WheelchairPushed;
  row.living_place = LivingPlace::Facility;
  EXPECT_EQ(session_.import_care(parsed<CertificateRow>({row})).changed, 1U);
  EXPECT_EQ(session_.import_care(parsed<CertificateRow>({row})).unchanged, 1U);
  EXPECT_EQ(session_.import_care(parsed<CertificateRow>({care("1", "要介護3")})).unchanged, 1U);
  EXPECT_EQ(person("1").mobility, Mobility::WheelchairPushed);
  EXPECT_EQ(person("1").living_place, LivingPlace::Facility);
}

TEST_F(RegistryPeople, ResidentFileUndoesTheCareFileOnlyByANewStatement) {
  register_all(session_, residents({"1"}));
  CertificateRow row = care("1", "要介護3");
  row.living_place = LivingPlace::Facility;
  session_.import_care(parsed<CertificateRow>({row}));

  auto moved = residents({"1"});
  moved.rows[0].person.phone = "new";  // says 在宅 as it always did
  session_.import_residents(moved);
  EXPECT_EQ(person("1").living_place, LivingPlace::Facility);

  moved.rows[0].person.living_place = LivingPlace::Hospital;
  session_.import_residents(moved);
  EXPECT_EQ(person("1").living_place, LivingPlace::Hospital);
}

TEST_F(RegistryPeople, PeopleJoinAndLeaveTheRegister) {
  session_.import_residents(residents({"1", "2", "3"}));
  session_.import_care(
      parsed<CertificateRow>({care("1", "要介護3"), care("2", "要介護2"), care("3", "要介護4")}));
  EligibilityRun run = session_.run_eligibility(care_rules(), test_day());
  EXPECT_EQ(run.persons, 3U);
  EXPECT_EQ(run.eligible, 2U);
  EXPECT_EQ(run.joined, 2U);
  EXPECT_THAT(by_number().at("1").registrant.clauses, ElementsAre("ア"));

  session_.import_care(parsed<CertificateRow>({care("1", "要介護1"), care("2", "要介護5")}));
  run = session_.run_eligibility(care_rules(), test_day());
  EXPECT_EQ(run.joined, 1U);
  EXPECT_EQ(run.left, 1U);
  EXPECT_FALSE(by_number().contains("1"));
  EXPECT_TRUE(by_number().contains("2"));

  run = session_.run_eligibility(care_rules(), test_day());
  EXPECT_EQ(run.joined + run.left, 0U);
}

TEST_F(RegistryPeople, SomebodyWhoLeftMayJoinAgain) {
  register_all(session_, residents({"1"}));
  session_.import_care(parsed<CertificateRow>({care("1", "要支援1")}));
  EXPECT_EQ(session_.run_eligibility(care_rules(), test_day()).left, 1U);
  session_.import_care(parsed<CertificateRow>({care("1", "要介護3")}));
  EXPECT_EQ(session_.run_eligibility(care_rules(), test_day()).joined, 1U);
  EXPECT_EQ(by_number().size(), 1U);
}

TEST_F(RegistryPeople, PersonWhoMovedAwayLeavesTheRegister) {
  register_all(session_, residents({"1"}));
  auto rows = residents({"1"});
  rows.rows[0].person.residency = Residency::MovedOut;
  session_.import_residents(rows);
  EXPECT_EQ(session_.run_eligibility(care_rules(), test_day()).left, 1U);
  EXPECT_THAT(session_.registrants(), IsEmpty());
}

TEST_F(RegistryPeople, HouseholdIsCountedFromEverybodyKnownWhoeverAFileNames) {
  auto both = residents({"1", "2"});
  for (ResidentRow& row : both.rows) {
    row.person.household_no = "H";
  }
  register_all(session_, both);
  const auto size = [&] { return by_number().at("1").registrant.person.household_size; };
  EXPECT_EQ(size(), 2);
  auto one = parsed<ResidentRow>({both.rows[0]});
  one.rows[0].person.phone = "new";
  session_.import_residents(one);
  EXPECT_EQ(size(), 2) << "the file names only one of them";
  auto other = parsed<ResidentRow>({both.rows[1]});
  other.rows[0].person.residency = Residency::Died;
  session_.import_residents(other);
  EXPECT_EQ(size(), 1);
}

TEST_F(RegistryPeople, QuestionNeitherAddsNorRemoves) {
  register_all(session_, residents({"1"}));
  session_.import_residents(residents({"2"}));
  session_.import_care(parsed<CertificateRow>({care("1", "要介護2"), care("2", "要介護2")}));
  RuleSet rules = care_rules();
  rules.clauses[0].all_of[0].any_of = {"要介護2"};
  rules.clauses[0].question = "市の判断が必要です";
  const EligibilityRun run = session_.run_eligibility(rules, test_day());
  EXPECT_EQ(run.review, 2U);
  EXPECT_EQ(run.joined + run.left, 0U);
  EXPECT_EQ(by_number().size(), 1U);
}

TEST_F(RegistryPeople, OneRegistrantIsTheSameAsInTheList) {
  register_all(session_, residents({"1", "2"}));
  session_.import_supporters(parsed<SupporterRow>({support::supporter("A", "2")}));
  for (const auto& [number, listed] : by_number()) {
    const auto one = session_.registrant(listed.registrant.person.id);
    ASSERT_TRUE(one);
    expect_same(one->registrant.person, listed.registrant.person);
    EXPECT_EQ(one->registrant.certificates, listed.registrant.certificates);
    EXPECT_EQ(one->supporters.size(), number == "2" ? 1U : 0U);
  }
  EXPECT_FALSE(session_.registrant(PersonId{}));
}

TEST_F(RegistryPeople, SupportersAndTheirLinksAreCountedByRow) {
  register_all(session_, residents({"1", "2"}));
  SupporterRow first = support::supporter("A", "1");
  first.supporter.available = {.weekday_day = false, .weekday_night = true, .holiday = false};
  first.supporter.max_persons = 4;
  first.supporter.has_vehicle = true;
  first.supporter.position = Position{.lat = 35.5, .lon = 139.5};
  SupporterRow second = first;
  second.person_resident_no = "2";
  second.role = "搬送";
  const auto rows = parsed<SupporterRow>({first, second, support::supporter("B", "")});
  EXPECT_EQ(session_.import_supporters(rows).added, 3U);
  EXPECT_EQ(session_.import_supporters(rows).unchanged, 3U);

  auto people = by_number();
  ASSERT_EQ(people.at("1").supporters.size(), 1U);
  const AssignedSupporter& got = people.at("2").supporters.at(0);
  EXPECT_EQ(got.role, "搬送");
  EXPECT_EQ(got.relation, "近所");
  EXPECT_EQ(got.supporter.name, first.supporter.name);
  EXPECT_EQ(got.supporter.phone, first.supporter.phone);
  EXPECT_FALSE(got.supporter.available.weekday_day);
  EXPECT_TRUE(got.supporter.available.weekday_night);
  EXPECT_FALSE(got.supporter.available.holiday);
  EXPECT_EQ(got.supporter.max_persons, 4);
  EXPECT_TRUE(got.supporter.has_vehicle);
  EXPECT_EQ(got.supporter.position, first.supporter.position);

  first.relation = "親族";
  EXPECT_EQ(session_.import_supporters(parsed<SupporterRow>({first})).changed, 1U);
  EXPECT_EQ(by_number().at("1").supporters.at(0).relation, "親族");
  EXPECT_EQ(by_number().at("2").supporters.size(), 1U);  // not in this file: untouched
}

TEST_F(RegistryPeople, AllSupportersAreListedAlsoThoseWhoHelpNobodyYetAndTheLogSaysHowMany) {
  register_all(session_, residents({"1"}));
  session_.import_supporters(
      parsed<SupporterRow>({support::supporter("A", "1"), support::supporter("B", "")}));
  const std::vector<Supporter> all = session_.supporters();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "支援 A");
  EXPECT_EQ(all[1].supporter_no, "B");
  EXPECT_EQ(all[1].phone, "000-0000-B");
  const AuditEntry& entry = session_.audit_log().back();
  EXPECT_EQ(entry.action, "list_supporters");
  EXPECT_EQ(entry.detail, "supporters=2");
}

TEST_F(RegistryPeople, NobodyIsImportedAsTheirOwnSupporter) {
  session_.import_residents(residents({"1"}));
  SupporterRow self = support::supporter("A", "1");
  self.supporter.name = "見本　1";
  self.supporter.address = "見本市中町1丁目1";
  const ImportReport report = session_.import_supporters(parsed<SupporterRow>({self}));
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].code, "SUPPORTER_IS_SUBJECT");
  EXPECT_THAT(report.rejected[0].message, Not(HasSubstr("見本")));
  EXPECT_TRUE(session_.supporters().empty());
}

TEST_F(RegistryPeople, ContradictingAndUnknownSupporterRowsAreRejected) {
  session_.import_residents(residents({"1", "2"}));
  SupporterRow contradiction = support::supporter("A", "2");
  contradiction.supporter.phone = "違う番号";
  const ImportReport report = session_.import_supporters(parsed<SupporterRow>(
      {support::supporter("A", "1"), contradiction, support::supporter("A", "77")}));
  EXPECT_EQ(report.added, 1U);
  ASSERT_EQ(report.rejected.size(), 2U);
  EXPECT_EQ(report.rejected[0].code, "SUPPORTER_DIFFERS");
  EXPECT_EQ(report.rejected[1].code, "UNKNOWN_PERSON");
  EXPECT_EQ(report.rejected[1].column, "対象宛名番号");
}

TEST_F(RegistryPeople, NobodyUsesTheRegistryWithoutAPurpose) {
  EXPECT_THROW((void)registry_.session({.name = "tester", .purpose = ""}), InputError);
  EXPECT_THROW((void)registry_.session({.name = "", .purpose = "試験"}), InputError);
}

TEST_F(RegistryPeople, TextThatIsNotUtf8IsRefusedAndNothingIsStored) {
  auto rows = residents({"1", "2"});
  rows.rows[1].person.emergency_contacts = {{.name = "\xFF", .relation = "", .phone = ""}};
  EXPECT_THROW(session_.import_residents(rows), InputError);
  EXPECT_EQ(session_.import_residents(residents({"1"})).added, 1U);
}

}  // namespace
}  // namespace registry
