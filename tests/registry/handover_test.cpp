// SPDX-License-Identifier: Apache-2.0
#include "registry/handover_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "handover_fixture.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

TEST_F(HandoverTest, TheListHoldsThoseWhoConsentedAndTheLedgerSaysWhyEachIsOnIt) {
  people({"1", "2", "3"});
  const ConsentId yes = say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  say(ids_[1], Answer::Refused, ConsentScope::ProvideRoster);
  const auto list = issued(request(org(RecipientKind::Police, "見本警察署")));
  ASSERT_EQ(list.table().rows.size(), 1U);
  EXPECT_EQ(list.handover().serial, "2026-00001");
  EXPECT_EQ(list.handover().profile, Profile::Roster7);
  std::string consent;
  std::string ground;
  sql() << "SELECT consent, ground FROM handover_item", soci::into(consent), soci::into(ground);
  EXPECT_EQ(consent, yes.value);
  EXPECT_EQ(ground, "consent");
  EXPECT_EQ(count("SELECT count(*) FROM handover WHERE closed_at IS NULL"), 1U);
  EXPECT_EQ(count("SELECT count(*) FROM handover_exclusion"), 2U);
  const auto log = session_->audit_log();
  EXPECT_TRUE(std::ranges::any_of(log, [&](const AuditEntry& entry) {
    return entry.action == "issue_handover" && entry.subject == ids_[0].value;
  }));
  EXPECT_FALSE(first_broken(log));
}

TEST_F(HandoverTest, EveryLineCarriesSerialRecipientBasisReturnAndDuty) {
  people({"1"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  const auto list = issued(request(org(RecipientKind::Police, "見本警察署")));
  const Table& table = list.table();
  const auto cell = [&](const char* column) {
    return table.rows.at(0).at(table.column(column).value());
  };
  EXPECT_EQ(cell("氏名"), "見本 1");
  EXPECT_EQ(cell("避難支援等を必要とする事由"), "要介護・要支援認定");  // no grade
  EXPECT_EQ(cell("管理番号"), "2026-00001");
  EXPECT_EQ(cell("提供先"), "見本警察署");
  EXPECT_EQ(cell("根拠"), "49-11(2)");
  EXPECT_EQ(cell("返却期限"), "2027-03-31");
  EXPECT_THAT(cell("守秘義務"), HasSubstr("第49条の13"));
  EXPECT_TRUE(list.csv(CsvEncoding::Cp932).substitutions.empty());
  EXPECT_FALSE(table.column("認定の内容"));
}

TEST_F(HandoverTest, TheCodeOfTheDifferenceMustBeThatOfTheListAsItIsNow) {
  people({"1", "2"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  const auto asked = request(org(RecipientKind::Fire, "見本消防署"));
  const HandoverPreview before = desk().preview(asked);
  EXPECT_EQ(before.newly_seen, std::vector<PersonId>{ids_[0]});
  say(ids_[1], Answer::Granted, ConsentScope::ProvideRoster);
  EXPECT_THROW((void)desk().issue(asked, before.code), DisclosureRefused);
  EXPECT_THROW((void)desk().issue(asked, ""), DisclosureRefused);
  EXPECT_EQ(count("SELECT count(*) FROM handover"), 0U);
  (void)issued(asked);
  say(ids_[0], Answer::Withdrawn, ConsentScope::ProvideRoster);
  const HandoverPreview after = desk().preview(asked);
  EXPECT_TRUE(after.newly_seen.empty());
  EXPECT_EQ(after.no_longer_seen, std::vector<PersonId>{ids_[0]});
}

TEST_F(HandoverTest, ANewListRecallsEveryCopyTheRecipientHolds) {
  people({"1"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  const auto fire = request(org(RecipientKind::Fire, "見本消防署"));
  const auto police = request(org(RecipientKind::Police, "見本警察署"));
  const Handover first = issued(fire).handover();
  const Handover other = issued(police).handover();
  const Handover second = issued(fire).handover();
  EXPECT_EQ(desk().recall_tasks().size(), 1U);
  (void)issued(fire);
  const auto tasks = desk().recall_tasks();
  ASSERT_EQ(tasks.size(), 3U);  // the first copy twice, the second once; the police keep theirs
  EXPECT_TRUE(std::ranges::none_of(
      tasks, [&](const RecallTask& task) { return task.handover == other.id; }));
  desk().record(first.id, {CopyEvent::Destroyed, support::test_day(), "裁断の写真"});
  const auto after = desk().recall_tasks();
  EXPECT_EQ(std::ranges::count_if(after, [](const RecallTask& task) { return task.done; }), 2);
  const auto ledger = desk().ledger();
  EXPECT_EQ(ledger.size(), 4U);
  EXPECT_TRUE(desk().by_serial(first.serial).closed_at);
  EXPECT_FALSE(desk().by_serial(second.serial).closed_at);
  EXPECT_TRUE(desk().by_serial(second.serial).recalled);
}

TEST_F(HandoverTest, ACommunityBodyGetsItsOwnAreaUnderAValidAgreementOnly) {
  people({"1", "2"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  say(ids_[1], Answer::Granted, ConsentScope::ProvideRoster);
  put_in_area(ids_[0], AreaLevel::Neighbourhood, "N1");
  put_in_area(ids_[1], AreaLevel::Neighbourhood, "N2");
  const OrgId id = org(RecipientKind::Jishubo, "中町防災会");
  EXPECT_EQ(issued(request(id)).table().rows.size(), 1U);
  EXPECT_EQ(excluded_for(request(id), ids_[1]), Reason::OutOfArea);
  RecipientOrg changed = RecipientBook(*session_).list().at(0);
  changed.agreement_expires_on = changed.agreement_signed_on;
  changed.agreement_signed_on =
      Date{std::chrono::year(2020), std::chrono::month(4), std::chrono::day(1)};
  changed.agreement_expires_on =
      Date{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(31)};
  RecipientBook(*session_).revise(changed);
  EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::NoAgreement);
  EXPECT_THROW(RecipientBook(*session_).revise(changed), Error);  // read before the last revision
}

TEST_F(HandoverTest, ARecipientOutsideTheLocalPlanGetsNothing) {
  people({"1"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  for (const OrgId& id : {org(RecipientKind::Unlisted, "他市", false),
                          org(RecipientKind::Police, "見本警察署", false),
                          org(RecipientKind::OtherListed, "包括支援センター")}) {
    EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::RecipientNotInLocalPlan);
    EXPECT_THROW((void)issued(request(id)), DisclosureRefused);
  }
  EXPECT_EQ(count("SELECT count(*) FROM handover"), 0U);
}

TEST_F(HandoverTest, APlanNeedsTheConsentOfEverySupporter) {
  people({"1"});
  session_->import_supporters(support::parsed<SupporterRow>(
      {support::supporter("S1", "1"), support::supporter("S2", "1")}));
  EvacuationPlan plan;
  plan.id = {"PLAN"};
  plan.subject = ids_[0];
  PlanLeg leg;
  leg.shelter = {"SHELTER"};
  leg.shelter_name = "見本小学校";
  leg.shelter_address = "中町二丁目";
  leg.duration_s = 601;
  plan.courses.emplace_back().legs = {leg};
  session_->store_plans({plan});
  const auto asked = request(org(RecipientKind::Fire, "見本消防署"), DataKind::Plan);
  std::vector<SupporterId> supporters(2);
  sql() << "SELECT id FROM supporter WHERE supporter_no = 'S1'", soci::into(supporters[0].value);
  sql() << "SELECT id FROM supporter WHERE supporter_no = 'S2'", soci::into(supporters[1].value);
  EXPECT_EQ(excluded_for(asked, ids_[0]), Reason::NoSubjectConsent);
  say(ids_[0], Answer::Granted, ConsentScope::ProvidePlan);
  EXPECT_EQ(excluded_for(asked, ids_[0]), Reason::NoSupporterConsent);
  say(ids_[0], Answer::Granted, ConsentScope::ProvidePlan, supporters[0]);
  EXPECT_EQ(excluded_for(asked, ids_[0]), Reason::NoSupporterConsent);
  say({}, Answer::Granted, ConsentScope::ProvidePlan, supporters[1]);  // for every plan
  const auto list = issued(asked);
  ASSERT_EQ(list.table().rows.size(), 1U);
  const auto cell = [&](const char* column) {
    return list.table().rows[0].at(list.table().column(column).value());
  };
  EXPECT_EQ(cell("避難先"), "見本小学校(中町二丁目)");
  EXPECT_EQ(cell("所要(分)"), "11");
  EXPECT_THAT(cell("避難支援等実施者"), HasSubstr("支援 S2"));
  EXPECT_EQ(cell("根拠"), "49-15(2)");
}

TEST_F(HandoverTest, UnderOptOutARefusingSupporterCanBeLeftOutOfThePlan) {
  people({"1"});
  session_->import_supporters(support::parsed<SupporterRow>(
      {support::supporter("S1", "1"), support::supporter("S2", "1")}));
  EvacuationPlan plan;
  plan.id = {"PLAN"};
  plan.subject = ids_[0];
  plan.courses.emplace_back().gap = Gap::NoPosition;
  session_->store_plans({plan});
  SupporterId refusing;
  sql() << "SELECT id FROM supporter WHERE supporter_no = 'S2'", soci::into(refusing.value);
  say(ids_[0], Answer::Refused, ConsentScope::ProvidePlan, refusing);
  policy_.plan_ordinance = OrdinanceMode::OptOut;
  const auto asked = request(org(RecipientKind::Fire, "見本消防署"), DataKind::Plan);
  EXPECT_EQ(excluded_for(asked, ids_[0]), Reason::NoSupporterConsent);
  policy_.leave_out_refusing_supporter = true;
  const std::string bytes = issued(asked).csv(CsvEncoding::Utf8Bom).bytes;
  EXPECT_THAT(bytes, HasSubstr("支援 S1"));
  EXPECT_THAT(bytes, testing::Not(HasSubstr("支援 S2")));
}

TEST_F(HandoverTest, ASupporterGetsHisOwnPersonAndNoOther) {
  people({"1", "2"});
  session_->import_supporters(support::parsed<SupporterRow>({support::supporter("S1", "1")}));
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  say(ids_[1], Answer::Granted, ConsentScope::ProvideRoster);
  RecipientOrg own;
  own.kind = RecipientKind::PlanSupporter;
  own.name = "支援 S1";
  own.listed = true;
  own.plan_clause = "第2編";
  EXPECT_THROW(RecipientBook(*session_).add(own), InputError);  // which supporter?
  sql() << "SELECT id FROM supporter", soci::into(own.supporter.value);
  const OrgId id = RecipientBook(*session_).add(own);
  const auto preview = desk().preview(request(id));
  EXPECT_EQ(preview.included, std::vector<PersonId>{ids_[0]});
  EXPECT_EQ(preview.profile, Profile::Action);
  EXPECT_EQ(excluded_for(request(id), ids_[1]), Reason::OutOfArea);
  refuse_help(ids_[0], "支援 S1");
  EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::OutOfArea);
}

TEST_F(HandoverTest, AProtectedPersonNeedsTheApprovalOfSomebodyElseEachTime) {
  auto rows = support::residents({"1"});
  rows.rows[0].person.protective_measure = ProtectiveMeasure::Active;
  register_people(rows);
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  const OrgId id = org(RecipientKind::Police, "見本警察署");
  EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::ProtectedPersonManual);
  EXPECT_THROW((void)issued(request(id)), DisclosureRefused);
  desk().approve(ids_[0], id, DataKind::Roster, "本人の依頼");  // by the account that issues
  EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::ProtectedPersonManual);
  Session second = as("second");
  HandoverDesk(second, policy_).approve(ids_[0], id, DataKind::Plan, "本人の依頼");  // other data
  EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::ProtectedPersonManual);
  HandoverDesk(second, policy_).approve(ids_[0], id, DataKind::Roster, "本人の依頼");
  const auto list = issued(request(id));
  ASSERT_EQ(list.table().rows.size(), 1U);
  EXPECT_THAT(list.csv(CsvEncoding::Utf8Bom).bytes, HasSubstr("住所秘匿"));
  EXPECT_EQ(count("SELECT count(*) FROM handover_item WHERE approval IS NOT NULL"), 1U);
  EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::ProtectedPersonManual);  // used up
}

TEST_F(HandoverTest, TheApplicationToTheVoluntaryRegisterIsConsentForThatRegisterOnly) {
  people({"1"});
  const std::string person = ids_[0].value;
  sql() << "INSERT INTO register_entry (kind, person, joined_on, rule_set, clauses) VALUES "
           "('voluntary', :p, '2026-04-01', 'application', '[]')",
      soci::use(person, "p");
  const OrgId id = org(RecipientKind::Police, "見本警察署");
  HandoverRequest voluntary = request(id);
  voluntary.register_kind = RegisterKind::Voluntary;
  EXPECT_EQ(issued(voluntary).table().rows.size(), 1U);
  EXPECT_EQ(count("SELECT count(*) FROM handover_item WHERE ground = 'application'"), 1U);
  EXPECT_EQ(excluded_for(request(id), ids_[0]), Reason::NoSubjectConsent);
  ConsentStatement no;
  no.person = ids_[0];
  no.register_kind = RegisterKind::Voluntary;
  no.answer = Answer::Withdrawn;
  no.method = ConsentMethod::Oral;
  no.answered_at = now();
  ConsentBook(*session_).record(no);
  EXPECT_EQ(excluded_for(voluntary, ids_[0]), Reason::NoSubjectConsent);
}

TEST_F(HandoverTest, ReceiptStorageReturnAndDestructionAreFollowed) {
  people({"1"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  const Handover copy = issued(request(org(RecipientKind::Fire, "見本消防署"))).handover();
  const Date today = support::test_day();
  const Date later = Date{std::chrono::year(2027), std::chrono::month(4), std::chrono::day(1)};
  const Date next_month = Date{std::chrono::year(2026), std::chrono::month(6), std::chrono::day(1)};
  EXPECT_TRUE(desk().overdue(today).empty());
  EXPECT_EQ(desk().overdue(next_month).at(0).why, Overdue::NoReceipt);
  EXPECT_THROW(desk().record(copy.id, {CopyEvent::Received, today, ""}), InputError);
  EXPECT_THROW(desk().record(copy.id, {CopyEvent::Received, later, "署長"}), InputError);
  desk().record(copy.id, {CopyEvent::Received, today, "署長"});
  desk().record(copy.id, {CopyEvent::Stored, today, "署長室の金庫"});
  EXPECT_TRUE(desk().overdue(next_month).empty());
  EXPECT_EQ(desk().overdue(later).at(0).why, Overdue::ReturnDue);
  desk().record(copy.id, {CopyEvent::Returned, today, "受領書1"});
  EXPECT_TRUE(desk().overdue(later).empty());
  EXPECT_THROW(desk().record(copy.id, {CopyEvent::Returned, today, "受領書1"}), InputError);
  EXPECT_THROW((void)desk().by_serial("2026-99999"), InputError);
}

TEST_F(HandoverTest, WhenAllWelfareVolunteersChangeEveryCopyTheyHoldIsRecalled) {
  people({"1"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  put_in_area(ids_[0], AreaLevel::Neighbourhood, "N1");
  (void)issued(request(org(RecipientKind::Minsei, "民生委員 甲")));
  (void)issued(request(org(RecipientKind::Minsei, "民生委員 乙")));
  (void)issued(request(org(RecipientKind::Fire, "見本消防署")));
  const Date due = Date{std::chrono::year(2026), std::chrono::month(5), std::chrono::day(20)};
  EXPECT_EQ(desk().recall(RecipientKind::Minsei, "一斉改選", due), 2U);
  EXPECT_EQ(desk().recall(RecipientKind::Minsei, "一斉改選", due), 0U);  // once is enough
  const Date after = Date{std::chrono::year(2026), std::chrono::month(5), std::chrono::day(21)};
  const auto overdue = desk().overdue(after);
  EXPECT_EQ(std::ranges::count(overdue, Overdue::RecallDue, &OverdueCopy::why), 2);
}

TEST_F(HandoverTest, TheLedgerCannotBeRewritten) {
  people({"1", "2"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  (void)issued(request(org(RecipientKind::Fire, "見本消防署")));
  EXPECT_ANY_THROW(sql() << "DELETE FROM handover_item");
  EXPECT_ANY_THROW(sql() << "UPDATE handover_item SET reason = 'ordinance'");
  EXPECT_ANY_THROW(sql() << "UPDATE recipient_org SET listed = 0");
  EXPECT_ANY_THROW(sql() << "DELETE FROM handover_exclusion");
}

TEST_F(HandoverTest, SomebodyWhoMovedAwayOrHasNoPlanIsLeftOutAndNamedWithTheFact) {
  people({"1", "2"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  say(ids_[1], Answer::Granted, ConsentScope::ProvidePlan);
  auto moved = support::residents({"1"});
  moved.rows[0].person.residency = Residency::MovedOut;
  session_->import_residents(moved);
  const OrgId fire = org(RecipientKind::Fire, "見本消防署");
  const auto roster = desk().preview(request(fire));
  const auto gone = std::ranges::find(roster.excluded, ids_[0], &Excluded::person);
  ASSERT_NE(gone, roster.excluded.end());
  EXPECT_THAT(gone->note, HasSubstr("転出"));
  const auto plans = desk().preview(request(fire, DataKind::Plan));
  const auto planless = std::ranges::find(plans.excluded, ids_[1], &Excluded::person);
  ASSERT_NE(planless, plans.excluded.end());
  EXPECT_THAT(planless->note, HasSubstr("計画がない"));
}

TEST(AgreementValid, AskedForAreDatesTrainingManagerAndPlace) {
  RecipientOrg org;
  org.agreement_no = "1";
  const auto day = [](int year, unsigned month, unsigned number) {
    return Date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(number)};
  };
  org.agreement_signed_on = day(2024, 4, 1);
  org.training_done_on = day(2024, 2, 29);
  org.manager = "甲";
  org.storage_place = "金庫";
  DisclosurePolicy policy;
  policy.training_months = 12;
  EXPECT_FALSE(agreement_valid(org, policy, day(2024, 3, 31)));
  EXPECT_TRUE(agreement_valid(org, policy, day(2024, 4, 1)));
  EXPECT_TRUE(agreement_valid(org, policy, day(2025, 2, 28)));  // there is no 29th
  EXPECT_FALSE(agreement_valid(org, policy, day(2025, 3, 1)));
  org.agreement_expires_on = day(2024, 12, 31);
  EXPECT_TRUE(agreement_valid(org, policy, day(2024, 12, 31)));
  EXPECT_FALSE(agreement_valid(org, policy, day(2025, 1, 1)));
  org.manager.clear();
  EXPECT_FALSE(agreement_valid(org, policy, day(2024, 12, 1)));
}

}  // namespace
}  // namespace registry
