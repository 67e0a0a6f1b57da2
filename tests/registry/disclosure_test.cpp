// SPDX-License-Identifier: Apache-2.0
// The eight properties of the law's table over the whole input space, and its single rules.
#include "registry/disclosure.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "disclosure_space.hpp"

namespace registry {
namespace {

bool in_disaster(const SpacePoint& point) {
  return point.decided && (point.phase == Phase::Threat || point.phase == Phase::Occurred);
}

/// Whether the person's consent is effective, written as the ordinances themselves say it.
bool effective(Answer answer, bool inquired, OrdinanceMode mode) {
  const bool refused = answer == Answer::Refused || answer == Answer::Withdrawn;
  switch (mode) {
    case OrdinanceMode::Statute:
      return answer == Answer::Granted;
    case OrdinanceMode::OptOut:
      return !refused;
    case OrdinanceMode::PresumedAfterInquiry:
      return answer == Answer::Granted || (answer == Answer::NoReply && inquired);
    case OrdinanceMode::NoConsent:
      return true;
  }
  return false;
}

/// The first points at which a property fails, and how many there are.
class Violations {
 public:
  void add(const SpacePoint& point) {
    if (++count_ <= 3) {
      ADD_FAILURE() << "phase " << static_cast<int>(point.phase) << " decided " << point.decided
                    << ' ' << to_word(point.data) << ' ' << to_word(point.recipient) << ' '
                    << to_word(point.mode) << " subject " << static_cast<int>(point.subject)
                    << " supporters " << point.supporters.size() << " protected "
                    << point.protected_person << " approved " << point.approved;
    }
  }
  ~Violations() { EXPECT_EQ(count_, 0U); }
  Violations() = default;
  Violations(const Violations&) = delete;
  Violations& operator=(const Violations&) = delete;
  Violations(Violations&&) = delete;
  Violations& operator=(Violations&&) = delete;

 private:
  std::size_t count_ = 0;
};

template <class Holds>
void expect_everywhere(Holds holds) {
  Violations violations;
  std::size_t points = 0;
  for_every_point([&](const SpacePoint& point) {
    ++points;
    if (!holds(point, decide(point))) {
      violations.add(point);
    }
  });
  EXPECT_EQ(points, std::size_t{4} * 128 * 10 * 4 * 5 * 8 * 3 / 2);
}

TEST(DisclosureProperties, AnUnlistedRecipientGetsNothingInPeacetime) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    const bool unlisted = point.recipient == RecipientKind::Unlisted ||
                          (!point.listed && point.recipient != RecipientKind::Internal);
    return in_disaster(point) || !unlisted ||
           (decision.verdict == Verdict::Deny &&
            decision.reason == Reason::RecipientNotInLocalPlan);
  });
}

TEST(DisclosureProperties, NothingLeavesInPeacetimeWithoutConsentEffectiveUnderTheOrdinance) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    return in_disaster(point) || point.recipient == RecipientKind::Internal ||
           effective(point.subject, point.inquired, point.mode) ||
           decision.verdict == Verdict::Deny;
  });
}

TEST(DisclosureProperties, OneSupporterWhoDoesNotConsentBlocksAPlanUnderTheStatute) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    const bool blocked = std::ranges::any_of(
        point.supporters, [](Answer answer) { return answer != Answer::Granted; });
    return in_disaster(point) || point.recipient == RecipientKind::Internal ||
           point.data == DataKind::Roster || point.mode != OrdinanceMode::Statute || !blocked ||
           decision.verdict == Verdict::Deny;
  });
}

TEST(DisclosureProperties, ADrillAndAnUndecidedDisasterArePeacetime) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    if (in_disaster(point)) {
      return true;
    }
    SpacePoint peace = point;
    peace.phase = Phase::Normal;
    peace.decided = false;
    const DisclosureDecision other = decide(peace);
    return decision.verdict == other.verdict && decision.basis == other.basis &&
           decision.reason == other.reason && decision.profile == other.profile &&
           !decision.emergency;
  });
}

TEST(DisclosureProperties, AProtectedPersonNeverGoesToCommunityBodiesWithoutASecondPerson) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    const bool community = point.recipient != RecipientKind::Internal &&
                           point.recipient != RecipientKind::Fire &&
                           point.recipient != RecipientKind::Police;
    return !point.protected_person || point.approved || !community ||
           decision.verdict != Verdict::Allow;
  });
}

TEST(DisclosureProperties, MoreConsentNeverReducesPermission) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    SpacePoint more = point;
    more.subject = Answer::Granted;
    if (decide(more).verdict < decision.verdict) {
      return false;
    }
    std::ranges::fill(more.supporters, Answer::Granted);
    return decide(more).verdict >= decision.verdict;
  });
}

TEST(DisclosureProperties, AnEmergencyNeverReducesPermissionOrWhatIsSeen) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    SpacePoint disaster = point;
    disaster.phase = Phase::Occurred;
    disaster.decided = true;
    const DisclosureDecision other = decide(disaster);
    return other.verdict >= decision.verdict &&
           (decision.verdict == Verdict::Deny || other.profile == decision.profile);
  });
}

TEST(DisclosureProperties, EveryAnswerHasBasisReasonAndProfile) {
  expect_everywhere([](const SpacePoint&, const DisclosureDecision& decision) {
    const bool denied = decision.verdict == Verdict::Deny;
    return !decision.basis.empty() && !to_word(decision.reason).empty() &&
           denied == (decision.profile == Profile::None);
  });
}

TEST(DisclosureProperties, ARosterNeverOpensAWholePlan) {
  expect_everywhere([](const SpacePoint& point, const DisclosureDecision& decision) {
    return point.data == DataKind::Plan || decision.profile != Profile::Plan;
  });
}

TEST(Disclosure, OutOfAreaAndMissingAgreementAreFoundAfterConsent) {
  SpacePoint point;
  point.recipient = RecipientKind::Jishubo;
  point.subject = Answer::Granted;
  point.belongs = false;
  point.agreement = false;
  EXPECT_EQ(decide(point).reason, Reason::OutOfArea);
  EXPECT_EQ(decide(point).basis, "49-12/16");
  point.belongs = true;
  EXPECT_EQ(decide(point).reason, Reason::NoAgreement);
  point.recipient = RecipientKind::Police;  // under a duty of secrecy by law
  EXPECT_EQ(decide(point).verdict, Verdict::Allow);
  point.subject = Answer::Refused;
  point.belongs = false;
  EXPECT_EQ(decide(point).reason, Reason::NoSubjectConsent);
}

TEST(Disclosure, AnApprovalOpensAProtectedPersonAndNothingElse) {
  SpacePoint point;
  point.recipient = RecipientKind::Minsei;
  point.subject = Answer::Granted;
  point.protected_person = true;
  EXPECT_EQ(decide(point).verdict, Verdict::NeedsApproval);
  point.approved = true;
  EXPECT_EQ(decide(point).verdict, Verdict::Allow);
  EXPECT_EQ(decide(point).reason, Reason::ProtectedPersonManual);
  EXPECT_TRUE(decide(point).address_secret);
  point.belongs = false;
  EXPECT_EQ(decide(point).reason, Reason::OutOfArea);
  point.belongs = true;
  point.subject = Answer::Withdrawn;
  EXPECT_EQ(decide(point).reason, Reason::NoSubjectConsent);
}

TEST(Disclosure, InAnEmergencyCommunityBodiesStillGetTheirOwnPeopleOnly) {
  SpacePoint point;
  point.phase = Phase::Occurred;
  point.decided = true;
  point.belongs = false;
  for (const RecipientKind own : {RecipientKind::Jishubo, RecipientKind::Minsei,
                                  RecipientKind::PlanSupporter, RecipientKind::WelfareShelter}) {
    point.recipient = own;
    EXPECT_EQ(decide(point).reason, Reason::OutOfArea) << to_word(own);
  }
  point.recipient = RecipientKind::Unlisted;
  EXPECT_EQ(decide(point).verdict, Verdict::Allow);
  EXPECT_EQ(decide(point).profile, Profile::Safety);
}

TEST(Disclosure, TheVoluntaryRegisterRestsOnConsentWhateverTheOrdinanceSays) {
  DisclosureRequest request;
  request.register_kind = RegisterKind::Voluntary;
  request.recipient = RecipientKind::Police;
  DisclosurePolicy policy;
  policy.roster_ordinance = OrdinanceMode::NoConsent;
  EXPECT_EQ(decide_disclosure(request, policy, {}, nullptr).reason, Reason::NoSubjectConsent);
  ConsentView applied;
  applied.subject.answer = Answer::Granted;
  EXPECT_EQ(decide_disclosure(request, policy, applied, nullptr).verdict, Verdict::Allow);
}

TEST(Disclosure, UnderOptOutARefusingSupporterBlocksUnlessTheCityLeavesHimOut) {
  DisclosureRequest request;
  request.recipient = RecipientKind::Fire;
  request.data = DataKind::Plan;
  DisclosurePolicy policy;
  policy.plan_ordinance = OrdinanceMode::OptOut;
  ConsentView view;
  view.subject.answer = Answer::NoReply;
  view.supporters.push_back({Answer::NotAsked, false, {}});
  EXPECT_EQ(decide_disclosure(request, policy, view, nullptr).reason, Reason::Ordinance);
  view.supporters.push_back({Answer::Refused, false, {}});
  EXPECT_EQ(decide_disclosure(request, policy, view, nullptr).reason, Reason::NoSupporterConsent);
  policy.leave_out_refusing_supporter = true;
  const DisclosureDecision left_out = decide_disclosure(request, policy, view, nullptr);
  EXPECT_EQ(left_out.verdict, Verdict::Allow);
  EXPECT_TRUE(left_out.leave_out_refusing_supporters);
  policy.plan_ordinance = OrdinanceMode::Statute;
  view.subject.answer = Answer::Granted;
  EXPECT_EQ(decide_disclosure(request, policy, view, nullptr).reason, Reason::NoSupporterConsent);
}

TEST(Disclosure, TheEvidenceNamesTheStatementsItRestsOn) {
  DisclosureRequest request;
  request.recipient = RecipientKind::Fire;
  request.data = DataKind::Plan;
  ConsentView view;
  view.subject = {Answer::Granted, false, {"S"}};
  view.supporters.push_back({Answer::Granted, false, {"T"}});
  const std::vector<ConsentId> both = {{"S"}, {"T"}};
  EXPECT_EQ(decide_disclosure(request, {}, view, nullptr).evidence, both);
  request.data = DataKind::Roster;
  EXPECT_EQ(decide_disclosure(request, {}, view, nullptr).evidence, std::vector<ConsentId>{{"S"}});
}

TEST(EmergencyDecision, OnePersonAloneOrTooLateDecidesNothing) {
  const Instant at{5000};
  EmergencyDecision decision = decision_for_all();
  EXPECT_TRUE(is_effective(decision, at));
  decision.confirmed_by.clear();
  EXPECT_FALSE(is_effective(decision, at));
  decision.confirmed_by = decision.decided_by;
  EXPECT_FALSE(is_effective(decision, at));
  decision = decision_for_all();
  decision.confirmed_at.reset();
  EXPECT_FALSE(is_effective(decision, at));
  decision.confirmed_at = Instant{1000 + kConfirmWithinMs + 1};
  EXPECT_FALSE(is_effective(decision, Instant{1000 + kConfirmWithinMs + 5}));
  decision.confirmed_at = Instant{1000 + kConfirmWithinMs};
  EXPECT_TRUE(is_effective(decision, Instant{1000 + kConfirmWithinMs}));
  EXPECT_FALSE(is_effective(decision, Instant{1000 + kConfirmWithinMs - 1}));
}

TEST(EmergencyDecision, ItEndsAfterSeventyTwoHoursAndWhenRevoked) {
  EmergencyDecision decision = decision_for_all();
  decision.ends_at = Instant{10 * kDecisionLastsMs};
  EXPECT_TRUE(is_effective(decision, Instant{1000 + kDecisionLastsMs - 1}));
  EXPECT_FALSE(is_effective(decision, Instant{1000 + kDecisionLastsMs}));
  decision.revoked_at = Instant{4000};
  EXPECT_TRUE(is_effective(decision, Instant{3999}));
  EXPECT_FALSE(is_effective(decision, Instant{4000}));
}

TEST(EmergencyDecision, ItCoversOnlyTheAreasRecipientsAndDataItNames) {
  EmergencyDecision decision = decision_for_all();
  decision.whole_city = false;
  decision.areas = {{AreaLevel::Town, "T1"}};
  decision.kinds = {RecipientKind::Fire};
  decision.orgs = {{"ORG"}};
  decision.data = {DataKind::Roster};
  DisclosureRequest request;
  request.recipient = RecipientKind::Fire;
  request.at = Instant{5000};
  EXPECT_FALSE(covers(decision, request));  // nobody knows where the home lies
  request.person_areas = {{AreaLevel::Neighbourhood, "T1"}, {AreaLevel::Town, "T1"}};
  EXPECT_TRUE(covers(decision, request));
  request.data = DataKind::Plan;
  EXPECT_FALSE(covers(decision, request));
  request.data = DataKind::Roster;
  request.recipient = RecipientKind::Unlisted;
  EXPECT_FALSE(covers(decision, request));
  request.org = {"ORG"};
  EXPECT_TRUE(covers(decision, request));
  request.person_areas = {{AreaLevel::Neighbourhood, "T1"}};
  EXPECT_FALSE(covers(decision, request));
}

}  // namespace
}  // namespace registry
