// SPDX-License-Identifier: Apache-2.0
#include "registry/audit_log.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "database.hpp"
#include "digest.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

AuditEntry entry(std::int64_t number) {
  return {.number = number,
          .at = Instant{1'777'593'600'000 + number},
          .actor = "tester",
          .purpose = "試験",
          .action = "import_residents",
          .subject = "",
          .detail = "added=" + std::to_string(number)};
}

std::vector<AuditEntry> chain(std::int64_t length) {
  std::vector<AuditEntry> entries;
  AuditHash previous{};
  for (std::int64_t number = 1; number <= length; ++number) {
    entries.push_back(entry(number));
    entries.back().hash = chain_hash(previous, entries.back());
    previous = entries.back().hash;
  }
  return entries;
}

TEST(AuditLog, HashIsThatOfAnIndependentBlake2b) {
  // Python: hashlib.blake2b(b, digest_size=32) over 64-bit little-endian lengths and numbers.
  EXPECT_EQ(to_hex(chain_hash(AuditHash{}, entry(1))),
            "dbae3ebe2eda8f7f97ab6bd556687a7f3d90454ac2c73afe01c1839a81a4cb40");
}

TEST(AuditLog, WholeChainHolds) {
  EXPECT_EQ(first_broken({}), std::nullopt);
  EXPECT_EQ(first_broken(chain(20)), std::nullopt);
}

TEST(AuditLog, EveryChangedFieldOfEveryEntryIsFound) {
  const std::vector<std::function<void(AuditEntry&)>> tampers = {
      [](AuditEntry& each) { ++each.number; },
      [](AuditEntry& each) { ++each.at.milliseconds; },
      [](AuditEntry& each) { each.actor += "x"; },
      [](AuditEntry& each) { each.purpose.clear(); },
      [](AuditEntry& each) { each.action = "show_registrant"; },
      [](AuditEntry& each) { each.subject = "01ARZ3NDEKTSV4RRFFQ69G5FAV"; },
      [](AuditEntry& each) { each.detail += " "; },
      [](AuditEntry& each) { each.hash[31] ^= 1U; },
  };
  for (std::size_t at = 0; at < 6; ++at) {
    for (const auto& tamper : tampers) {
      std::vector<AuditEntry> entries = chain(6);
      tamper(entries[at]);
      EXPECT_EQ(first_broken(entries), entries[at].number);
    }
  }
}

TEST(AuditLog, LettersMovedFromFieldToFieldAreFound) {
  std::vector<AuditEntry> entries = chain(1);
  entries[0].action += entries[0].detail.front();
  entries[0].detail.erase(0, 1);
  EXPECT_EQ(first_broken(entries), 1);
}

TEST(AuditLog, RemovedAndSwappedEntriesAreFound) {
  std::vector<AuditEntry> removed = chain(6);
  removed.erase(removed.begin() + 2);
  EXPECT_EQ(first_broken(removed), 4);

  std::vector<AuditEntry> swapped = chain(6);
  std::swap(swapped[2], swapped[3]);
  EXPECT_EQ(first_broken(swapped), 4);

  std::vector<AuditEntry> headless = chain(6);
  headless.erase(headless.begin());
  EXPECT_EQ(first_broken(headless), 2);
}

TEST(AuditLog, RewrittenEntryIsFoundAtItsSuccessorEvenWithAFreshHash) {
  std::vector<AuditEntry> entries = chain(6);
  entries[2].actor = "somebody else";
  entries[2].hash = chain_hash(entries[1].hash, entries[2]);
  EXPECT_EQ(first_broken(entries), 4);
}

class StoredAuditLog : public support::RegistryTest {};

TEST_F(StoredAuditLog, EveryCallLeavesItsRowAndTheChainHolds) {
  Registry registry = create();
  Session session = this->session(registry);
  register_all(session, support::residents({"1", "2"}));
  const std::vector<PlanSubject> people = session.registrants();
  ASSERT_EQ(people.size(), 2U);
  const PersonId id = people[1].registrant.person.id;
  EXPECT_TRUE(session.registrant(id));
  EXPECT_FALSE(session.registrant(PersonId{"見本 太郎"}));
  session.record_output("plan_form", {people[0].registrant.person.id, id});

  const std::vector<AuditEntry> log = session.audit_log();
  std::vector<std::string> lines;
  for (const AuditEntry& each : log) {
    EXPECT_EQ(each.actor, "tester");
    EXPECT_EQ(each.purpose, each.number == 1 ? "台帳の開設" : "試験");
    std::string subject = each.subject == id.value ? "2nd" : each.subject;
    subject = subject.starts_with("set:") ? "both" : subject;
    lines.push_back(each.action + "|" + subject + "|" + each.detail);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "appoint_admin||account=tester",
                       "import_residents||added=2 changed=0 unchanged=0 rejected=0",
                       "import_care||added=2 changed=0 unchanged=0 rejected=0",
                       "run_eligibility||persons=2 joined=2 left=0",
                       "list_registrants|both|persons=2", "show_registrant|2nd|found=1",
                       "show_registrant||found=0",  // what was typed is not repeated
                       "output|both|plan_form"}));
  EXPECT_EQ(first_broken(log), std::nullopt);
}

TEST_F(StoredAuditLog, ChainGoesOnAfterReopening) {
  {
    Registry registry = create();
    session(registry).record_output("list", {});
  }
  Registry registry = open();
  session(registry).record_output("list", {});
  const std::vector<AuditEntry> log = session(registry).audit_log();
  ASSERT_EQ(log.size(), 3U);  // the appointment of the admin, and both lists
  EXPECT_EQ(first_broken(log), std::nullopt);
}

TEST_F(StoredAuditLog, RowsCannotBeChangedOrDeleted) {
  Registry registry = create();
  session(registry).record_output("list", {});
  Database raw(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
  EXPECT_THROW(raw.run_script("UPDATE audit_log SET actor = 'x'"), Error);
  EXPECT_THROW(raw.run_script("DELETE FROM audit_log"), Error);
}

TEST_F(StoredAuditLog, RowChangedBehindTheTriggersIsNamed) {
  Registry registry = create();
  for (int i = 0; i < 5; ++i) {
    session(registry).record_output("list", {});
  }
  {
    Database raw(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
    raw.run_script(
        "DROP TRIGGER audit_log_no_UPDATE;"
        "UPDATE audit_log SET purpose = 'x' WHERE number = 3");
  }
  EXPECT_EQ(first_broken(session(registry).audit_log()), 3);
}

TEST_F(StoredAuditLog, FailedCallLeavesNoRow) {
  Registry registry = create();
  Session session = this->session(registry);
  EvacuationPlan stray;
  stray.subject = PersonId{"01ARZ3NDEKTSV4RRFFQ69G5FAV"};
  EXPECT_THROW(session.store_plans({stray}), InputError);
  EXPECT_EQ(session.audit_log().size(), 1U);  // the appointment of the admin
}

}  // namespace
}  // namespace registry
