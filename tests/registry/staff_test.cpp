// SPDX-License-Identifier: Apache-2.0
#include "registry/staff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "database.hpp"
#include "registry/audit_book.hpp"
#include "registry/consent_book.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"
#include "registry/person_desk.hpp"
#include "registry/protected_desk.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::care;
using support::parsed;
using support::residents;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSchool = "01";

class Staff : public support::RegistryTest {
 protected:
  Staff() : registry_(create()), admin_(session(registry_)) {
    AreaFile areas;
    Area area{
        .code = kSchool,
        .level = AreaLevel::SchoolDistrict,
        .name = "第一小",
        .parent = {},
        .rings =
            {{{35.72, 139.54}, {35.73, 139.54}, {35.73, 139.55}, {35.72, 139.55}, {35.72, 139.54}}},
        .population = {}};
    areas.areas.push_back(area);
    (void)admin_.import_areas(areas);
  }

  Session as(const std::string& name, Role role, std::vector<AreaScope> scopes = {},
             const std::string& supporter_no = {}) {
    Account account;
    account.name = name;
    account.role = role;
    account.scopes = std::move(scopes);
    account.supporter_no = supporter_no;
    account.agency = role == Role::Agency ? "見本警察署" : "";
    StaffDesk(admin_).add(account);
    return registry_.session({.name = name, .purpose = "試験"});
  }

  /// Two people: 1 inside the school district, 2 outside; 3 is protected and inside.
  void fill() {
    auto rows = residents({"1", "2", "3"});
    rows.rows[1].person.position = Position{.lat = 35.9, .lon = 139.9};
    rows.rows[2].person.protective_measure = ProtectiveMeasure::Active;
    register_all(admin_, rows);
    SupporterRow helper = support::supporter("7", "1");
    (void)admin_.import_supporters(parsed<SupporterRow>({helper}));
    for (const PlanSubject& subject : admin_.registrants()) {
      const Person& person = subject.registrant.person;
      (person.is_protected()       ? protected_
       : person.resident_no == "1" ? inside_
                                   : outside_) = person.id;
    }
  }

  static AccessRefusal refusal(const std::function<void()>& work) {
    try {
      work();
    } catch (const AccessRefused& refused) {
      return refused.reason();
    }
    ADD_FAILURE() << "was permitted";
    return AccessRefusal::UnknownAccount;
  }

  std::string last_detail() { return admin_.audit_log().back().detail; }

  Registry registry_;
  Session admin_;
  PersonId inside_;
  PersonId outside_;
  PersonId protected_;
};

TEST_F(Staff, UnknownAndDisabledAccountsAreRefusedAndThatIsWrittenDown) {
  EXPECT_EQ(refusal([&] { (void)registry_.session({.name = "stranger", .purpose = "見る"}); }),
            AccessRefusal::UnknownAccount);
  AuditEntry last = admin_.audit_log().back();
  EXPECT_EQ(last.actor, "stranger");
  EXPECT_EQ(last.detail, "refused=unknown_account");

  Session reader = as("reader", Role::Reader);
  StaffDesk(admin_).set_disabled("reader", true);
  EXPECT_EQ(refusal([&] { (void)registry_.session({.name = "reader", .purpose = "見る"}); }),
            AccessRefusal::DisabledAccount);
  // A session that is open already ends with the account.
  EXPECT_EQ(refusal([&] { (void)reader.registrants(); }), AccessRefusal::DisabledAccount);
  StaffDesk(admin_).set_disabled("reader", false);
  EXPECT_TRUE(reader.registrants().empty());
}

TEST_F(Staff, FirstAdminIsAppointedOnce) {
  EXPECT_THROW(registry_.appoint_first_admin("usurper"), InputError);
  EXPECT_EQ(StaffDesk(admin_).accounts().size(), 1U);
}

TEST_F(Staff, LastAdminStays) {
  StaffDesk desk(admin_);
  EXPECT_THROW(desk.set_disabled("tester", true), InputError);
  Account demoted;
  demoted.name = "tester";
  demoted.role = Role::Reader;
  EXPECT_THROW(desk.set_role(demoted), InputError);
  (void)as("deputy", Role::Admin);
  desk.set_disabled("tester", true);
  EXPECT_THROW((void)desk.accounts(), AccessRefused);
}

TEST_F(Staff, BadAccountsAreRejected) {
  StaffDesk desk(admin_);
  Account account;
  account.role = Role::Reader;
  EXPECT_THROW(desk.add(account), InputError);  // no name
  account.name = "tester";
  EXPECT_THROW(desk.add(account), InputError);  // taken
  account.name = "new";
  account.scopes = {{AreaLevel::SchoolDistrict, "99"}};
  EXPECT_THROW(desk.add(account), InputError);  // no such area
  account.scopes.clear();
  account.supporter_no = "7";
  EXPECT_THROW(desk.add(account), InputError);  // a reader is no supporter
  account.role = Role::Supporter;
  EXPECT_THROW(desk.add(account), InputError);  // no such supporter
  EXPECT_THROW(desk.set_scopes("nobody", {}), InputError);
  EXPECT_EQ(desk.accounts().size(), 1U);
}

TEST_F(Staff, OnlyAdminsManageAccounts) {
  for (const Role role : {Role::ElderSection, Role::Reader, Role::Auditor, Role::Operator}) {
    Session other = as("other" + std::to_string(static_cast<int>(role)), role);
    EXPECT_EQ(refusal([&] { StaffDesk(other).set_disabled("tester", true); }),
              AccessRefusal::RoleNotPermitted);
    EXPECT_EQ(last_detail(), "refused=role_not_permitted");
  }
}

TEST_F(Staff, ReaderSeesTheOwnDistrictWithoutCareData) {
  fill();
  Session reader = as("reader", Role::Reader, {{AreaLevel::SchoolDistrict, kSchool}});
  const auto seen = reader.registrants();
  ASSERT_EQ(seen.size(), 2U);  // 1, and the notice of 3
  const Registrant& first = seen[0].registrant;
  EXPECT_EQ(first.person.name, "見本 1");
  EXPECT_EQ(first.person.address_number, "1");
  EXPECT_TRUE(first.certificates.empty());
  EXPECT_TRUE(first.clauses.empty());
  EXPECT_TRUE(first.person.resident_no.empty());
  EXPECT_EQ(refusal([&] { (void)reader.registrant(outside_); }), AccessRefusal::OutOfScope);
  const AuditEntry row = admin_.audit_log().back();
  EXPECT_EQ(row.subject, outside_.value);  // who tried to see whom
  EXPECT_EQ(row.detail, "refused=out_of_scope");
}

TEST_F(Staff, SectionSeesItsOwnClass) {
  fill();
  Session elder = as("elder", Role::ElderSection);
  Session disability = as("disability", Role::DisabilitySection);
  EXPECT_TRUE(elder.registrant(outside_).has_value());
  EXPECT_FALSE(elder.registrant(outside_)->registrant.certificates.empty());
  EXPECT_EQ(refusal([&] { (void)disability.registrant(inside_); }), AccessRefusal::NotOwnClass);
}

TEST_F(Staff, SupporterSeesNobodyWithoutConsentAndNobodyElseEver) {
  fill();
  Session helper = as("helper", Role::Supporter, {}, "7");
  EXPECT_EQ(refusal([&] { (void)helper.registrant(outside_); }), AccessRefusal::NotAssigned);
  EXPECT_EQ(refusal([&] { (void)helper.registrant(inside_); }), AccessRefusal::NoConsent);
  EXPECT_TRUE(helper.registrants().empty());
}

ConsentStatement plan_consent(const PersonId& person, Answer answer, Instant at) {
  ConsentStatement statement;
  statement.person = person;
  statement.scope = ConsentScope::ProvidePlan;
  statement.answer = answer;
  statement.method = ConsentMethod::WrittenSelf;
  statement.asked_at = at;
  statement.explained_at = at;
  statement.explained_by = "窓口";
  statement.answered_at = at;
  statement.leaflet_version = "1";
  return statement;
}

TEST_F(Staff, SupporterSeesTheCardOnceThePersonAgreesAndNoLongerThanThat) {
  fill();
  Session helper = as("helper", Role::Supporter, {}, "7");
  const Instant at{admin_.audit_log().front().at};
  (void)ConsentBook(admin_).record(plan_consent(inside_, Answer::Granted, at));
  const auto card = helper.registrant(inside_);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->registrant.person.name, "見本 1");
  EXPECT_FALSE(card->registrant.person.full_address().empty());
  EXPECT_TRUE(card->registrant.certificates.empty());
  EXPECT_TRUE(card->registrant.person.name_kana.empty());
  EXPECT_FALSE(card->registrant.person.birth_date);
  EXPECT_EQ(helper.registrants().size(), 1U);
  (void)ConsentBook(admin_).record(plan_consent(inside_, Answer::Withdrawn, at));
  EXPECT_EQ(refusal([&] { (void)helper.registrant(inside_); }), AccessRefusal::NoConsent);
}

TEST_F(Staff, SupporterWhomThePersonRefusedSeesNothingConsentOrNot) {
  fill();
  Session helper = as("helper", Role::Supporter, {}, "7");
  const Instant at{admin_.audit_log().front().at};
  (void)ConsentBook(admin_).record(plan_consent(inside_, Answer::Granted, at));
  PersonDesk people(admin_);
  Needs needs;
  needs.refuses_help_by = "000-0000-7";  // the supporter's telephone number
  (void)people.edit(inside_, needs, people.show(inside_)->revision);
  EXPECT_EQ(refusal([&] { (void)helper.registrant(inside_); }), AccessRefusal::NotAssigned);
  EXPECT_TRUE(helper.registrants().empty());
}

TEST_F(Staff, DecisionOfTwoOpensTheCardWithoutConsentAndNeverTheProtected) {
  fill();
  (void)admin_.import_supporters(parsed<SupporterRow>({support::supporter("7", "3")}));
  Session helper = as("helper", Role::Supporter, {}, "7");
  Session second = as("second", Role::Admin);
  EmergencyDecision decision;
  decision.event = "試験水害";
  decision.role = "市長";
  decision.necessity = "避難支援のため特に必要";
  decision.whole_city = true;
  decision.kinds = {RecipientKind::PlanSupporter};
  decision.data = {DataKind::Roster, DataKind::Plan};
  decision.ends_at = Instant{admin_.audit_log().back().at.milliseconds + 3'600'000};
  const DecisionId id = EmergencyDesk(admin_).declare(decision);
  EXPECT_EQ(refusal([&] { (void)helper.registrant(inside_); }), AccessRefusal::NoConsent);
  EmergencyDesk(second).confirm(id);
  EXPECT_TRUE(helper.registrant(inside_).has_value());
  EXPECT_EQ(refusal([&] { (void)helper.registrant(outside_); }), AccessRefusal::NotAssigned);
  EXPECT_EQ(helper.registrant(protected_)->registrant.person.name, kProtectedNotice);
  EmergencyDesk(admin_).revoke(id);
  EXPECT_EQ(refusal([&] { (void)helper.registrant(inside_); }), AccessRefusal::NoConsent);
}

TEST_F(Staff, OperatorAndAuditorSeeNobody) {
  fill();
  for (const Role role : {Role::Operator, Role::Auditor}) {
    Session other = as(std::to_string(static_cast<int>(role)), role);
    EXPECT_EQ(refusal([&] { (void)other.registrants(); }), AccessRefusal::RoleNotPermitted);
    EXPECT_EQ(refusal([&] { (void)other.registrant(inside_); }), AccessRefusal::RoleNotPermitted);
    EXPECT_EQ(refusal([&] { (void)other.plans(); }), AccessRefusal::RoleNotPermitted);
    EXPECT_EQ(refusal([&] { other.record_output("list", {inside_}); }),
              AccessRefusal::RoleNotPermitted);
  }
}

TEST_F(Staff, ProtectedPersonIsANoticeUntilASecondPersonOpens) {
  fill();
  const auto closed = admin_.registrant(protected_);
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->registrant.person.name, kProtectedNotice);
  EXPECT_TRUE(closed->registrant.person.full_address().empty());
  EXPECT_FALSE(closed->registrant.person.position);
  EXPECT_TRUE(closed->registrant.certificates.empty());
  EXPECT_EQ(refusal([&] { admin_.record_output("form", {protected_}); }), AccessRefusal::Protected);

  ProtectedDesk desk(admin_);
  const std::string opening = desk.request(protected_, "本人からの申出");
  EXPECT_EQ(admin_.registrant(protected_)->registrant.person.name, kProtectedNotice);
  EXPECT_EQ(refusal([&] { desk.approve(opening, 1); }), AccessRefusal::SecondPersonNeeded);
  Session second = as("second", Role::Admin);
  ProtectedDesk(second).approve(opening, 1);
  EXPECT_EQ(admin_.registrant(protected_)->registrant.person.name, "見本 3");
  // It opens for the one who asked, not for the one who approved.
  EXPECT_EQ(second.registrant(protected_)->registrant.person.name, kProtectedNotice);
  EXPECT_THROW(ProtectedDesk(second).approve(opening, 1), InputError);  // once
  const auto openings = desk.openings();
  ASSERT_EQ(openings.size(), 1U);
  EXPECT_EQ(openings[0].approved_by, "second");
}

TEST_F(Staff, OpeningRunsOut) {
  fill();
  ProtectedDesk desk(admin_);
  const std::string opening = desk.request(protected_, "本人からの申出");
  Session second = as("second", Role::Admin);
  ProtectedDesk(second).approve(opening, 1);
  Surroundings later = support::test_surroundings();
  const Instant expires = desk.openings()[0].expires_at;
  later.clock = [expires] { return expires; };
  Registry tomorrow = Registry::open(file(), support::test_key(), later);
  EXPECT_EQ(session(tomorrow).registrant(protected_)->registrant.person.name, kProtectedNotice);
}

TEST_F(Staff, OpeningNeedsAProtectedPersonAReasonAndAShortTime) {
  fill();
  ProtectedDesk desk(admin_);
  EXPECT_THROW((void)desk.request(inside_, "理由"), InputError);
  EXPECT_THROW((void)desk.request(PersonId{"nobody"}, "理由"), InputError);
  EXPECT_THROW((void)desk.request(protected_, ""), InputError);
  const std::string opening = desk.request(protected_, "理由");
  Session second = as("second", Role::Admin);
  EXPECT_THROW(ProtectedDesk(second).approve(opening, 0), InputError);
  EXPECT_THROW(ProtectedDesk(second).approve(opening, 73), InputError);
  EXPECT_THROW(ProtectedDesk(second).approve("nothing", 1), InputError);
}

TEST_F(Staff, WhoSawMeNamesEveryReadPrintAndAttempt) {
  fill();
  (void)admin_.registrant(inside_);
  admin_.record_output("plan_form", {inside_, outside_});
  Session reader = as("reader", Role::Reader);
  EXPECT_THROW((void)reader.registrant(inside_), AccessRefused);

  std::vector<std::string> lines;
  for (const AuditEntry& entry : AuditBook(admin_).who_saw(inside_)) {
    lines.push_back(entry.actor + " " + entry.action);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"tester list_registrants", "tester show_registrant",
                                             "tester output", "reader show_registrant"}));
  for (const AuditEntry& entry : AuditBook(admin_).who_saw(outside_)) {
    EXPECT_NE(entry.action, "show_registrant");
  }
  EXPECT_THROW((void)AuditBook(admin_).who_saw(PersonId{"見本 1"}), InputError);
}

TEST_F(Staff, AuditorReadsPseudonyms) {
  fill();
  (void)admin_.registrant(inside_);
  Session auditor = as("auditor", Role::Auditor);
  std::set<std::string> names;
  for (const AuditEntry& entry : AuditBook(auditor).list(1, 1000)) {
    EXPECT_THAT(entry.subject, Not(HasSubstr(inside_.value)));
    names.insert(entry.subject);
  }
  EXPECT_GE(names.size(), 3U);  // nobody, the list of all, the person
  // The same person has the same pseudonym every time.
  EXPECT_EQ(AuditBook(auditor).list(5, 3)[0].subject, AuditBook(auditor).list(5, 3)[0].subject);
}

}  // namespace
}  // namespace registry
