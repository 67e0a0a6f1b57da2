// SPDX-License-Identifier: Apache-2.0
// Criteria and the plan desk as staff use them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/edit_desk.hpp"
#include "support/city.hpp"

namespace {

using Json = nlohmann::json;
using support::City;
using support::tomoni;
using testing::HasSubstr;
using testing::Not;

class PlanDesk : public testing::Test {
 protected:
  PlanDesk()
      : city_(std::string("desk-") + testing::UnitTest::GetInstance()->current_test_info()->name(),
              support::ReadyCity::SampleTown) {}

  [[nodiscard]] support::Run run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 2, {"--dir", city_.dir().string()});
    return tomoni(arguments);
  }
  [[nodiscard]] Json answer(std::vector<std::string> arguments) const {
    arguments.emplace_back("--json");
    const auto result = run(std::move(arguments));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.exit_code == 0 ? Json::parse(result.out) : Json();
  }
  [[nodiscard]] std::string first_in_queue() const {
    return answer({"plan", "queue", "--limit", "1"}).at("queue").at(0).at("registrant");
  }

  City city_;
};

TEST_F(PlanDesk, ThePreviewOfTheCriteriaSaysWhatTheRunThenDoes) {
  Json preview = answer({"eligibility", "run", "--dry-run"});
  Json done = answer({"eligibility", "run"});
  EXPECT_GT(preview.at("joined"), 0);
  preview.erase("dry_run");
  done.erase("dry_run");
  EXPECT_EQ(preview, done);
  EXPECT_EQ(answer({"eligibility", "run"}).at("joined"), 0);
}

TEST_F(PlanDesk, TheQueueIsReproducibleAndExplainsEveryPoint) {
  (void)city_.plan();
  const Json queue = answer({"plan", "queue", "--limit", "1000"});
  EXPECT_EQ(queue, answer({"plan", "queue", "--limit", "1000"}));
  int last = 1000;
  for (const Json& entry : queue.at("queue")) {
    int sum = 0;
    for (const Json& reason : entry.at("reasons")) {
      sum += reason.at("points").get<int>();
    }
    EXPECT_EQ(entry.at("points"), sum);
    EXPECT_LE(sum, last);
    last = sum;
  }
}

TEST_F(PlanDesk, APlanInForceLeavesTheQueueAndSurvivesTheNextComputation) {
  (void)city_.plan();
  const std::string person = first_in_queue();
  const auto waiting = answer({"plan", "queue"}).at("waiting").get<int>();
  (void)answer({"plan", "step", "--registrant", person, "--to", "調整会議済", "--seen", "1"});
  (void)answer({"plan", "step", "--registrant", person, "--to", "確定", "--seen", "2"});
  EXPECT_EQ(answer({"plan", "queue"}).at("waiting"), waiting - 1);
  EXPECT_EQ(city_.plan().at("plan").at("stored").at("kept"), 1);
  const Json history = answer({"plan", "history", "--registrant", person});
  EXPECT_EQ(history.at("revisions").back().at("status"), "確定");
}

TEST_F(PlanDesk, APlanInForceWhoseShelterIsFullIsFlaggedAndSaysTheSame) {
  const Json before = city_.plan().at("plan");
  const std::string person = first_in_queue();
  (void)answer({"plan", "step", "--registrant", person, "--to", "調整会議済", "--seen", "1"});
  (void)answer({"plan", "step", "--registrant", person, "--to", "確定", "--seen", "2"});
  EXPECT_TRUE(city_.plan().at("plan").at("broken").empty());
  auto registry = city_.open();
  auto session = registry.session({"test", "test"});
  const auto plan = *session.plan_of({person});
  registry::EditDesk desk(session);
  for (const registry::PlanCourse& course : plan.courses) {
    for (const registry::PlanLeg& leg : course.legs) {
      auto shelter = *desk.shelter(leg.shelter);
      shelter.record.capacity = 0;
      (void)desk.change(shelter.record, shelter.revision);
    }
  }
  const Json after = city_.plan().at("plan");
  EXPECT_EQ(after.at("marked_for_review"), 1);
  EXPECT_EQ(after.at("broken").at(0).at("registrant"), person);
  EXPECT_EQ(after.at("broken").at(0).at("reason"), "避難先の定員・受入条件の変更");
  EXPECT_EQ(session.plan_of({person})->courses, plan.courses);
  EXPECT_EQ(session.plan_of({person})->status, registry::PlanStatus::NeedsReview);
  EXPECT_EQ(city_.plan().at("plan").at("marked_for_review"), 0) << "only once";
}

TEST_F(PlanDesk, AStepThatIsNotAllowedIsRefusedByRule) {
  (void)city_.plan();
  const auto refused =
      run({"plan", "step", "--registrant", first_in_queue(), "--to", "確定", "--seen", "1"});
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.err, HasSubstr("進めません"));
  EXPECT_EQ(run({"plan", "step", "--registrant", "x", "--to", "完了", "--seen", "1"}).exit_code, 2);
}

TEST_F(PlanDesk, GapsNameTheClauseOfEveryMissingItem) {
  (void)city_.plan();
  const Json gaps = answer({"plan", "gaps"});
  EXPECT_GT(gaps.at("complete"), 0);
  for (const auto& [item, people] : gaps.at("missing").items()) {
    EXPECT_THAT(item, HasSubstr("49条の1"));
    EXPECT_FALSE(people.empty());
  }
}

TEST(EligibilityCheck, AnswersInTheEncodingOfTheCasesAndExplainsRejectedRows) {
  const auto folder = support::fresh_folder("eligibility-check");
  const std::string header =
      "case_id,birth_date,as_of,care_level,physical_parts,mental_grade,intellectual_scheme,"
      "intellectual_grade,support_category,intractable_disease,household_type,living_place,"
      "expect_return\n";
  support::write_all(folder / "cases.csv", header +
                                               "a,1950-01-01,2026-04-01,23,,,,,,,,在宅,\n"
                                               "b,1950-01-01,2026-04-01,,聴覚:1,,,,,,,在宅,\n");
  const auto result =
      tomoni({"eligibility", "check", "--rules",
              std::string(TOMONI_SOURCE_DIR) + "/data/rules/eligibility_nishitokyo.toml", "--input",
              (folder / "cases.csv").string(), "--output", (folder / "verdicts.csv").string()});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_EQ(support::read_all(folder / "verdicts.csv"),
            "case_id,verdict,clauses,reason\r\na,ELIGIBLE,ア,\r\n");
  EXPECT_THAT(support::read_all(folder / "verdicts.csv.errors.csv"),
              HasSubstr("PART_GRADE_IMPOSSIBLE"));
}

}  // namespace
