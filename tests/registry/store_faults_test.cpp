// SPDX-License-Identifier: Apache-2.0
// What must never happen to the store: plaintext on the disk, garbage after damage, half an
// import, a lost acknowledgement.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>

#include "database.hpp"
#include "registry/error.hpp"
#include "schema.hpp"
#include "support/child_process.hpp"
#include "support/file_bytes.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using support::bytes_of;
using support::in_child;
using support::parsed;
using support::resident;
using support::residents;
using support::write_bytes;
using testing::HasSubstr;
using testing::Not;

/// Batch `number` of an import: people whose numbers begin with it.
ParsedRows<ResidentRow> batch(int number, int size) {
  std::vector<ResidentRow> rows;
  for (int i = 0; i < size; ++i) {
    rows.push_back(resident(std::to_string(number) + "-" + std::to_string(i)));
  }
  return parsed(std::move(rows));
}

/// `Base` is RegistryTest for what holds of every store, RegistryFileTest for what is about files.
template <class Base>
class FaultTest : public Base {
 protected:
  using Base::create;
  using Base::file;
  using Base::open;
  using Base::register_all;

  /// The message of the `Error` that opening ends in.
  std::string open_error(const StoreKey& key = support::test_key()) const {
    try {
      Registry::open(file(), key, support::test_surroundings());
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  void fill(int people) const {
    Registry registry = create();
    Session session = Base::session(registry);
    register_all(session, batch(1, people));
  }

  /// How many of a batch the store has: importing it again counts them.
  std::size_t stored_of(const ParsedRows<ResidentRow>& rows) const {
    Registry registry = open();
    return Base::session(registry).import_residents(rows).unchanged;
  }

  fs::path log_file() const { return fs::path(file()) += "-wal"; }
};

class StoreFaults : public FaultTest<support::RegistryTest> {};
class StoreFileFaults : public FaultTest<support::RegistryFileTest> {};

TEST_F(StoreFileFaults, FileAndItsLogHoldNoPlaintext) {
  Registry registry = create();
  Session session = this->session(registry);
  register_all(session, batch(1, 50));
  const std::string log = bytes_of(log_file());
  { Registry closing = std::move(registry); }  // moves the log into the file
  for (const std::string& bytes : {log, bytes_of(file())}) {
    EXPECT_GT(bytes.size(), 50'000U);
    for (const char* secret : {"見本", "ミホン", "昭和15年", "SQLite format 3", "CREATE TABLE",
                               "resident_no", "要介護", "tester"}) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
    }
  }
}

TEST_F(StoreFileFaults, OnlyTheOwnerMayReadTheFiles) {
  Registry registry = create();
  session(registry).import_residents(residents({"1"}));
  for (const auto& each : fs::directory_iterator(folder())) {
    EXPECT_EQ(each.status().permissions(), fs::perms::owner_read | fs::perms::owner_write)
        << each.path();
  }
}

TEST_F(StoreFileFaults, ExistingFileIsNeverReplaced) {
  write_bytes(file(), "precious");
  EXPECT_THROW(create(), Error);
  EXPECT_EQ(bytes_of(file()), "precious");
}

TEST_F(StoreFileFaults, StoreThatCannotBeMadeLeavesNothingBehind) {
  EXPECT_THROW((void)Registry::create(folder() / "none" / "x", support::test_key(),
                                      support::test_surroundings()),
               Error);
  EXPECT_TRUE(fs::is_empty(folder()));
}

TEST_F(StoreFaults, WrongKeyIsSaidToBeOne) {
  fill(1);
  EXPECT_THAT(open_error(support::test_key(2)), HasSubstr("鍵が違うか"));
  EXPECT_EQ(stored_of(batch(1, 1)), 1U);
}

TEST_F(StoreFileFaults, OtherFilesAreNotTakenForARegistry) {
  EXPECT_THAT(open_error(), HasSubstr("見つかりません"));
  write_bytes(file(), "");
  EXPECT_THAT(open_error(), HasSubstr("台帳として開けません"));
  write_bytes(file(), std::string(20'000, 'x'));
  EXPECT_THAT(open_error(), HasSubstr("台帳として開けません"));
}

TEST_F(StoreFaults, StoreOfANewerVersionIsLeftAlone) {
  fill(1);
  {
    Database raw(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
    raw.write([&] { raw.backend().mark_version(schema_version() + 1); });
  }
  EXPECT_THAT(open_error(), HasSubstr("プログラムを新しくしてください"));
}

TEST_F(StoreFaults, LockedStoreSaysSoAndWorksAfterwards) {
  fill(1);
  Surroundings impatient = support::test_surroundings();
  impatient.patience = {};
  Registry registry = Registry::open(file(), support::test_key(), impatient);
  {
    Database other(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
    other.backend().begin();
    try {
      session(registry).import_residents(residents({"2"}));
      FAIL() << "imported beside another writer";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("ほかの処理が使っています"));
    }
    other.backend().rollback();
  }
  EXPECT_EQ(session(registry).import_residents(residents({"2"})).added, 1U);
}

/// Reads everything there is; throws where something is damaged.
void read_all(Registry& registry) {
  Session session = registry.session({.name = "tester", .purpose = "試験"});
  for (const PlanSubject& subject : session.registrants()) {
    const std::string& name = subject.registrant.person.name;
    if (name != "見本 " + subject.registrant.person.resident_no) {
      throw std::logic_error("garbage was read as a name");
    }
  }
  (void)session.audit_log();
}

TEST_F(StoreFileFaults, FlippedByteIsAnErrorAndNeverGarbage) {
  fill(1500);
  const std::string whole = bytes_of(file());
  const unsigned seed = 1;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  int found = 0;
  for (int round = 0; round < 80; ++round) {
    std::string damaged = whole;
    const std::size_t at = random() % damaged.size();
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (random() % 8)));
    write_bytes(file(), damaged);
    try {
      Registry registry = open();
      read_all(registry);
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr("見本")));
      ++found;
    }
    fs::remove(log_file());
    fs::remove(fs::path(file()) += "-shm");
  }
  // Pages of tables and indexes that were not read stay unnoticed; nothing wrong was ever read.
  EXPECT_GT(found, 8);
}

TEST_F(StoreFileFaults, TruncatedFileIsAnError) {
  fill(300);
  const auto size = fs::file_size(file());
  for (const auto length : {size - 1, size / 2 / 4096 * 4096, size / 2 + 13, std::uintmax_t{100}}) {
    fs::resize_file(file(), length);
    try {
      Registry registry = open();
      read_all(registry);
      FAIL() << "a store cut to " << length << " of " << size << " bytes was read";
    } catch (const Error&) {
    }
  }
}

void limit_file_size(rlim_t bytes) {
  struct rlimit limit {};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

TEST_F(StoreFileFaults, ImportOntoAFullDiskLeavesTheStoreAsItWas) {
  fill(20);
  const auto size = fs::file_size(file());
  for (const std::uintmax_t room : {20'000U, 100'000U, 300'000U}) {
    const int code = in_child([&] {
      ::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit is then refused, not deadly
      Registry registry = open(1000);
      limit_file_size(size + room);
      try {
        session(registry).import_residents(batch(2, 2000));
        return 1;  // the limit did not bite
      } catch (const Error&) {
      }
      limit_file_size(RLIM_INFINITY);
      Registry fresh = open(2000 + room);
      return session(fresh).import_residents(batch(3, 5)).added == 5 ? 0 : 2;
    });
    EXPECT_EQ(code, 0) << "room " << room;
    ASSERT_EQ(stored_of(batch(1, 20)), 20U);
    Registry registry = open();
    EXPECT_EQ(first_broken(session(registry).audit_log()), std::nullopt);
    // Undo the five, so that the next round adds them again.
    Database raw(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
    raw.run_script(R"sql(
      PRAGMA foreign_keys = OFF;
      DELETE FROM person WHERE resident_no LIKE '3-%';
      DELETE FROM person_key WHERE person NOT IN (SELECT id FROM person);
      DELETE FROM person_code WHERE person NOT IN (SELECT id FROM person);
    )sql");
  }
  EXPECT_EQ(stored_of(batch(2, 2000)), 0U);
}

TEST_F(StoreFileFaults, AfterAFailedCommitNothingIsAcknowledgedUntilReopened) {
  fill(20);
  const int code = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    Registry registry = open(1000);
    limit_file_size(5000);  // one page of the log fits, the commit does not
    int refused = 0;
    for (const char* number : {"3-1", "3-2"}) {
      try {
        session(registry).import_residents(residents({number}));
      } catch (const Error& error) {
        const std::string words = error.what();
        refused += words.find(refused == 0 ? "失敗しました" : "開き直して") != words.npos ? 1 : 0;
      }
      limit_file_size(RLIM_INFINITY);
    }
    Registry fresh = open(2000);
    const bool works = session(fresh).import_residents(residents({"3-3"})).added == 1;
    return refused == 2 && works ? 0 : 1;
  });
  EXPECT_EQ(code, 0);
  EXPECT_EQ(stored_of(residents({"3-1", "3-2", "3-3"})), 1U);
}

TEST_F(StoreFaults, KilledImportLosesNothingAcknowledgedAndLeavesNoHalf) {
  constexpr int kSize = 400;
  { Registry registry = create(); }
  int next = 1;  // first batch that may not be there
  for (int round = 0; round < 6; ++round) {
    std::array<int, 2> pipe_ends{};
    ASSERT_EQ(::pipe(pipe_ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      Registry registry = open(1000 + static_cast<std::uint64_t>(round));
      Session session = this->session(registry);
      for (int number = next;; ++number) {
        session.import_residents(batch(number, kSize));
        (void)!::write(pipe_ends[1], "a", 1);
      }
    }
    ::close(pipe_ends[1]);
    char mark = 0;
    int acknowledged = 0;
    while (acknowledged < 2 + round % 3 && ::read(pipe_ends[0], &mark, 1) == 1) {
      ++acknowledged;
    }
    ::kill(child, SIGKILL);  // somewhere in the next import
    ::waitpid(child, nullptr, 0);
    while (::read(pipe_ends[0], &mark, 1) == 1) {
      ++acknowledged;
    }
    ::close(pipe_ends[0]);

    for (int number = next; number < next + acknowledged; ++number) {
      EXPECT_EQ(stored_of(batch(number, kSize)), static_cast<std::size_t>(kSize));
    }
    next += acknowledged;
    const std::size_t open_batch = stored_of(batch(next, kSize));
    EXPECT_TRUE(open_batch == 0 || open_batch == kSize) << open_batch;
    ++next;
    Registry registry = open();
    EXPECT_EQ(first_broken(session(registry).audit_log()), std::nullopt);
  }
}

TEST_F(StoreFaults, ErrorsOfTheDatabaseNeverQuoteARow) {
  Registry registry = create();
  Session session = this->session(registry);
  auto rows = residents({"1"});
  rows.rows[0].person.name = "秘密の名前";
  Database raw(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
  raw.run_script("CREATE UNIQUE INDEX one_name ON person(name)");
  rows.rows.push_back(rows.rows[0]);
  rows.rows[1].person.resident_no = "2";
  try {
    session.import_residents(rows);
    FAIL() << "the index did not refuse";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("秘密")));
    EXPECT_THAT(error.what(), HasSubstr("決まりに合わない記録"));
  }
}

}  // namespace
}  // namespace registry
