// SPDX-License-Identifier: Apache-2.0
// Plans on their way through the offices, and back for review, in the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database.hpp"
#include "plan_review.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::residents;
using testing::ElementsAre;
using testing::HasSubstr;

class PlanSteps : public support::RegistryTest {
 protected:
  PlanSteps() : registry_(create()), session_(session(registry_)) {
    register_all(session_, residents({"1", "2"}));
    subject_ = session_.registrants().at(0).registrant.person.id;
  }

  /// A computed proposal with one way.
  [[nodiscard]] EvacuationPlan proposal() const {
    EvacuationPlan plan;
    plan.subject = subject_;
    PlanLeg leg;
    leg.shelter = {"S"};
    leg.shelter_name = "見本小学校";
    leg.duration_s = 600;
    leg.route = {{.lat = 35.7, .lon = 139.5}, {.lat = 35.8, .lon = 139.6}};
    plan.courses.emplace_back();
    plan.courses[0].legs = {leg};
    return plan;
  }

  void store(const EvacuationPlan& plan) { (void)session_.store_plans({plan}); }

  StepResult step(PlanStatus to, int seen) {
    return session_.take_plan_step({.subject = subject_, .seen_revision = seen, .to = to});
  }
  /// The new revision, or 0 with the fault kept.
  int taken(PlanStatus to, int seen) {
    const StepResult result = step(to, seen);
    if (const auto* refusal = std::get_if<StepRefusal>(&result)) {
      fault_ = refusal->fault;
      return 0;
    }
    return std::get<int>(result);
  }
  /// With a telephone the sample person's plan is complete.
  void complete_person() {
    auto rows = residents({"1", "2"});
    for (ResidentRow& row : rows.rows) {
      row.person.phone = "000-0000-0000";
    }
    (void)session_.import_residents(rows);
  }
  std::vector<std::string> statuses() {
    std::vector<std::string> words;
    for (const PlanRevision& revision : session_.plan_history(subject_, PlanKind::Individual)) {
      words.emplace_back(to_text(revision.status));
    }
    return words;
  }

  Registry registry_;
  Session session_;
  PersonId subject_;
  StepFault fault_{};
};

TEST_F(PlanSteps, APlanGoesFromCandidateToForceByHand) {
  EXPECT_EQ(taken(PlanStatus::Candidate, 0), 1);
  EXPECT_EQ(taken(PlanStatus::Approached, 1), 2);
  EXPECT_EQ(taken(PlanStatus::ConsentedToCreate, 2), 3);
  EXPECT_EQ(taken(PlanStatus::Interviewing, 3), 4);
  EXPECT_EQ(taken(PlanStatus::Draft, 4), 5);
  EXPECT_EQ(taken(PlanStatus::MeetingDone, 5), 6);
  EXPECT_EQ(taken(PlanStatus::Active, 6), 0) << "no destination, no way";
  EXPECT_EQ(fault_, StepFault::Incomplete);
  EXPECT_THAT(statuses(),
              ElementsAre("候補", "打診中", "作成同意済", "聞取中", "案", "調整会議済"));
}

TEST_F(PlanSteps, ACompletePlanComesIntoForceAndItsNewRevisionRepeatsTheWay) {
  complete_person();
  store(proposal());
  EXPECT_EQ(taken(PlanStatus::MeetingDone, 1), 2);
  EXPECT_EQ(taken(PlanStatus::Active, 2), 3);
  const auto plan = session_.plan_of(subject_);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->status, PlanStatus::Active);
  EXPECT_EQ(plan->revision, 3);
  EXPECT_EQ(plan->main_course().legs, proposal().main_course().legs);
}

TEST_F(PlanSteps, WhoeverLooksAtAnOldRevisionIsToldAndNothingChanges) {
  store(proposal());
  EXPECT_EQ(taken(PlanStatus::MeetingDone, 1), 2);
  EXPECT_EQ(taken(PlanStatus::Draft, 1), 0);
  EXPECT_EQ(fault_, StepFault::RevisionChanged);
  EXPECT_THAT(statuses(), ElementsAre("案", "調整会議済"));
}

TEST_F(PlanSteps, AStepThatSkipsTheMeetingIsRefusedInWords) {
  store(proposal());
  const StepResult result = step(PlanStatus::Active, 1);
  ASSERT_TRUE(std::holds_alternative<StepRefusal>(result));
  EXPECT_EQ(std::get<StepRefusal>(result).fault, StepFault::NotAllowed);
  EXPECT_THAT(std::get<StepRefusal>(result).reason, HasSubstr("「案」から「確定」"));
}

TEST_F(PlanSteps, NobodyUnknownGetsAPlanAndTheLogKeepsNoTypedText) {
  const StepResult result = session_.take_plan_step(
      {.subject = {"山田見本"}, .seen_revision = 0, .to = PlanStatus::Candidate});
  EXPECT_EQ(std::get<StepRefusal>(result).fault, StepFault::NoSuchPerson);
  EXPECT_EQ(session_.audit_log().back().subject, "");
}

TEST_F(PlanSteps, BothKindsOfPlanOfOnePersonGoTheirOwnWays) {
  EXPECT_EQ(taken(PlanStatus::Candidate, 0), 1);
  const StepResult medical = session_.take_plan_step({.subject = subject_,
                                                      .kind = PlanKind::MedicalSupport,
                                                      .seen_revision = 0,
                                                      .to = PlanStatus::Candidate});
  EXPECT_EQ(std::get<int>(medical), 1);
  EXPECT_EQ(taken(PlanStatus::Approached, 1), 2);
  EXPECT_EQ(session_.plan_history(subject_, PlanKind::MedicalSupport).size(), 1U);
}

TEST_F(PlanSteps, AComputationNeverReplacesWhatPeopleHaveSettled) {
  complete_person();
  store(proposal());
  EXPECT_EQ(taken(PlanStatus::MeetingDone, 1), 2);
  EXPECT_EQ(taken(PlanStatus::Active, 2), 3);
  EvacuationPlan other = proposal();
  other.courses[0].legs[0].shelter_name = "別の避難所";
  const StoredPlans done = session_.store_plans({other});
  EXPECT_EQ(done.kept, 1U);
  EXPECT_EQ(done.revised, 0U);
  EXPECT_EQ(session_.plan_of(subject_)->main_course().legs, proposal().main_course().legs);
}

TEST_F(PlanSteps, AComputationKeepsTheStatusOfAPlanPeopleHaveBegun) {
  EXPECT_EQ(taken(PlanStatus::Candidate, 0), 1);
  EXPECT_EQ(taken(PlanStatus::Approached, 1), 2);
  EXPECT_EQ(session_.store_plans({proposal()}).revised, 1U);
  EXPECT_EQ(session_.store_plans({proposal()}).unchanged, 1U);
  const auto plan = session_.plan_of(subject_);
  EXPECT_EQ(plan->status, PlanStatus::Approached);
  EXPECT_EQ(plan->main_course().legs, proposal().main_course().legs);
}

TEST_F(PlanSteps, WhatMadeAPlanFalseBringsItUpForReviewOnceAndEveryReasonIsKept) {
  complete_person();
  store(proposal());
  EXPECT_EQ(taken(PlanStatus::MeetingDone, 1), 2);
  EXPECT_EQ(taken(PlanStatus::Active, 2), 3);
  const PlanId plan = session_.plan_of(subject_)->id;
  Database& database = SessionInside::store(session_);
  database.write([&] {
    EXPECT_EQ(mark_for_review(database, {{plan, subject_, StaleReason::SubjectMoved},
                                         {plan, subject_, StaleReason::ShelterChanged},
                                         {plan, subject_, StaleReason::SubjectMoved}}),
              1U);
  });
  database.write([&] {
    EXPECT_EQ(mark_for_review(database, {{plan, subject_, StaleReason::RoadChanged}}), 0U);
  });
  const auto history = session_.plan_history(subject_, PlanKind::Individual);
  ASSERT_EQ(history.size(), 4U);
  EXPECT_EQ(history[3].status, PlanStatus::NeedsReview);
  EXPECT_THAT(history[2].stale, ElementsAre("避難先の定員・受入条件の変更", "本人の転居"));
  EXPECT_THAT(history[3].stale, ElementsAre("道路の廃止・変更"));
  EXPECT_EQ(taken(PlanStatus::Active, 4), 5) << "confirmed again";
}

TEST_F(PlanSteps, APlanThatIsFlaggedSaysTheSameAsBefore) {
  complete_person();
  store(proposal());
  EXPECT_EQ(taken(PlanStatus::MeetingDone, 1), 2);
  EXPECT_EQ(taken(PlanStatus::Active, 2), 3);
  const EvacuationPlan before = *session_.plan_of(subject_);
  const std::vector<Invalidation> broken = {{before.id, subject_, StaleReason::ShelterRevoked}};
  EXPECT_EQ(session_.mark_plans_for_review(broken), 1U);
  EXPECT_EQ(session_.mark_plans_for_review(broken), 0U) << "it awaits its review already";
  const EvacuationPlan after = *session_.plan_of(subject_);
  EXPECT_EQ(after.status, PlanStatus::NeedsReview);
  EXPECT_EQ(after.courses, before.courses);
  EXPECT_EQ(session_.store_plans({proposal()}).kept, 1U);
}

TEST_F(PlanSteps, ASettledRevisionKeepsItsSubjectAsItStood) {
  complete_person();
  store(proposal());
  EXPECT_EQ(taken(PlanStatus::MeetingDone, 1), 2);
  auto moved = residents({"1", "2"});
  for (ResidentRow& row : moved.rows) {
    row.person.address = "見本市西町三丁目";
  }
  (void)session_.import_residents(moved);
  std::string content;
  Database& database = SessionInside::store(session_);
  database.sql() << "SELECT content FROM plan_subject WHERE rev = 2", soci::into(content);
  EXPECT_THAT(content, HasSubstr("見本市中町一丁目"));
  EXPECT_THAT(content, HasSubstr("000-0000-0000"));
}

TEST_F(PlanSteps, AnAnswerSettlesAQuestionOfTheCriteriaForThatPerson) {
  RuleSet rules = support::care_rules();
  Clause question = rules.clauses.at(0);
  question.id = "イ";
  question.question = "要介護1を含めるか";
  question.all_of.at(0).any_of = {"要介護1"};
  rules.clauses.push_back(question);
  CertificateRow light = support::care("1", "要介護1");
  (void)session_.import_care(
      support::parsed<CertificateRow>({light, support::care("2", "要介護3")}));
  EligibilityRun run = session_.preview_eligibility(rules, support::test_day());
  ASSERT_EQ(run.questions.size(), 1U);
  const PersonId asked = run.questions[0].person;
  EligibilityAnswer answer{asked, rules.id, "イ", false, "本人は元気"};
  session_.answer_eligibility(answer);
  EXPECT_EQ(session_.run_eligibility(rules, support::test_day()).left, 1U);
  answer.counts = true;
  session_.answer_eligibility(answer);
  EXPECT_EQ(session_.run_eligibility(rules, support::test_day()).joined, 1U) << "the newest counts";
  answer.reason.clear();
  EXPECT_THROW(session_.answer_eligibility(answer), InputError);
  EXPECT_THROW(session_.answer_eligibility({{"nobody"}, rules.id, "イ", true, "r"}), InputError);
}

}  // namespace
}  // namespace registry
