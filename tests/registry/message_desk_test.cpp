// SPDX-License-Identifier: Apache-2.0
// Who is told of whom, and what becomes of a message.
#include "registry/message_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "alert_fixture.hpp"
#include "registry/alert_desk.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"
#include "registry/person_desk.hpp"
#include "share_fixture.hpp"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const MessageTemplates& templates() {
  static const MessageTemplates shipped = [] {
    std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/data/rules/messages.toml");
    std::ostringstream text;
    text << in.rdbuf();
    return parse_message_templates(text.str());
  }();
  return shipped;
}

class Outbox : public ShareTest {
 protected:
  Outbox() {
    auto rows = support::residents({"1", "2", "3", "4"});
    rows.rows[2].person.protective_measure = ProtectiveMeasure::Active;
    register_people(rows);
    std::vector<SupporterRow> supporters;
    for (const char* number : {"1", "2", "3"}) {
      supporters.push_back(support::supporter("A", number));
    }
    supporters.push_back(support::supporter("B", "4"));
    supporters.push_back(support::supporter("C", "1"));
    for (SupporterRow& row : supporters) {
      row.supporter.mail =
          row.supporter.supporter_no == "C" ? "" : row.supporter.supporter_no + "@example.jp";
    }
    session_->import_supporters(support::parsed(supporters));
  }

  static MessageRequest request() {
    return {.event = {"event-1"},
            .purpose = MessagePurpose::ElderlyEvacuation,
            .audiences = {Audience::Supporter, Audience::Registrant},
            .revision = 1,
            .whole_city = true,
            .areas = {},
            .hazard = {},
            .facts = {.city = "ひかり市",
                      .department = "危機管理課",
                      .phone = "0000-00-0000",
                      .event = "台風",
                      .areas = "市内全域",
                      .time = "2026-05-01 09:00",
                      .note = {}}};
  }

  MessageDesk desk() { return MessageDesk(*session_); }
  std::vector<OutboxMail> due() { return desk().due({}, 100); }

  void agree(std::size_t index) { say(ids_[index], Answer::Granted, ConsentScope::ProvidePlan); }

  void write_mail_address(std::size_t index, const std::string& address) {
    Needs needs;
    OwnContact contact;
    contact.kind = ContactKind::Mail;
    contact.value = address;
    needs.contacts.push_back(contact);
    PersonDesk people(*session_);
    ASSERT_TRUE(std::holds_alternative<NewRevision>(
        people.edit(ids_[index], needs, people.show(ids_[index])->revision)));
  }

  /// A decision of two people for supporters and plans, everywhere.
  void decide() {
    EmergencyDecision decision;
    decision.event = "台風";
    decision.role = "市長";
    decision.necessity = "避難の支援のため";
    decision.whole_city = true;
    decision.kinds = {RecipientKind::PlanSupporter};
    decision.data = {DataKind::Plan};
    const DecisionId id = EmergencyDesk(*session_).declare(decision);
    Session second = as("second");
    EmergencyDesk(second).confirm(id);
  }

  std::map<MessageState, std::size_t> states() {
    std::map<MessageState, std::size_t> counts;
    for (const OutboxLine& line : desk().outbox()) {
      counts[line.state] += line.messages;
    }
    return counts;
  }
};

TEST_F(Outbox, SupporterIsToldOnlyOfPeopleWhoAgreed) {
  agree(0);
  const MessageCounts counts = desk().queue(request(), templates());
  EXPECT_EQ(counts.supporters, 1U);
  EXPECT_EQ(counts.without_address, 1U);  // C
  EXPECT_EQ(counts.without_consent, 2U);  // 2 and 4
  EXPECT_EQ(counts.protected_people, 1U);
  const auto mails = due();
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails.front().address, "A@example.jp");
  EXPECT_THAT(mails.front().text, HasSubstr("見本 1 さん"));
  for (const char* other : {"見本 2", "見本 3", "見本 4", "中町", "要介護"}) {
    EXPECT_THAT(mails.front().text, Not(HasSubstr(other)));
  }
}

TEST_F(Outbox, DecisionOfTwoOpensAssignedPeopleButNeverAProtectedOne) {
  decide();
  const MessageCounts counts = desk().queue(request(), templates());
  EXPECT_EQ(counts.supporters, 2U);
  EXPECT_EQ(counts.without_consent, 0U);
  std::string all;
  for (const OutboxMail& mail : due()) {
    all += mail.subject + mail.text;
  }
  EXPECT_THAT(all, HasSubstr("見本 2 さん"));
  EXPECT_THAT(all, HasSubstr("見本 4 さん"));
  EXPECT_THAT(all, Not(HasSubstr("見本 3")));
  EXPECT_THAT(all, Not(HasSubstr("支援措置")));
}

TEST_F(Outbox, DrillNeedsConsentToDrillsAndNoDecisionReplacesIt) {
  decide();
  agree(0);
  agree(1);
  say(ids_[1], Answer::Granted, ConsentScope::JoinDrill);
  write_mail_address(3, "four@example.jp");
  MessageRequest drill = request();
  drill.facts.drill = true;
  desk().queue(drill, templates());
  const auto mails = due();
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_THAT(mails.front().text, HasSubstr("見本 2 さん"));
  EXPECT_THAT(mails.front().text, Not(HasSubstr("見本 1 さん")));
}

TEST_F(Outbox, RegistrantsAreWrittenToAtTheirOwnAddressesAboutThemselvesOnly) {
  write_mail_address(0, "one@example.jp");
  write_mail_address(1, "no address");
  MessageRequest asked = request();
  asked.audiences = {Audience::Registrant};
  const MessageCounts counts = desk().queue(asked, templates());
  EXPECT_EQ(counts.registrants, 1U);
  EXPECT_EQ(counts.unreachable, 2U);  // 2 and 4; the protected 3 does not count
  const auto mails = due();
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails.front().address, "one@example.jp");
  EXPECT_THAT(mails.front().text, Not(HasSubstr("見本 ")));
}

TEST_F(Outbox, ProtectedPersonGetsNoMailAtAKnownAddressEither) {
  support::RegistryTest::open_protected(*store_, ids_[2]);
  write_mail_address(2, "three@example.jp");
  desk().queue(request(), templates());
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(Outbox, OnlyPeopleOfTheAreasAskedForAreMeant) {
  agree(0);
  agree(3);
  put_in_area(ids_[3], AreaLevel::Town, "T1");
  MessageRequest asked = request();
  asked.whole_city = false;
  asked.areas = {{AreaLevel::Town, "T1"}};
  desk().queue(asked, templates());
  const auto mails = due();
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails.front().address, "B@example.jp");
}

TEST_F(Outbox, SameMessageIsQueuedOnceAndTheNextRevisionAnew) {
  agree(0);
  EXPECT_EQ(desk().preview(request()).already, 0U);
  desk().queue(request(), templates());
  EXPECT_EQ(desk().queue(request(), templates()).already, 1U);
  EXPECT_THAT(due(), SizeIs(1));
  agree(3);  // who agrees later is written to then
  desk().queue(request(), templates());
  EXPECT_THAT(due(), SizeIs(2));
  MessageRequest again = request();
  again.revision = 2;
  desk().queue(again, templates());
  EXPECT_THAT(due(), SizeIs(4));
}

TEST_F(Outbox, StateMovesFromQueuedToSentAndBouncedAndNeverBack) {
  agree(0);
  desk().queue(request(), templates());
  const MessageId id = due().front().id;
  EXPECT_EQ(desk().bounce({{id, "5.1.1"}}).unknown, 1U);  // it has not been sent yet
  desk().record({{id, MessageState::Queued, "451 4.2.0", Instant{now().milliseconds + 60'000}}});
  EXPECT_THAT(due(), IsEmpty());  // not before its time
  EXPECT_GT(desk().next_due({}), now());
  desk().record({{id, MessageState::Sent, "250", {}}});
  desk().record({{id, MessageState::Failed, "550", {}}});  // too late: it is sent
  EXPECT_EQ(states()[MessageState::Sent], 1U);
  const BounceCounts first = desk().bounce({{id, "5.1.1"}, {{"unknown"}, "5.1.1"}});
  EXPECT_EQ(first.recorded, 1U);
  EXPECT_EQ(first.unknown, 1U);
  EXPECT_EQ(desk().bounce({{id, "5.1.1"}}).already, 1U);
  EXPECT_EQ(states()[MessageState::Bounced], 1U);
  EXPECT_EQ(count("SELECT count(*) FROM message_state"), 4U);  // every step is on record
}

TEST_F(Outbox, MessageThatCouldNotBeSentInTimeIsNotSentLate) {
  agree(0);
  MessageTemplates hasty = templates();
  hasty.valid_ms = -1000;
  desk().queue(request(), hasty);
  EXPECT_THAT(due(), IsEmpty());
  EXPECT_EQ(states()[MessageState::Failed], 1U);
}

TEST_F(Outbox, EverybodyAMailSpeaksOfStandsInTheAuditLog) {
  decide();
  desk().queue(request(), templates());
  static_cast<void>(due());
  EXPECT_EQ(count("SELECT count(*) FROM message_person"), 3U);
  const auto log = session_->audit_log();
  const auto sending = std::ranges::find(log, "send_messages", &AuditEntry::action);
  ASSERT_NE(sending, log.end());
  EXPECT_THAT(sending->detail, HasSubstr("due=2"));
  for (const AuditEntry& entry : log) {
    EXPECT_THAT(entry.detail, Not(HasSubstr("@")));
    EXPECT_THAT(entry.detail, Not(HasSubstr("見本")));
  }
}

TEST_F(Outbox, RequestWithoutAreasOrReadersIsRefused) {
  MessageRequest asked = request();
  asked.audiences.clear();
  EXPECT_THROW(static_cast<void>(desk().preview(asked)), InputError);
  asked = request();
  asked.whole_city = false;
  EXPECT_THROW(static_cast<void>(desk().preview(asked)), InputError);
}

class AlertBook : public ShareTest {
 protected:
  AlertBook() { people({"1"}); }
  AlertIntake take(JmaReport report) {
    // The fixture's clock stands at 2026-05-01T00:00Z.
    report.time = "2026-05-01T08:59:0" + report.serial + "+09:00";
    return AlertDesk(*session_).take(report.xml(), shipped_alert_rules(), "139998");
  }
};

TEST_F(AlertBook, EachFileIsTakenOnceAndAnotherOneUnderItsIdIsRefused) {
  JmaReport report = warnings(kind("43", "レベル４大雨危険警報"));
  report.serial = "1";
  EXPECT_EQ(take(report).outcome, AlertOutcome::Taken);
  EXPECT_EQ(take(report).outcome, AlertOutcome::Known);
  JmaReport other = warnings(kind("33", "レベル５大雨特別警報"));
  other.serial = "1";
  const AlertIntake refused = take(other);
  EXPECT_EQ(refused.outcome, AlertOutcome::Refused);
  EXPECT_THAT(refused.reason, HasSubstr("違う内容"));
  EXPECT_EQ(count("SELECT count(*) FROM alert_file"), 2U);
  EXPECT_EQ(count("SELECT count(*) FROM alert_notice"), 1U);
}

TEST_F(AlertBook, RememberedAlertsAreTheNewestOfTheirSeries) {
  JmaReport report = warnings(kind("43", "レベル４大雨危険警報"));
  report.serial = "1";
  static_cast<void>(take(report));
  auto in_force = AlertDesk(*session_).in_force({0});
  ASSERT_THAT(in_force, SizeIs(1));
  EXPECT_EQ(in_force.front().level, 4);
  EXPECT_THAT(in_force.front().areas, ElementsAre(AlertArea{"1399900", "ひかり市"}));
  report = warnings(kind("43", "レベル４大雨危険警報", "解除"));
  report.serial = "2";
  static_cast<void>(take(report));
  EXPECT_THAT(AlertDesk(*session_).in_force({0}), IsEmpty());
}

}  // namespace
}  // namespace registry
