// SPDX-License-Identifier: Apache-2.0
// What leaves the house in a disaster, and what a drill never lets out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "handover_fixture.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

TEST_F(HandoverTest, ADrillNeverIncludesRealPeopleWhoHaveNotConsented) {
  people({"1", "2", "3"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  say(ids_[1], Answer::Granted, ConsentScope::ProvideRoster);
  say(ids_[1], Answer::Refused, ConsentScope::JoinDrill);
  HandoverRequest drill = request(org(RecipientKind::Fire, "見本消防署"));
  drill.phase = Phase::Drill;
  drill.decision = decided(decision());  // a decision changes nothing in a drill
  for (const OrdinanceMode mode : {OrdinanceMode::Statute, OrdinanceMode::OptOut,
                                   OrdinanceMode::PresumedAfterInquiry, OrdinanceMode::NoConsent}) {
    policy_.roster_ordinance = mode;
    EXPECT_EQ(desk().preview(drill).included, std::vector<PersonId>{ids_[0]}) << to_word(mode);
  }
}

TEST_F(HandoverTest, EmergencyOutputIsImpossibleWithoutADecisionOfTwo) {
  people({"1"});
  HandoverRequest asked = request(org(RecipientKind::Fire, "見本消防署"));
  for (const Phase phase : {Phase::Threat, Phase::Occurred}) {
    asked.phase = phase;
    asked.decision = {};
    EXPECT_THROW((void)desk().preview(asked), DisclosureRefused);
    EXPECT_THROW((void)desk().issue(asked, ""), DisclosureRefused);
  }
  asked.decision = EmergencyDesk(*session_).declare(decision());
  EXPECT_THROW((void)desk().preview(asked), DisclosureRefused);  // one alone
  EXPECT_THROW(EmergencyDesk(*session_).confirm(asked.decision), DisclosureRefused);
  Session second = as("second");
  EmergencyDesk(second).confirm(asked.decision);
  const auto list = issued(asked);
  EXPECT_EQ(list.table().rows.size(), 1U);  // nobody had consented
  EXPECT_EQ(list.handover().legal_basis, "49-11(3)");
  EXPECT_EQ(count("SELECT count(*) FROM handover_item WHERE ground = 'decision'"), 1U);
  EmergencyDesk(*session_).revoke(asked.decision);
  EXPECT_THROW((void)desk().preview(asked), DisclosureRefused);
}

TEST_F(HandoverTest, ADecisionReachesOnlyItsAreasRecipientsAndData) {
  people({"1", "2"});
  put_in_area(ids_[0], AreaLevel::Town, "T1");
  EmergencyDecision narrow = decision();
  narrow.whole_city = false;
  narrow.areas = {{AreaLevel::Town, "T1"}};
  HandoverRequest asked = request(org(RecipientKind::Unlisted, "自衛隊", false));
  asked.phase = Phase::Occurred;
  asked.decision = decided(narrow);
  const auto preview = desk().preview(asked);
  EXPECT_EQ(preview.included, std::vector<PersonId>{ids_[0]});
  EXPECT_EQ(preview.profile, Profile::Safety);
  HandoverRequest plan = asked;
  plan.data = DataKind::Plan;
  EXPECT_THROW((void)desk().preview(plan), DisclosureRefused);
  HandoverRequest shakyo = asked;
  shakyo.recipient = org(RecipientKind::Shakyo, "社協");
  EXPECT_THROW((void)desk().preview(shakyo), DisclosureRefused);
}

TEST_F(HandoverTest, InAnEmergencyProtectedPeopleGoToFireFlaggedAndToNobodyElse) {
  auto rows = support::residents({"1"});
  rows.rows[0].person.protective_measure = ProtectiveMeasure::ExpiredUnreviewed;
  register_people(rows);
  HandoverRequest fire = request(org(RecipientKind::Fire, "見本消防署"));
  fire.phase = Phase::Occurred;
  fire.decision = decided(decision());
  EXPECT_THAT(issued(fire).csv(CsvEncoding::Utf8Bom).bytes, HasSubstr("住所秘匿"));
  HandoverRequest others = fire;
  others.recipient = org(RecipientKind::Unlisted, "自衛隊", false);
  EXPECT_EQ(excluded_for(others, ids_[0]), Reason::ProtectedPersonManual);
}

TEST_F(HandoverTest, AnEventClosesOnlyWhenEveryEmergencyCopyWasReviewedBySomebodyElse) {
  people({"1"});
  HandoverRequest asked = request(org(RecipientKind::Fire, "見本消防署"));
  asked.phase = Phase::Threat;
  asked.decision = decided(decision());
  const Handover copy = issued(asked).handover();
  EmergencyDesk mine(*session_);
  ASSERT_EQ(mine.unreviewed().size(), 1U);
  EXPECT_THROW(mine.close_event("令和8年台風第9号"), DisclosureRefused);
  EXPECT_THROW(mine.review(copy.id, "適正"), DisclosureRefused);
  Session second = as("second");
  EmergencyDesk(second).review(copy.id, "適正");
  EXPECT_TRUE(mine.unreviewed().empty());
  EXPECT_THROW(mine.close_event("別の災害"), InputError);
  mine.close_event("令和8年台風第9号");
  EXPECT_TRUE(mine.decisions().at(0).revoked_at);
}

TEST_F(HandoverTest, ADecisionNamesEverythingAndLastsThreeDaysAtMost) {
  people({"1"});
  EmergencyDesk desk(*session_);
  const auto faulty = [&](auto change) {
    EmergencyDecision changed = decision();
    change(changed);
    EXPECT_THROW(desk.declare(changed), InputError);
  };
  faulty([](auto& d) { d.event.clear(); });
  faulty([](auto& d) { d.role.clear(); });
  faulty([](auto& d) { d.necessity.clear(); });
  faulty([](auto& d) { d.whole_city = false; });
  faulty([](auto& d) { d.kinds.clear(); });
  faulty([](auto& d) { d.data.clear(); });
  faulty([](auto& d) { d.phase = Phase::Drill; });
  faulty([&](auto& d) { d.ends_at = {now().milliseconds + kDecisionLastsMs + 1000}; });
  EXPECT_TRUE(desk.decisions().empty());
  desk.declare(decision());
  EXPECT_EQ(desk.decisions().at(0).ends_at.milliseconds - desk.decisions().at(0).at.milliseconds,
            kDecisionLastsMs);
}

}  // namespace
}  // namespace registry
