// SPDX-License-Identifier: Apache-2.0
// Two people who edit the same record: nobody's work is overwritten unseen.
#include "registry/edit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "database.hpp"
#include "registry/edit_desk.hpp"
#include "registry/error.hpp"
#include "row_edit.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::parsed;
using support::residents;
using support::test_key;
using testing::HasSubstr;
using testing::Not;

class Edits : public support::RegistryTest {
 protected:
  Edits() : registry_(create()), session_(session(registry_)), desk_(session_) {
    register_all(session_, residents({"1"}));
    session_.import_supporters(parsed<SupporterRow>({support::supporter("A", "1")}));
    session_.import_shelters(parsed<ShelterRow>({support::shelter("見本小", {35.7, 139.5})}));
    person_ = session_.registrants().at(0).registrant.person.id;
    supporter_ = session_.registrants().at(0).supporters.at(0).supporter.id;
    shelter_ = session_.shelters().at(0).id;
  }

  static Surroundings patient() {
    Surroundings surroundings = support::test_surroundings();
    surroundings.patience = std::chrono::seconds(30);
    return surroundings;
  }

  Registry registry_;
  Session session_;
  EditDesk desk_;
  PersonId person_;
  SupporterId supporter_;
  ShelterId shelter_;
};

TEST_F(Edits, ChangeOfTheNewestRevisionIsKept) {
  auto read = desk_.supporter(supporter_);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->revision, 1);
  EXPECT_EQ(read->record.supporter_no, "A");
  read->record.phone = "111";
  read->record.max_persons = 5;
  read->record.position = Position{.lat = 35.5, .lon = 139.25};
  EXPECT_EQ(desk_.change(read->record, 1), EditResult(NewRevision{2}));
  const auto again = desk_.supporter(supporter_);
  EXPECT_EQ(again->revision, 2);
  EXPECT_EQ(again->record.phone, "111");
  EXPECT_EQ(again->record.max_persons, 5);
  EXPECT_EQ(again->record.position, read->record.position);
  EXPECT_EQ(again->record.name, "支援 A");
}

TEST_F(Edits, ChangeOfAnOlderRevisionIsToldWhoCameFirstAndWhen) {
  auto first = desk_.shelter(shelter_);
  auto second = first;
  first->record.capacity = 100;
  second->record.capacity = 200;
  EXPECT_EQ(desk_.change(first->record, first->revision), EditResult(NewRevision{2}));
  const EditResult late = desk_.change(second->record, second->revision);
  const auto* conflict = std::get_if<EditConflict>(&late);
  ASSERT_NE(conflict, nullptr);
  EXPECT_EQ(conflict->revision, 2);
  EXPECT_EQ(conflict->changed_by, "tester");
  EXPECT_GT(conflict->changed_at, Instant{1'777'000'000'000});
  EXPECT_EQ(session_.shelters().at(0).capacity, 100);
  const std::string text = conflict_text(*conflict);
  EXPECT_THAT(text, HasSubstr("tester"));
  EXPECT_THAT(text, HasSubstr("2026-05-01"));
  EXPECT_THAT(text, Not(HasSubstr("100")));
}

TEST_F(Edits, ConflictStandsInTheAuditLogWithoutTheContent) {
  auto read = desk_.supporter(supporter_);
  read->record.phone = "333-canary";
  (void)desk_.change(read->record, 1);
  (void)desk_.change(read->record, 1);
  const auto log = session_.audit_log();
  EXPECT_EQ(log.at(log.size() - 2).detail, "rev=2");
  EXPECT_EQ(log.back().action, "edit_supporter");
  EXPECT_EQ(log.back().detail, "conflict=1");
  EXPECT_EQ(first_broken(log), std::nullopt);
}

TEST_F(Edits, RecordThatIsNotThereIsAConflictWithRevisionNought) {
  EXPECT_FALSE(desk_.supporter(SupporterId{"nobody"}));
  EXPECT_FALSE(desk_.shelter(ShelterId{}));
  Shelter stray;
  stray.id = ShelterId{"nowhere"};
  const EditResult result = desk_.change(stray, 1);
  EXPECT_EQ(result, EditResult(EditConflict{}));
  EXPECT_THAT(conflict_text(std::get<EditConflict>(result)), HasSubstr("ありません"));
}

TEST_F(Edits, ImportCountsAsAChange) {
  const auto supporter = desk_.supporter(supporter_);
  const auto shelter = desk_.shelter(shelter_);
  SupporterRow row = support::supporter("A", "1");
  row.supporter.phone = "new";
  session_.import_supporters(parsed<SupporterRow>({row}));
  ShelterRow list = support::shelter("見本小", {35.7, 139.5});
  list.shelter.phone = "new";
  session_.import_shelters(parsed<ShelterRow>({list}));
  for (const EditResult& late : {desk_.change(supporter->record, supporter->revision),
                                 desk_.change(shelter->record, shelter->revision)}) {
    const auto* conflict = std::get_if<EditConflict>(&late);
    ASSERT_NE(conflict, nullptr);
    EXPECT_EQ(conflict->changed_by, "tester");
  }
}

TEST_F(Edits, FileThatSaysNothingNewLeavesACorrectionByHandAlone) {
  auto read = desk_.supporter(supporter_);
  read->record.phone = "corrected";
  (void)desk_.change(read->record, 1);
  const auto report =
      session_.import_supporters(parsed<SupporterRow>({support::supporter("A", "1")}));
  EXPECT_EQ(report.unchanged, 1U);
  EXPECT_EQ(desk_.supporter(supporter_)->record.phone, "corrected");
}

TEST_F(Edits, EveryOtherWayToChangeARowCountsTooAndNamesNobody) {
  Database raw(file(), test_key(), support::test_surroundings(), Database::Mode::Open);
  EXPECT_EQ(revision_of(raw.sql(), "person", person_.value), 1);
  auto moved = residents({"1"});
  moved.rows[0].person.phone = "new";
  session_.import_residents(moved);
  EXPECT_EQ(revision_of(raw.sql(), "person", person_.value), 2);
  raw.run_script("UPDATE person SET mobility = 'walks'");
  EXPECT_EQ(revision_of(raw.sql(), "person", person_.value), 3);
  const Actor actor{.name = "tester", .purpose = "試験"};
  const EditResult late = raw.write(
      [&] { return claim(raw, actor, {.table = "person", .id = person_.value, .revision = 2}); });
  EXPECT_EQ(late, EditResult(EditConflict{.revision = 3, .changed_by = "", .changed_at = {}}));
  EXPECT_THAT(conflict_text(std::get<EditConflict>(late)), Not(HasSubstr("1970")));
  EXPECT_EQ(raw.write([&] {
    return claim(raw, actor, {.table = "person", .id = person_.value, .revision = 3});
  }),
            EditResult(NewRevision{4}));
}

TEST_F(Edits, PlanIsRevisedOnlyFromItsNewestRevision) {
  EvacuationPlan plan;
  plan.subject = person_;
  EXPECT_EQ(session_.store_plan(plan, 0), EditResult(NewRevision{1}));
  EvacuationPlan first = plan;
  first.courses.emplace_back().home_hazard = "浸水";
  EvacuationPlan second = plan;
  second.courses.emplace_back().home_hazard = "土砂";
  EXPECT_EQ(session_.store_plan(first, 1), EditResult(NewRevision{2}));
  EXPECT_EQ(session_.store_plan(first, 2), EditResult(NewRevision{2}));  // equal: no new one
  const EditResult late = session_.store_plan(second, 1);
  const auto* conflict = std::get_if<EditConflict>(&late);
  ASSERT_NE(conflict, nullptr);
  EXPECT_EQ(conflict->revision, 2);
  EXPECT_EQ(conflict->changed_by, "tester");
  EXPECT_GT(conflict->changed_at, Instant{1'777'000'000'000});
  EXPECT_EQ(session_.plan_of(person_)->main_course().home_hazard, "浸水");
  EXPECT_TRUE(std::holds_alternative<EditConflict>(session_.store_plan(second, 0)));
}

/// Adds one to the number `times` times, over a connection of its own, reading again after every
/// conflict; the number of conflicts.
int add_beside_others(const StoreLocation& where, const Surroundings& surroundings,
                      const SupporterId& id, int times) {
  Registry registry = Registry::open(where, test_key(), surroundings);
  Session session = registry.session({.name = "tester", .purpose = "試験"});
  EditDesk desk(session);
  int conflicts = 0;
  for (int done = 0; done < times;) {
    auto read = desk.supporter(id);
    ++read->record.max_persons;
    const EditResult result = desk.change(read->record, read->revision);
    std::holds_alternative<NewRevision>(result) ? ++done : ++conflicts;
  }
  return conflicts;
}

TEST_F(Edits, TwoConnectionsAtOnceLoseNoUpdateAndWriteOneAuditChain) {
  constexpr int kTimes = 40;
  const int before = desk_.supporter(supporter_)->record.max_persons;
  std::array<int, 2> conflicts{};
  const std::array<Surroundings, 2> surroundings{patient(), patient()};
  std::vector<std::thread> editors;
  for (std::size_t i = 0; i < 2; ++i) {
    editors.emplace_back([&, i] {
      conflicts.at(i) = add_beside_others(file(), surroundings.at(i), supporter_, kTimes);
    });
  }
  for (std::thread& editor : editors) {
    editor.join();
  }
  const auto after = desk_.supporter(supporter_);
  EXPECT_EQ(after->record.max_persons, before + 2 * kTimes);
  EXPECT_EQ(after->revision, 1 + 2 * kTimes);
  const auto log = session_.audit_log();
  EXPECT_EQ(first_broken(log), std::nullopt);
  const auto told = std::ranges::count(log, "conflict=1", &AuditEntry::detail);
  EXPECT_EQ(told, conflicts[0] + conflicts[1]);
}

}  // namespace
}  // namespace registry
