// SPDX-License-Identifier: Apache-2.0
// A disaster from its declaration by two people to its close, and what its books refuse.
#include "registry/event.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event_fixture.hpp"
#include "registry/error.hpp"
#include "registry/sending.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

TEST_F(EventTest, OnePersonAloneDeclaresNothing) {
  people({"1"});
  const EventId id = events().declare(typhoon());
  EXPECT_EQ(state_of(events().event(id.value), now()), EventState::Unconfirmed);
  EXPECT_THROW(events().confirm(id), DisclosureRefused);
  EvacOrder order{.event = id, .level = EvacLevel::L3, .whole_city = true};
  EXPECT_THROW((void)events().issue(order), DisclosureRefused);
  EXPECT_THROW((void)safety().report(id, {row("u", ids_[0], SafetyStatus::Safe)}),
               DisclosureRefused);
  Session second = as("second");
  EventDesk(second).confirm(id);
  EXPECT_EQ(state_of(events().event("令和8年台風第9号"), now()), EventState::Open);
  EXPECT_THROW(EventDesk(second).confirm(id), DisclosureRefused);
  EXPECT_NO_THROW((void)events().issue(order));
}

TEST_F(EventTest, ADeclarationNobodyConfirmsWithinTheHourLapses) {
  const DisasterEvent event{.declared_at = {0}};
  EXPECT_EQ(state_of(event, {kConfirmWithinMs}), EventState::Unconfirmed);
  EXPECT_EQ(state_of(event, {kConfirmWithinMs + 1}), EventState::Lapsed);
  EXPECT_EQ(disclosure_phase(event, {1}), Phase::Normal);
}

TEST_F(EventTest, ADeclarationNamesWhatItIsAndWhere) {
  people({"1"});
  add_areas();
  const auto faulty = [&](auto change) {
    DisasterEvent event = typhoon();
    change(event);
    EXPECT_THROW((void)events().declare(event), InputError);
  };
  faulty([](auto& e) { e.name.clear(); });
  faulty([](auto& e) { e.whole_city = false; });
  faulty([](auto& e) { e.areas = {{AreaLevel::Town, "無い"}}; });
  faulty([&](auto& e) { e.started = {now().milliseconds + 60 * kMinute}; });
  declared(typhoon());
  faulty([](auto&) {});  // the name is taken
  EXPECT_EQ(events().events().size(), 1U);
}

TEST_F(EventTest, OrdersFollowEachOtherInTimeAndLevel) {
  people({"1"});
  add_areas();
  DisasterEvent event = typhoon();
  event.whole_city = false;
  event.areas = {{AreaLevel::SchoolDistrict, "S1"}};
  event.started = {now().milliseconds - 600 * kMinute};
  const EventId id = declared(event);
  const std::int64_t start = event.started.milliseconds;
  const auto order = [&](EvacLevel level, const std::string& town, std::int64_t minute) {
    return EvacOrder{.event = id,
                     .level = level,
                     .areas = {{AreaLevel::Town, town}},
                     .issued = {start + minute * kMinute}};
  };
  const auto complaint = [&](const EvacOrder& asked) {
    try {
      (void)events().issue(asked);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(complaint(order(EvacLevel::L3, "T9", 10)), HasSubstr("区域の外"));
  EXPECT_THAT(complaint(order(EvacLevel::L3, "T7", 10)), HasSubstr("台帳にありません"));
  EXPECT_THAT(complaint(order(EvacLevel::L3, "T1", -1)), HasSubstr("始まりより前"));
  EXPECT_THAT(complaint(order(EvacLevel::L3, "T1", 6000)), HasSubstr("これからの"));
  EXPECT_EQ(complaint(order(EvacLevel::L4, "T1", 10)), "");
  EXPECT_THAT(complaint(order(EvacLevel::L3, "T2", 9)), HasSubstr("起きた順"));
  EXPECT_THAT(complaint(order(EvacLevel::L3, "T1", 20)), HasSubstr("先に解除"));
  EXPECT_EQ(complaint(order(EvacLevel::L3, "T2", 20)), "");
  EXPECT_EQ(complaint(order(EvacLevel::L5, "T1", 30)), "");
  const std::vector<AreaRef> home = {{AreaLevel::Town, "T1"}};
  EXPECT_EQ(level_at(events().orders(id), home, {start + 15 * kMinute}), EvacLevel::L4);
  EXPECT_EQ(level_at(events().orders(id), home, {start + 31 * kMinute}), EvacLevel::L5);
  EXPECT_EQ(level_at(events().orders(id), home, {start + 5 * kMinute}), std::nullopt);
  const OrderId highest = events().orders(id).back().id;
  EXPECT_THROW(events().lift(highest, {start + 29 * kMinute}), InputError);
  events().lift(highest, {start + 40 * kMinute});
  EXPECT_THROW(events().lift(highest, {start + 41 * kMinute}), InputError);
  EXPECT_EQ(level_at(events().orders(id), home, {start + 45 * kMinute}), EvacLevel::L4);
}

TEST_F(EventTest, ADrillIsPeacetimeWhateverIsDecidedInIt) {
  people({"1", "2"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  say(ids_[0], Answer::Granted, ConsentScope::JoinDrill);
  const EventId id = declared(typhoon(true));
  const DisasterEvent drill = events().event(id.value);
  EXPECT_EQ(disclosure_phase(drill, now()), Phase::Drill);
  EXPECT_THROW((void)events().decide(id, decision()), DisclosureRefused);
  EmergencyDecision by_the_back_door = decision();
  by_the_back_door.event = drill.name;
  EXPECT_THROW((void)EmergencyDesk(*session_).declare(by_the_back_door), DisclosureRefused);
  HandoverRequest asked = request(org(RecipientKind::Fire, "見本消防署"));
  asked.phase = disclosure_phase(drill, now());
  EXPECT_EQ(desk().preview(asked).included, std::vector<PersonId>{ids_[0]});
  // Nor does anybody stand on the board who has not agreed to the drill.
  const SafetyBoard board = safety().board(id);
  ASSERT_EQ(board.people.size(), 1U);
  EXPECT_EQ(board.people[0].person, ids_[0]);
}

TEST_F(EventTest, TheDecisionOfADisasterOpensListsAndEndsWithIt) {
  people({"1"});
  const EventId id = declared(typhoon());
  HandoverRequest asked = request(org(RecipientKind::Fire, "見本消防署"));
  asked.phase = disclosure_phase(events().event(id.value), now());
  EmergencyDecision named = decision();
  named.event = "別の名称";  // the desk names the event itself
  asked.decision = events().decide(id, named);
  EXPECT_THROW((void)desk().preview(asked), DisclosureRefused);  // one alone
  Session second = as("second");
  EmergencyDesk(second).confirm(asked.decision);
  const Handover copy = issued(asked).handover();
  EXPECT_EQ(events().loose_ends(id, safety_rules()).unreviewed, 1U);
  EXPECT_THROW((void)events().close(id, closing(support::test_day())), DisclosureRefused);
  EmergencyDesk(second).review(copy.id, "適正");
  EXPECT_THROW((void)events().close(id, closing()), DisclosureRefused);  // the copy is out
  EvacOrder order{.event = id, .level = EvacLevel::L3, .whole_city = true};
  const OrderId issued_order = events().issue(order);
  EXPECT_THROW((void)events().close(id, closing(support::test_day())), DisclosureRefused);
  events().lift(issued_order, {});
  const EventClosed closed = events().close(id, closing(support::test_day()));
  EXPECT_EQ(closed.copies_recalled, 1U);
  EXPECT_EQ(closed.decisions_ended, 1U);
  EXPECT_EQ(desk().recall_tasks().size(), 1U);
  EXPECT_THROW((void)desk().preview(asked), DisclosureRefused);
  EXPECT_EQ(state_of(events().event(id.value), now()), EventState::Closed);
  EXPECT_THROW((void)safety().report(id, {row("u", ids_[0], SafetyStatus::Safe)}),
               DisclosureRefused);
  EXPECT_NO_THROW((void)events().declare(typhoon()));  // the name is free again
}

TEST_F(EventTest, ReportsAreTakenOnceAndNothingIsLost) {
  people({"1", "2"});
  DisasterEvent event = typhoon();
  event.started = {now().milliseconds - 600 * kMinute};
  const EventId id = declared(event);
  SafetyRow old = row("old", ids_[0], SafetyStatus::Safe);
  old.report.device_time = {0};
  const std::vector<SafetyRow> batch = {
      row("a", ids_[0], SafetyStatus::Safe, 120), row("b", ids_[1], SafetyStatus::NeedsRescue, 90),
      row("c", {"nobody"}, SafetyStatus::Safe), row("d", ids_[1], SafetyStatus::Safe, -60), old};
  SafetyImport done = safety().report(id, batch);
  EXPECT_EQ(done.added, 2U);
  EXPECT_EQ(done.quarantined, 3U);
  done = safety().report(id, batch);
  EXPECT_EQ(done.repeated, 5U);
  SafetyRow changed = batch[0];
  changed.report.status = SafetyStatus::Dead;
  EXPECT_EQ(safety().report(id, {changed}).quarantined, 1U);
  EXPECT_EQ(safety().quarantine(id).size(), 4U);
  EXPECT_EQ(count("SELECT count(*) FROM safety_report"), 2U);
  EXPECT_TRUE(state(id, ids_[1]).needs_help);
  EXPECT_EQ(state(id, ids_[0]).status, SafetyStatus::Safe);
  EXPECT_ANY_THROW(sql() << "UPDATE safety_report SET status = 'safe'");
}

TEST_F(EventTest, AContradictionWaitsForAPersonWhoSaysWhichReportsWereSeen) {
  people({"1"});
  DisasterEvent event = typhoon();
  event.started = {now().milliseconds - 600 * kMinute};
  const EventId id = declared(event);
  SafetyRow safe = row("safe", ids_[0], SafetyStatus::Safe, 50);
  safe.report.device = "端末2";
  (void)safety().report(id, {row("help", ids_[0], SafetyStatus::NeedsRescue, 60), safe});
  const PersonSafety open = state(id, ids_[0]);
  EXPECT_TRUE(open.conflict);
  EXPECT_TRUE(open.needs_help);
  SafetyReport decision;
  decision.subject = ids_[0];
  decision.status = SafetyStatus::Safe;
  decision.settles = open.to_settle;
  EXPECT_THROW(safety().settle(id, decision), InputError);  // no reason
  decision.note = "本人と電話で確認";
  decision.settles.emplace_back("無い");
  EXPECT_THROW(safety().settle(id, decision), InputError);
  decision.settles.pop_back();
  safety().settle(id, decision);
  EXPECT_FALSE(state(id, ids_[0]).conflict);
  EXPECT_FALSE(state(id, ids_[0]).needs_help);
}

TEST_F(EventTest, AMillionRepeatsAreNoOps) {
  people({"1"});
  const EventId id = declared(typhoon());
  const std::vector<SafetyRow> rows(100'000, row("same", ids_[0], SafetyStatus::Safe));
  SafetyImport done;
  for (int tenth = 0; tenth < 10; ++tenth) {
    const SafetyImport part = safety().report(id, rows);
    done.added += part.added;
    done.repeated += part.repeated;
  }
  EXPECT_EQ(done.added, 1U);
  EXPECT_EQ(done.repeated, 999'999U);
}

TEST_F(EventTest, ProtectedPeopleAreCountedAndShownNowhere) {
  auto rows = support::residents({"1", "2"});
  rows.rows[0].person.protective_measure = ProtectiveMeasure::Active;
  register_people(rows);
  const EventId id = declared(typhoon());
  EXPECT_EQ(safety().report(id, {row("u", ids_[0], SafetyStatus::Safe)}).added, 1U);  // taken
  const SafetyBoard board = safety().board(id);
  EXPECT_EQ(board.protected_people, 1U);
  ASSERT_EQ(board.people.size(), 1U);
  EXPECT_EQ(board.people[0].person, ids_[1]);
  EXPECT_TRUE(safety().all_reports(id).empty());
  EXPECT_THROW((void)safety().reports(id, ids_[0]), AccessRefused);
}

TEST_F(EventTest, ShelterBookRefusesWhatCannotHaveHappened) {
  people({"1"});
  ShelterRow school = support::shelter("東小", {35.7, 139.5});
  school.shelter.capacity = 10;
  ShelterRow welfare = support::shelter("福祉会館", {35.8, 139.6});
  welfare.shelter.arrival = ArrivalPolicy::Secondary;
  welfare.shelter.capacity = 2;
  session_->import_shelters(support::parsed<ShelterRow>({school, welfare}));
  ShelterId from;
  ShelterId to;
  for (const Shelter& shelter : session_->shelters()) {
    (shelter.arrival == ArrivalPolicy::Secondary ? to : from) = shelter.id;
  }
  const EventId id = declared(typhoon());
  const auto complaint = [&](const ShelterEntry& entry) {
    try {
      shelters().record(id, entry);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const auto heads = [](ShelterStep step, const ShelterId& shelter, int people) {
    return ShelterEntry{.step = step, .shelter = shelter, .heads = people};
  };
  EXPECT_THAT(complaint(heads(ShelterStep::Close, from, 0)), HasSubstr("開設していない"));
  EXPECT_THAT(complaint(heads(ShelterStep::In, from, 1)), HasSubstr("開設されていません"));
  EXPECT_THAT(complaint({.shelter = from, .capacity = -1}), HasSubstr("定員"));
  EXPECT_THAT(complaint({.shelter = {"無い"}}), HasSubstr("台帳にありません"));
  EXPECT_EQ(complaint({.shelter = from}), "");
  EXPECT_THAT(complaint({.shelter = from}), HasSubstr("すでに開設"));
  EXPECT_THAT(complaint({.step = ShelterStep::Close, .shelter = from, .at = {1}}),
              HasSubstr("始まりより前"));
  EXPECT_THAT(complaint(heads(ShelterStep::In, from, -3)), HasSubstr("1 以上"));
  EXPECT_EQ(complaint(heads(ShelterStep::In, from, 5)), "");
  EXPECT_THAT(complaint(heads(ShelterStep::Out, from, 6)), HasSubstr("5 人"));
  ShelterEntry transfer = heads(ShelterStep::Transfer, from, 2);
  transfer.to = to;
  EXPECT_THAT(complaint(transfer), HasSubstr("移送先の避難所は開設されていません"));
  EXPECT_EQ(complaint({.shelter = to}), "");
  EXPECT_THAT(complaint(heads(ShelterStep::In, to, 1)), HasSubstr("二次避難"));
  transfer.heads = 3;
  EXPECT_THAT(complaint(transfer), HasSubstr("空きは 2 人"));
  transfer.heads = 2;
  EXPECT_EQ(complaint(transfer), "");
  EXPECT_THAT(complaint(heads(ShelterStep::Close, to, 0)), HasSubstr("2 人が入所"));
  const auto board = shelters().board(id);
  ASSERT_EQ(board.size(), 2U);
  EXPECT_EQ(board[0].heads, 3);
  EXPECT_EQ(board[0].remaining(), 7);
  EXPECT_EQ(board[0].most_heads, 5);
  EXPECT_EQ(board[1].remaining(), 0);
}

TEST_F(EventTest, ItDoesNotEndWhileAnythingIsOpenAndSaysWhat) {
  people({"1", "2", "3"});
  session_->import_supporters(
      support::parsed(std::vector<SupporterRow>{support::supporter("A", "1")}));
  const EventId id = declared(typhoon());
  const auto refusal = [&](const EventClosing& terms) -> std::string {
    try {
      (void)events().close(id, terms);
      return {};
    } catch (const DisclosureRefused& refused) {
      return refused.what();
    }
  };
  (void)safety().report(id, {row("call", ids_[0], SafetyStatus::NeedsRescue, 60),
                             row("contra", ids_[1], SafetyStatus::Injured, 20),
                             row("diction", ids_[1], SafetyStatus::Safe, 10),
                             row("future", ids_[1], SafetyStatus::Safe, -60)});
  EXPECT_EQ(safety().board(id).people.size(), 3U);
  SendEntry sent;
  sent.uuid = "s1";
  sent.supporter = session_->supporters()[0].id;
  sent.person = ids_[2];
  sent.at = now();
  EXPECT_TRUE(SendingDesk(*session_, safety_rules()).record(id, sent).stored);
  const EventLoose loose = events().loose_ends(id, safety_rules());
  EXPECT_EQ(loose.calls, 1U);
  EXPECT_EQ(loose.contradictions, 1U);
  EXPECT_EQ(loose.quarantined, 1U);
  EXPECT_EQ(loose.supporters_out, 1U);
  EXPECT_EQ(loose.unreached, 1U);
  std::string said = refusal(closing());
  for (const char* word : {"戻りの記録", "助けを求めたまま", "食い違う", "取り置いたまま"}) {
    EXPECT_NE(said.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(said.find("確認できていない"), std::string::npos);  // a reason was given
  sent.uuid = "s2";
  sent.step = SendStep::Back;
  sent.person = {};
  sent.at = now();
  (void)SendingDesk(*session_, safety_rules()).record(id, sent);
  (void)safety().report(id, {row("saved", ids_[0], SafetyStatus::Evacuated)});
  SafetyReport decision;
  decision.subject = ids_[1];
  decision.note = "本人と話した";
  decision.settles = {"contra", "diction"};
  safety().settle(id, decision);
  EXPECT_THROW((void)safety().review_quarantine(id, "future", ""), InputError);
  EXPECT_EQ(safety().review_quarantine(id, "future", "時計が進んでいた"), 1U);
  EXPECT_THROW((void)safety().review_quarantine(id, "future", "もう一度"), InputError);
  EXPECT_EQ(safety().quarantine(id)[0].note, "時計が進んでいた");
  EventClosing without = closing();
  without.unreached_reason.clear();
  said = refusal(without);
  EXPECT_NE(said.find("確認できていない人が 1 人"), std::string::npos) << said;
  EXPECT_EQ(refusal(closing()), "");
  EXPECT_EQ(events().unreached_at_end(id)->reason, "試験");
  EXPECT_EQ(events().unreached_at_end(id)->people, 1U);
}

TEST_F(EventTest, EveryStepStandsInTheAuditLog) {
  people({"1"});
  const EventId id = declared(typhoon());
  (void)safety().report(id, {row("u", ids_[0], SafetyStatus::Safe)});
  (void)safety().board(id);
  (void)events().close(id, closing());
  EXPECT_EQ(count("SELECT count(*) FROM audit_log WHERE action = 'declare_event'"), 2U);
  for (const char* action : {"report_safety", "show_event_board", "close_event"}) {
    EXPECT_EQ(count(std::string("SELECT count(*) FROM audit_log WHERE action = '") + action + "'"),
              1U)
        << action;
  }
}

}  // namespace
}  // namespace registry
