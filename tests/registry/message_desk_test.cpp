// SPDX-License-Identifier: Apache-2.0
// Who is told of whom, and what becomes of a message.
#include "registry/message_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "alert_fixture.hpp"
#include "message_destination.hpp"
#include "registry/alert_desk.hpp"
#include "registry/error.hpp"
#include "registry/event_desk.hpp"
#include "registry/event_ways.hpp"
#include "registry/handover_desk.hpp"
#include "registry/person_desk.hpp"
#include "registry/safety_desk.hpp"
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

  /// A disaster in the whole city that two people have declared.
  EventId declared_event() {
    DisasterEvent event;
    event.name = "台風";
    event.kind = HazardKind::Flood;
    event.whole_city = true;
    const EventId id = EventDesk(*session_).declare(event);
    Session second = as("second");
    EventDesk(second).confirm(id);
    return id;
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

TEST_F(Outbox, SupporterWhomThePersonRefusedIsToldNothing) {
  agree(0);
  refuse_help(ids_[0], "支援 A さん");
  EXPECT_EQ(desk().queue(request(), templates()).supporters, 0U);
  EXPECT_THAT(due(), SizeIs(0));
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

TEST_F(Outbox, ChangeOfWaysGoesToThoseItConcernsOnceForEveryChange) {
  agree(0);
  agree(3);
  const EventId event = declared_event();
  MessageRequest asked = request();
  asked.event = event;
  asked.purpose = MessagePurpose::RouteChanged;
  asked.only_rerouted = true;
  asked.whole_city = false;
  EXPECT_EQ(desk().queue(asked, templates()).people, 0U);
  LiveWay way{.person = ids_[3], .hazard = HazardKind::Flood, .stay = StayAdvice::Upstairs};
  EXPECT_EQ(EventWayDesk(*session_).record(event, {way}), 1U);
  EXPECT_EQ(EventWayDesk(*session_).record(event, {way}), 0U);  // nothing new
  asked.hazard = HazardKind::Flood;
  desk().queue(asked, templates());
  ASSERT_THAT(due(), SizeIs(1));
  EXPECT_EQ(due().front().address, "B@example.jp");
  EXPECT_EQ(desk().queue(asked, templates()).already, 1U);
  way.stay = StayAdvice::None;  // and another change, also for somebody else
  LiveWay other{.person = ids_[0], .hazard = HazardKind::Flood, .stay = StayAdvice::Upstairs};
  EXPECT_EQ(EventWayDesk(*session_).record(event, {way, other}), 2U);
  desk().queue(asked, templates());
  EXPECT_THAT(due(), SizeIs(3));
  for (const OutboxLine& line : desk().outbox()) {
    EXPECT_EQ(line.revision, 1);
    EXPECT_THAT(line.change, testing::AnyOf(1, 2));
  }
}

TEST_F(Outbox, WhoIsAccountedForIsInNoMailThatSendsSomebody) {
  agree(0);
  agree(3);
  const EventId event = declared_event();
  MessageRequest asked = request();
  asked.event = event;
  SafetyDesk safety(*session_, {});
  const auto say_safe = [&](const char* uuid, std::size_t person, SafetyStatus status) {
    SafetyRow row;
    row.report.uuid = uuid;
    row.report.subject = ids_[person];
    row.report.status = status;
    row.report.device_time = now();
    EXPECT_EQ(safety.report(event, {row}).added, 1U);
  };
  say_safe("a", 0, SafetyStatus::Evacuated);
  say_safe("b", 3, SafetyStatus::Safe);
  EXPECT_EQ(desk().preview(asked).accounted_for, 2U);
  EXPECT_EQ(desk().preview(asked).supporters, 0U);
  // 無事 before the order does not mean that the person has left.
  EvacOrder order{.event = event, .level = EvacLevel::L4, .whole_city = true};
  (void)EventDesk(*session_).issue(order);
  EXPECT_EQ(desk().preview(asked).accounted_for, 1U);
  say_safe("c", 3, SafetyStatus::Safe);
  EXPECT_EQ(desk().preview(asked).accounted_for, 2U);
  say_safe("d", 0, SafetyStatus::NeedsRescue);  // a call for help always counts
  EXPECT_EQ(desk().preview(asked).accounted_for, 1U);
  asked.purpose = MessagePurpose::EventOver;
  EXPECT_EQ(desk().preview(asked).accounted_for, 0U);
}

TEST_F(Outbox, MailNamesTheShelterOfTheHazardItselfBeforeThatOfItsFamily) {
  agree(0);
  EvacuationPlan plan;
  plan.subject = ids_[0];
  for (const auto& [hazard, shelter] :
       {std::pair{HazardKind::Flood, "高台小"}, std::pair{HazardKind::Landslide, "平地小"}}) {
    PlanCourse& course = plan.courses.emplace_back();
    course.hazard = hazard;
    PlanLeg& leg = course.legs.emplace_back();
    leg.kind = LegKind::Evacuate;
    leg.shelter = {shelter};
    leg.shelter_name = shelter;
  }
  session_->store_plans({plan});
  MessageRequest asked = request();
  const auto names = [&](HazardKind hazard) {
    asked.hazard = hazard;
    ++asked.revision;
    desk().queue(asked, templates());
    return due().back().text;
  };
  EXPECT_THAT(names(HazardKind::Landslide), HasSubstr("平地小"));
  EXPECT_THAT(names(HazardKind::Flood), HasSubstr("高台小"));
  EXPECT_THAT(names(HazardKind::StormSurge), HasSubstr("高台小"));  // the first of its family
}

TEST(Destination, NamesWhereThePersonGoesToday) {
  std::vector<Shelter> shelters(3);
  const char* names[] = {"東小", "西小", "福祉"};
  for (std::size_t i = 0; i < shelters.size(); ++i) {
    shelters[i].id = {names[i]};
    shelters[i].name = names[i];
    shelters[i].position = {35, 139 + 0.01 * static_cast<double>(i)};
  }
  shelters[2].arrival = ArrivalPolicy::Secondary;
  std::vector<ShelterOpening> board;
  const auto opening = [](const char* id, bool open, std::optional<int> capacity = {}) {
    ShelterOpening made;
    made.shelter = {id};
    made.open = open;
    made.capacity = capacity;
    return made;
  };
  const PlannedShelter east{{"東小"}, "東小"};
  const auto words = [&](const std::optional<PlannedShelter>& planned, const LiveWay* today) {
    return destination_words(planned, today, Position{35, 139},
                             {.shelters = shelters, .board = board, .hazard = HazardKind::Flood});
  };
  EXPECT_EQ(words(east, nullptr), "東小");
  EXPECT_EQ(words(std::nullopt, nullptr), "");
  LiveWay west{.person = {"P"}, .shelter = {"西小"}, .shelter_name = "西小"};
  EXPECT_EQ(words(east, &west), "西小");
  west.as_planned = true;
  EXPECT_EQ(words(east, &west), "東小");
  LiveWay stays{.person = {"P"}, .stay = StayAdvice::Upstairs};
  EXPECT_EQ(words(east, &stays), "移動しない（垂直避難）");
  board = {opening("東小", true), opening("福祉", true)};
  EXPECT_EQ(words(east, nullptr), "東小（開設中）");
  board = {opening("西小", true), opening("福祉", true)};
  EXPECT_EQ(words(east, nullptr), "開設中の 西小（予定の東小はまだ開いていません）");
  board = {opening("東小", false), opening("西小", true)};
  EXPECT_EQ(words(east, nullptr), "開設中の 西小（予定の東小は閉じました）");
  board = {opening("西小", true, 0)};  // no room
  EXPECT_EQ(words(east, nullptr), "東小（まだ開いていません）");
  board = {opening("東小", false), opening("西小", true, 0)};
  EXPECT_EQ(words(east, nullptr), "東小（閉じました）");
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
