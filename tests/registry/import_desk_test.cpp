// SPDX-License-Identifier: Apache-2.0
#include "registry/import_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "support/registry_fixture.hpp"
#include "support/store_dump.hpp"

namespace registry {
namespace {

using support::care;
using support::care_rules;
using support::parsed;
using support::people_of;
using support::resident;
using support::residents;
using support::test_day;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ImportDesks : public support::RegistryTest {
 protected:
  ImportDesks() : registry_(create()), session_(session(registry_)), desk_(session_) {}

  PersonId id_of(const std::string& number) {
    PersonId id;
    SessionInside::store(session_).sql() << "SELECT id FROM person WHERE resident_no = :number",
        soci::into(id.value), soci::use(number, "number");
    return id;
  }

  AppliedBatch approve_and_apply(const BatchId& batch) {
    desk_.approve(batch);
    return desk_.apply(batch);
  }

  std::vector<std::string> actions() {
    std::vector<std::string> names;
    for (const AuditEntry& entry : session_.audit_log()) {
      names.push_back(entry.action);
    }
    return names;
  }

  Registry registry_;
  Session session_;
  ImportDesk desk_;
};

TEST_F(ImportDesks, PreviewTouchesNobody) {
  session_.import_residents(residents({"1"}));
  const auto before = people_of(session_);
  auto rows = residents({"1", "2"});
  rows.rows[0].person.address_number = "別の番地";
  const BatchId batch = desk_.preview(rows, {});
  EXPECT_EQ(people_of(session_), before);
  const BatchDetail detail = desk_.show(batch);
  EXPECT_EQ(detail.summary.state, BatchState::Previewed);
  EXPECT_EQ(detail.counts(),
            (std::map<ChangeKind, std::size_t>{{ChangeKind::New, 1}, {ChangeKind::Moved, 1}}));
  EXPECT_EQ(detail.report.added, 1U);
  EXPECT_EQ(detail.report.changed, 1U);
  EXPECT_EQ(detail.changes[0].line, 2U);
  EXPECT_EQ(detail.changes[0].person, id_of("1"));
}

TEST_F(ImportDesks, ApprovalIsAnActOfItsOwnAndRecorded) {
  const BatchId batch = desk_.preview(residents({"1"}), {});
  EXPECT_THROW(desk_.apply(batch), InputError);
  add_admin(registry_, "chief");
  Session chief = registry_.session({.name = "chief", .purpose = "試験"});
  ImportDesk(chief).approve(batch);
  EXPECT_THROW(desk_.approve(batch), InputError);
  desk_.apply(batch);
  EXPECT_THROW(desk_.apply(batch), InputError);
  const BatchSummary summary = desk_.show(batch).summary;
  EXPECT_EQ(summary.previewed_by, "tester");
  EXPECT_EQ(summary.approved_by, "chief");
  EXPECT_EQ(summary.applied_by, "tester");
  EXPECT_TRUE(summary.approved_at && summary.applied_at && !summary.reverted_at);
  EXPECT_THAT(actions(),
              ElementsAre("appoint_admin", "preview_import", "list_accounts", "manage_accounts",
                          "approve_import", "import_residents", "show_import"));
}

TEST_F(ImportDesks, SomebodyLeftOutStaysAsHeWas) {
  session_.import_residents(residents({"1", "2"}));
  auto rows = residents({"1", "2"});
  rows.rows[0].person.phone = "new";
  rows.rows[1].person.phone = "new";
  const BatchId batch = desk_.preview(rows, {});
  desk_.exclude(batch, id_of("1"));
  EXPECT_THROW(desk_.exclude(batch, {"nobody"}), InputError);
  EXPECT_EQ(desk_.show(batch).counts().at(ChangeKind::Changed), 1U);
  approve_and_apply(batch);
  EXPECT_THROW(desk_.exclude(batch, id_of("2")), InputError);
  EXPECT_THAT(people_of(session_), Contains(HasSubstr("phone=new")).Times(1));
  desk_.revert(batch);
  EXPECT_THAT(people_of(session_), Contains(HasSubstr("phone=new")).Times(0));
}

TEST_F(ImportDesks, ChangeSinceThePreviewRefusesTheWholeBatch) {
  session_.import_residents(residents({"1", "2"}));
  auto rows = residents({"1", "2"});
  rows.rows[0].person.phone = "preview";
  rows.rows[1].person.phone = "preview";
  const BatchId batch = desk_.preview(rows, {});
  rows.rows[1].person.phone = "meanwhile";
  rows.rows.erase(rows.rows.begin());
  session_.import_residents(rows);
  desk_.approve(batch);
  const auto before = people_of(session_);
  EXPECT_THROW(desk_.apply(batch), InputError);
  EXPECT_EQ(people_of(session_), before);
  EXPECT_EQ(desk_.show(batch).summary.state, BatchState::Approved);
  EXPECT_NO_THROW(desk_.drop(batch));
}

TEST_F(ImportDesks, NumberTakenSinceThePreviewRefusesTheBatch) {
  const BatchId batch = desk_.preview(residents({"1"}), {});
  session_.import_residents(residents({"1"}));
  desk_.approve(batch);
  EXPECT_THROW(desk_.apply(batch), InputError);
}

TEST_F(ImportDesks, RevertedPeopleWithLaterRecordsStay) {
  const AppliedBatch first = desk_.import_now(residents({"1"}), {});
  const AppliedBatch second =
      desk_.import_now(ImportKind::Care, parsed<CertificateRow>({care("1", "要介護3")}), {});
  const auto before = people_of(session_);
  EXPECT_THROW(desk_.revert(first.id), InputError);
  EXPECT_EQ(people_of(session_), before);
  desk_.revert(second.id);
  desk_.revert(first.id);
  EXPECT_THAT(people_of(session_), IsEmpty());
  EXPECT_THROW(desk_.revert(first.id), InputError);
}

TEST_F(ImportDesks, LaterChangeOfATouchedPersonForbidsTheRevert) {
  session_.import_residents(residents({"1"}));
  auto rows = residents({"1"});
  rows.rows[0].person.phone = "second";
  const AppliedBatch second = desk_.import_now(rows, {});
  rows.rows[0].person.phone = "third";
  const AppliedBatch third = desk_.import_now(rows, {});
  EXPECT_THROW(desk_.revert(second.id), InputError);
  desk_.revert(third.id);
  EXPECT_NO_THROW(desk_.revert(second.id));
}

TEST_F(ImportDesks, WhoeverIsMissingFromAFullFileIsReportedAndKept) {
  session_.import_residents(residents({"1", "2"}));
  const auto before = people_of(session_);
  const AppliedBatch applied = desk_.import_now(residents({"1"}), {.full = true});
  EXPECT_EQ(people_of(session_), before);
  EXPECT_EQ(desk_.show(applied.id).counts().at(ChangeKind::Missing), 1U);
  EXPECT_THAT(applied.report.notes, Contains(HasSubstr("1 人がファイルにありません")));
  EXPECT_THAT(desk_.show(desk_.import_now(residents({"1"}), {}).id).changes, IsEmpty());
  EXPECT_NO_THROW(desk_.revert(applied.id));
}

TEST_F(ImportDesks, FullCareFileEndsTheCertificatesOfPeopleItDoesNotName) {
  register_all(session_, residents({"1", "2"}));
  const auto file = parsed<CertificateRow>({care("1", "要介護3")});
  EXPECT_THAT(desk_.show(desk_.import_now(ImportKind::Care, file, {}).id).changes, IsEmpty());
  const auto before = people_of(session_);
  const AppliedBatch full = desk_.import_now(ImportKind::Care, file, {.full = true});
  EXPECT_EQ(desk_.show(full.id).counts().at(ChangeKind::CertificateExpired), 1U);
  EXPECT_THAT(full.ripple.lists, ElementsAre(StaleEntry{RegisterKind::Statutory, id_of("2"),
                                                        ChangeKind::CertificateExpired}));
  desk_.revert(full.id);
  EXPECT_EQ(people_of(session_), before);
}

TEST_F(ImportDesks, DiseaseFileLeavesTheOtherFilesCertificates) {
  register_all(session_, residents({"1"}));
  CertificateRow disease = care("1", "見本病");
  disease.certificate.kind = CertificateKind::IntractableDisease;
  const auto file = parsed<CertificateRow>({disease});
  EXPECT_EQ(desk_.import_now(ImportKind::Intractable, file, {}).report.added, 1U);
  EXPECT_EQ(desk_.import_now(ImportKind::Intractable, file, {}).report.unchanged, 1U);
  EXPECT_THAT(session_.registrant(id_of("1"))->registrant.certificates, SizeIs(2));
}

VoluntaryRow application(const std::string& number, Date on) {
  VoluntaryRow row;
  row.resident_no = number;
  row.joined_on = on;
  row.grounds = {"65歳以上一人暮らし"};
  return row;
}

TEST_F(ImportDesks, ApplicationPutsOnTheVoluntaryRegisterAndWithdrawalEndsIt) {
  session_.import_residents(residents({"1"}));
  const auto empty = people_of(session_);
  const auto joined = desk_.import_now(parsed<VoluntaryRow>({application("1", test_day())}), {});
  EXPECT_EQ(joined.report.added, 1U);
  EXPECT_THAT(people_of(session_), Contains(testing::AllOf(HasSubstr("kind=voluntary"),
                                                           HasSubstr("joined_on=2026-05-01"),
                                                           HasSubstr("left_on=NULL"))));
  EXPECT_EQ(
      desk_.import_now(parsed<VoluntaryRow>({application("1", test_day())}), {}).report.unchanged,
      1U);
  const auto on_register = people_of(session_);
  VoluntaryRow end =
      application("1", Date{std::chrono::year(2026), std::chrono::month(6), std::chrono::day(1)});
  end.withdrawn = true;
  const auto withdrawn = desk_.import_now(parsed<VoluntaryRow>({end}), {});
  EXPECT_EQ(desk_.show(withdrawn.id).counts().at(ChangeKind::Withdrew), 1U);
  EXPECT_THAT(people_of(session_), Contains(HasSubstr("left_on=2026-06-01")));
  // The old application in a later file does not bring anybody back.
  EXPECT_EQ(
      desk_.import_now(parsed<VoluntaryRow>({application("1", test_day())}), {}).report.unchanged,
      1U);
  desk_.revert(withdrawn.id);
  EXPECT_EQ(people_of(session_), on_register);
  desk_.revert(joined.id);
  EXPECT_EQ(people_of(session_), empty);
}

TEST_F(ImportDesks, RippleIsForecastByThePreviewAndKeptWithTheBatch) {
  register_all(session_, residents({"1", "2", "3"}));
  EvacuationPlan plan;
  plan.subject = id_of("1");
  plan.status = PlanStatus::Active;
  EvacuationPlan helped = plan;
  helped.subject = id_of("2");
  session_.store_plans({plan, helped});
  // Person 3 helps person 2, under another number and another spelling of the address.
  auto helper = support::supporter("S1", "2");
  helper.supporter.name = "見本 3";
  helper.supporter.address = "見本市中町１丁目3";
  session_.import_supporters(parsed<SupporterRow>({helper}));

  auto rows = residents({"1", "2", "3"});
  rows.rows[0].person.residency = Residency::Died;
  rows.rows[2].person.address_number = "遠く";
  const BatchId batch = desk_.preview(rows, {});
  const Ripple forecast = desk_.show(batch).ripple;
  ASSERT_THAT(forecast.plans, SizeIs(2));
  EXPECT_EQ(forecast.plans[0].reason, StaleReason::SubjectDied);
  EXPECT_EQ(forecast.plans[1].subject, id_of("2"));
  EXPECT_EQ(forecast.plans[1].reason, StaleReason::SupporterMoved);
  EXPECT_THAT(forecast.lists, SizeIs(2));
  desk_.exclude(batch, id_of("3"));
  EXPECT_THAT(desk_.show(batch).ripple.plans, SizeIs(1));
  const AppliedBatch applied = approve_and_apply(batch);
  EXPECT_THAT(applied.ripple.plans, SizeIs(1));
  EXPECT_EQ(desk_.show(batch).ripple, applied.ripple);
}

TEST_F(ImportDesks, NamesAreForTheClerkAndProtectedPeopleHaveNone) {
  auto rows = residents({"1", "2"});
  rows.rows[1].person.protective_measure = ProtectiveMeasure::Active;
  const BatchId batch = desk_.preview(rows, {});
  const auto names = desk_.names(batch);
  ASSERT_THAT(names, SizeIs(1));
  EXPECT_EQ(names.begin()->second, "見本 1");
  for (const AuditEntry& entry : session_.audit_log()) {
    EXPECT_THAT(entry.detail, testing::Not(HasSubstr("見本")));
  }
}

TEST_F(ImportDesks, BatchesAreListedNewestFirst) {
  const BatchId first = desk_.preview(residents({"1"}), {.mapping = "a.toml", .full = true});
  const BatchId second = desk_.preview(residents({"2"}), {});
  const auto batches = desk_.batches();
  ASSERT_THAT(batches, SizeIs(2));
  EXPECT_EQ(batches[0].id, second);
  EXPECT_EQ(batches[1].id, first);
  EXPECT_EQ(batches[1].mapping, "a.toml");
  EXPECT_TRUE(batches[1].full);
  EXPECT_THROW(static_cast<void>(desk_.show({"none"})), InputError);
}

TEST_F(ImportDesks, DroppedPreviewForgetsItsPeople) {
  const BatchId batch = desk_.preview(residents({"1"}), {});
  desk_.drop(batch);
  EXPECT_THAT(support::rows_of(session_, "import_change"), IsEmpty());
  EXPECT_THROW(desk_.approve(batch), InputError);
  const AppliedBatch applied = desk_.import_now(residents({"1"}), {});
  EXPECT_THROW(desk_.drop(applied.id), InputError);
}

TEST_F(ImportDesks, RejectedRowsAreKeptWithTheBatch) {
  auto rows = residents({"1"});
  rows.report.rejected = {{.line = 9, .column = "氏名", .code = "NAME_GARBLED", .message = "…"}};
  rows.report.notes = {"注記"};
  const ImportReport report = desk_.show(desk_.preview(rows, {})).report;
  ASSERT_THAT(report.rejected, SizeIs(1));
  EXPECT_EQ(report.rejected[0].line, 9U);
  EXPECT_EQ(report.rejected[0].code, "NAME_GARBLED");
  EXPECT_THAT(report.notes, ElementsAre("注記"));
  EXPECT_EQ(report.encoding, "UTF-8");
}

}  // namespace
}  // namespace registry
