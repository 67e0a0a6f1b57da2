// SPDX-License-Identifier: Apache-2.0
// Who a row speaks of, when the number does not say so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "registry/review_queue.hpp"
#include "registry/table_io.hpp"
#include "support/registry_fixture.hpp"
#include "support/store_dump.hpp"

namespace registry {
namespace {

using support::care;
using support::parsed;
using support::resident;
using support::residents;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ImportMatching : public support::RegistryTest {
 protected:
  ImportMatching()
      : registry_(create()), session_(session(registry_)), desk_(session_), queue_(session_) {}

  PersonId id_of(const std::string& number) {
    PersonId id;
    SessionInside::store(session_).sql() << "SELECT id FROM person WHERE resident_no = :number",
        soci::into(id.value), soci::use(number, "number");
    return id;
  }

  ImportReport import_care(const CertificateRow& row) {
    return desk_.import_now(ImportKind::Care, parsed<CertificateRow>({row}), {}).report;
  }

  std::vector<std::string> people() { return support::rows_of(session_, "person"); }

  Registry registry_;
  Session session_;
  ImportDesk desk_;
  ReviewQueue queue_;
};

/// A care row that names person `number` by everything but the number.
CertificateRow unnumbered(const std::string& number) {
  const Person person = resident(number).person;
  CertificateRow row = care("", "要介護3");
  row.identity = {.name = person.name,
                  .name_kana = person.name_kana,
                  .birth_date = person.birth_date,
                  .address = person.full_address()};
  return row;
}

TEST_F(ImportMatching, OneStrongMatchIsProposedAndTheDecisionHoldsForLaterFiles) {
  session_.import_residents(residents({"1", "2"}));
  const CertificateRow row = unnumbered("1");
  const ImportReport report = import_care(row);
  EXPECT_EQ(report.added, 0U);
  EXPECT_EQ(report.queued, 1U);
  ASSERT_THAT(report.rejected, SizeIs(1));
  EXPECT_EQ(report.rejected[0].code, "IN_REVIEW_QUEUE");
  const auto items = queue_.open_items();
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].reason, QueueReason::UnknownNumber);
  EXPECT_EQ(items[0].proposed, id_of("1"));
  EXPECT_EQ(items[0].line, 2U);

  EXPECT_EQ(import_care(row).queued, 1U);  // still nobody has decided; asked only once
  EXPECT_THAT(queue_.open_items(), SizeIs(1));
  EXPECT_EQ(queue_.accept_proposed(items[0].batch), 1U);
  EXPECT_EQ(import_care(row).added, 1U);
  EXPECT_EQ(import_care(row).unchanged, 1U);
  EXPECT_THAT(queue_.open_items(), IsEmpty());
}

TEST_F(ImportMatching, OtherSpellingsOfTheSameNameAndAddressStillMatch) {
  auto rows = residents({"1"});
  rows.rows[0].person.name = "髙橋　斉藤";
  rows.rows[0].person.name_kana = "ﾀｶﾊｼ";
  rows.rows[0].person.address = "見本市中町五丁目";
  session_.import_residents(rows);
  CertificateRow row = unnumbered("1");
  row.identity.name = "高橋斉藤";
  row.identity.name_kana = "たかはし";
  row.identity.address = "見本市中町５丁目1";
  import_care(row);
  ASSERT_THAT(queue_.open_items(), SizeIs(1));
  EXPECT_EQ(queue_.open_items()[0].proposed, id_of("1"));
}

TEST_F(ImportMatching, AmbiguousRowsProposeNobody) {
  auto rows = residents({"1", "2"});
  rows.rows[1].person.name = rows.rows[0].person.name;
  rows.rows[1].person.name_kana = rows.rows[0].person.name_kana;
  rows.rows[1].person.address_number = rows.rows[0].person.address_number;
  session_.import_residents(rows);
  import_care(unnumbered("1"));
  auto items = queue_.open_items();
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].reason, QueueReason::SeveralPeople);
  EXPECT_TRUE(items[0].proposed.empty());
  EXPECT_THAT(items[0].candidates, ElementsAre(id_of("1"), id_of("2")));
  EXPECT_EQ(queue_.accept_proposed(items[0].batch), 0U);
  queue_.decide_same(items[0].number, id_of("2"));
  EXPECT_EQ(import_care(unnumbered("1")).added, 1U);
  EXPECT_THAT(support::rows_of(session_, "certificate"),
              ElementsAre(HasSubstr("person=" + id_of("2").value)));
}

TEST_F(ImportMatching, AnotherAddressIsAskedAndARefusalIsRemembered) {
  session_.import_residents(residents({"1"}));
  CertificateRow row = unnumbered("1");
  row.identity.address = "遠い町";
  import_care(row);
  ASSERT_THAT(queue_.open_items(), SizeIs(1));
  EXPECT_EQ(queue_.open_items()[0].reason, QueueReason::OtherAddress);
  queue_.decide_different(queue_.open_items()[0].number);
  const ImportReport report = import_care(row);
  EXPECT_EQ(report.queued, 0U);
  EXPECT_EQ(report.rejected.at(0).code, "UNKNOWN_PERSON");
}

TEST_F(ImportMatching, NumberOfSomebodyBornOnAnotherDayIsNotTrusted) {
  session_.import_residents(residents({"1"}));
  CertificateRow row = care("1", "要介護3");
  row.identity.birth_date =
      Date{std::chrono::year(1950), std::chrono::month(1), std::chrono::day(1)};
  EXPECT_EQ(import_care(row).queued, 1U);
  EXPECT_EQ(queue_.open_items()[0].reason, QueueReason::NumberContradicts);
  EXPECT_THAT(queue_.open_items()[0].candidates, ElementsAre(id_of("1")));
}

TEST_F(ImportMatching, NobodySimilarIsAnUnknownPerson) {
  session_.import_residents(residents({"1"}));
  EXPECT_EQ(import_care(unnumbered("7")).rejected.at(0).code, "UNKNOWN_PERSON");
  EXPECT_THAT(queue_.open_items(), IsEmpty());
}

TEST_F(ImportMatching, DecisionsNeedAnOpenItemAndAKnownPerson) {
  session_.import_residents(residents({"1"}));
  import_care(unnumbered("1"));
  const auto item = queue_.open_items().at(0).number;
  EXPECT_THROW(queue_.decide_same(item, {"nobody"}), InputError);
  EXPECT_THROW(queue_.decide_different(item + 1), InputError);
  queue_.decide_different(item);
  EXPECT_THROW(queue_.decide_different(item), InputError);
}

TEST_F(ImportMatching, LostZerosAreGivenBackWhenTheNumberIsKnown) {
  session_.import_residents(residents({"0001000003", "0001000010"}));
  const ImportReport report = import_care(care("1000003", "要介護3"));
  EXPECT_EQ(report.added, 1U);
  EXPECT_THAT(report.notes, Contains(HasSubstr("先頭の0")));
  EXPECT_EQ(import_care(care("1000004", "要介護3")).rejected.at(0).code, "UNKNOWN_PERSON");

  auto again = residents({"0001000003"});
  again.rows[0].person.resident_no = "1000003";
  EXPECT_EQ(session_.import_residents(again).unchanged, 1U);
  EXPECT_THAT(people(), SizeIs(2));
}

// --- residents

TEST_F(ImportMatching, SamePersonUnderANewNumberIsAskedAndThenKept) {
  session_.import_residents(residents({"1"}));
  const PersonId id = id_of("1");
  auto rows = residents({"1"});
  rows.rows[0].person.resident_no = "77";
  const ImportReport report = session_.import_residents(rows);
  EXPECT_EQ(report.added, 0U);
  EXPECT_EQ(report.queued, 1U);
  ASSERT_THAT(queue_.open_items(), SizeIs(1));
  EXPECT_EQ(queue_.open_items()[0].reason, QueueReason::NumberChanged);
  queue_.decide_same(queue_.open_items()[0].number, id);
  const AppliedBatch applied = desk_.import_now(rows, {});
  EXPECT_EQ(applied.report.changed, 1U);
  EXPECT_EQ(id_of("77"), id);
  EXPECT_EQ(desk_.show(applied.id).counts().at(ChangeKind::NumberChanged), 1U);
  EXPECT_EQ(session_.import_residents(rows).unchanged, 1U);
  desk_.revert(applied.id);
  EXPECT_EQ(id_of("1"), id);
}

TEST_F(ImportMatching, NamesakeBornTheSameDayMayBeSomebodyElse) {
  session_.import_residents(residents({"1"}));
  auto rows = residents({"1"});
  rows.rows[0].person.resident_no = "77";
  session_.import_residents(rows);
  queue_.decide_different(queue_.open_items().at(0).number);
  EXPECT_EQ(session_.import_residents(rows).added, 1U);
  EXPECT_THAT(people(), SizeIs(2));
}

TEST_F(ImportMatching, TwoPeopleInOneFileAreTwoPeople) {
  auto rows = residents({"1"});
  session_.import_residents(rows);
  rows.rows.push_back(rows.rows[0]);
  rows.rows[1].person.resident_no = "77";  // e.g. entered twice; both numbers are in use
  EXPECT_EQ(session_.import_residents(rows).added, 1U);
  EXPECT_THAT(queue_.open_items(), IsEmpty());
}

TEST_F(ImportMatching, TwoCodesOfOneCharacterAreOnePerson) {
  // 髙 is EEE0 in the IBM extension and FBFC in the NEC selection of CP932.
  const auto file = [](const std::string& code) {
    std::string text =
        "宛名番号,世帯番号,氏名,氏名カナ,生年月日,性別,住所,住民区分,支援措置区分,支援措置期限\r\n"
        "1,1,髙橋,タカハシ,1950-01-01,男,町1,住民,0,\r\n";
    std::string bytes;
    Table table = read_csv(text);
    bytes = write_csv(table, CsvEncoding::Cp932).bytes;
    const std::size_t at = bytes.find("\xFB\xFC");
    EXPECT_NE(at, std::string::npos);
    return bytes.replace(at, 2, code);
  };
  const Date today{std::chrono::year(2026), std::chrono::month(6), std::chrono::day(1)};
  const auto nec = parse_residents(read_csv(file("\xFB\xFC")), today);
  const auto ibm = parse_residents(read_csv(file("\xEE\xE0")), today);
  EXPECT_EQ(session_.import_residents(nec).added, 1U);
  EXPECT_EQ(session_.import_residents(ibm).unchanged, 1U);
  EXPECT_THAT(queue_.open_items(), IsEmpty());
}

TEST_F(ImportMatching, NormalisedSpellingIsNeverTakenSilently) {
  auto rows = residents({"1"});
  rows.rows[0].person.name = "\uFA19谷 花";  // 神, compatibility ideograph
  session_.import_residents(rows);
  auto folded = rows;
  folded.rows[0].person.name = "\u795E谷 花";  // what NFC makes of it
  folded.rows[0].person.phone = "news";
  const ImportReport report = session_.import_residents(folded);
  EXPECT_EQ(report.changed, 1U);  // the telephone number
  EXPECT_EQ(report.queued, 1U);
  EXPECT_THAT(report.rejected, IsEmpty());
  EXPECT_THAT(people(), Contains(HasSubstr("name=\uFA19谷 花|")));
  EXPECT_THAT(people(), Contains(HasSubstr("phone=news|")));
  const auto items = queue_.open_items();
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].reason, QueueReason::NameVariant);
  EXPECT_EQ(session_.import_residents(folded).unchanged, 1U);

  queue_.decide_same(items[0].number, id_of("1"));
  EXPECT_EQ(session_.import_residents(folded).changed, 1U);
  EXPECT_THAT(people(), Contains(HasSubstr("name=\u795E谷 花|")));
}

TEST_F(ImportMatching, LostVariationSelectorIsAskedToo) {
  auto rows = residents({"1"});
  rows.rows[0].person.name = "葛\U000E0100城";
  session_.import_residents(rows);
  rows.rows[0].person.name = "葛城";
  EXPECT_EQ(session_.import_residents(rows).queued, 1U);
  queue_.decide_different(queue_.open_items().at(0).number);
  EXPECT_EQ(session_.import_residents(rows).queued, 0U);
  EXPECT_THAT(people(), Contains(HasSubstr("name=葛\U000E0100城|")));
}

TEST_F(ImportMatching, OtherCharacterIsAnOrdinaryChangeOfName) {
  auto rows = residents({"1"});
  rows.rows[0].person.name = "髙橋";
  session_.import_residents(rows);
  rows.rows[0].person.name = "高橋";
  EXPECT_EQ(session_.import_residents(rows).changed, 1U);
  EXPECT_THAT(people(), Contains(HasSubstr("name=高橋|")));
}

TEST_F(ImportMatching, CandidatesAreShownUnlessProtected) {
  auto rows = residents({"1"});
  session_.import_residents(rows);
  import_care(unnumbered("1"));
  EXPECT_EQ(queue_.candidates().at(id_of("1")).name, "見本 1");
  rows.rows[0].person.protective_measure = ProtectiveMeasure::ExpiredUnreviewed;
  session_.import_residents(rows);
  EXPECT_THAT(queue_.candidates(), IsEmpty());
}

TEST_F(ImportMatching, QueueHoldsNothingAboutThePerson) {
  session_.import_residents(residents({"1"}));
  import_care(unnumbered("1"));
  for (const std::string& line : support::rows_of(session_, "review_queue")) {
    EXPECT_THAT(line, testing::Not(HasSubstr("見本")));
    EXPECT_THAT(line, testing::Not(HasSubstr("1940")));
  }
}

}  // namespace
}  // namespace registry
