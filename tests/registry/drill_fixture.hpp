// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "registry/consent_book.hpp"
#include "registry/drill_desk.hpp"
#include "support/registry_fixture.hpp"

namespace registry {

inline Table sheet(const std::vector<std::vector<std::string>>& rows) {
  Table table;
  table.header = {"対象者ID", "準備", "移動1", "移動2", "援護人数", "連絡"};
  table.rows = rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.lines.push_back(i + 2);
  }
  table.encoding = "UTF-8";
  return table;
}

class DrillTest : public support::RegistryTest {
 protected:
  DrillTest() : registry_(create()), session_(session(registry_)) {
    auto rows = support::residents({"1", "2", "3"});
    for (ResidentRow& row : rows.rows) {
      row.person.phone = "000-0000-0000";
    }
    register_all(session_, rows);
    for (const PlanSubject& subject : session_.registrants()) {
      people_.push_back(subject.registrant.person.id);
    }
  }

  void agree(std::size_t person, ConsentScope scope, Answer answer = Answer::Granted) {
    ConsentStatement statement;
    statement.person = people_.at(person);
    statement.scope = scope;
    statement.answer = answer;
    statement.method = ConsentMethod::WrittenSelf;
    statement.asked_at = Instant{1'700'000'000'000};
    statement.explained_at = statement.asked_at;
    statement.answered_at = Instant{1'700'000'100'000};
    (void)ConsentBook(session_).record(statement);
  }

  /// A plan that takes ten minutes to get ready and ten on the way, within half an hour.
  void plan(std::size_t person) {
    EvacuationPlan plan;
    plan.subject = people_.at(person);
    plan.courses.emplace_back();
    PlanLeg leg;
    leg.shelter = {"S"};
    leg.shelter_name = "見本小学校";
    leg.profile = "assisted";
    leg.duration_s = 600;
    leg.route = {{.lat = 35.7, .lon = 139.5}, {.lat = 35.8, .lon = 139.6}};
    plan.courses[0].legs = {leg};
    plan.courses[0].timing = {.notify_s = 60,
                              .supporter_s = 120,
                              .preparation_s = 600,
                              .travel_s = 600,
                              .total_p90_s = 2000,
                              .limit_s = 1800,
                              .limit_cause = "期限",
                              .latest_start_s = std::nullopt};
    (void)session_.store_plans({plan});
  }

  void put_in_force(std::size_t person) {
    int seen = 1;
    for (const PlanStatus to : {PlanStatus::MeetingDone, PlanStatus::Active}) {
      const StepResult step =
          session_.take_plan_step({.subject = people_.at(person), .seen_revision = seen, .to = to});
      ASSERT_TRUE(std::holds_alternative<int>(step)) << std::get<StepRefusal>(step).reason;
      seen = std::get<int>(step);
    }
  }

  [[nodiscard]] static std::vector<std::string> codes(const ImportReport& report) {
    std::vector<std::string> all;
    for (const Rejected& rejected : report.rejected) {
      all.push_back(rejected.code);
    }
    return all;
  }

  [[nodiscard]] std::string id(std::size_t person) const { return people_.at(person).value; }

  Registry registry_;
  Session session_;
  std::vector<PersonId> people_;
  HeldDrill drill_{.id = {}, .name = "秋の訓練", .held_on = std::chrono::year{2026} / 11 / 1};
};

}  // namespace registry
