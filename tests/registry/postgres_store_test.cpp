// SPDX-License-Identifier: Apache-2.0
// What is PostgreSQL's own: which databases are accepted, and what happens when the server goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "database.hpp"
#include "registry/error.hpp"
#include "schema.hpp"
#include "support/postgres_server.hpp"
#include "support/registry_fixture.hpp"
#include "support/scratch_folder.hpp"
#include "support/server_proxy.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using support::PostgresDatabase;
using support::residents;
using support::test_key;
using testing::HasSubstr;
using testing::Not;

class PostgresStore : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::PostgresServer::installed()) {
      GTEST_SKIP() << "PostgreSQL 15 is not installed: apt-get install postgresql-15";
    }
    server_ = support::postgres_folder();
    if (!fs::exists(server_ / "port")) {  // run by hand, without ctest
      fs::permissions(folder_.path(), fs::perms(0755));
      own_server_ = std::make_unique<support::PostgresServer>(server_ = folder_ / "server");
    }
  }

  static Surroundings surroundings() {
    Surroundings patient = support::test_surroundings();
    patient.patience = std::chrono::seconds(10);
    return patient;
  }

  PostgresLocation at(const PostgresDatabase& database) const {
    return PostgresLocation(support::write_connection(folder_ / "connection", database));
  }

  PostgresLocation with_words(const std::string& words) const {
    const fs::path file = folder_ / "words";
    std::ofstream(file) << words;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    return PostgresLocation(file);
  }

  /// What opening or creating ends in; never the password.
  static std::string complaint(const StoreLocation& where, OpenMode mode,
                               const StoreKey& key = test_key()) {
    try {
      const Database store(where, key, surroundings(), mode);
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr(PostgresDatabase::kPassword)));
      return error.what();
    }
    return "";
  }

  static void add(Database& store, const std::string& code) {
    store.run_script(("INSERT INTO area (level, code, name, parent, rings) VALUES ('town', '" +
                      code + "', '', '', '[]')")
                         .c_str());
  }

  static std::string areas(const PostgresDatabase& database) {
    return database.run("SELECT coalesce(string_agg(code, ',' ORDER BY code), '') FROM area");
  }

  support::ScratchFolder folder_;
  fs::path server_;
  std::unique_ptr<support::PostgresServer> own_server_;
};

TEST_F(PostgresStore, OnlyAnEmptyDatabaseBecomesAStoreAndOnlyOnce) {
  const PostgresDatabase database(server_);
  EXPECT_THAT(complaint(at(database), OpenMode::Open), HasSubstr("台帳ではありません"));
  database.run("CREATE TABLE public.other (a int)");
  EXPECT_THAT(complaint(at(database), OpenMode::Create), HasSubstr("空ではありません"));
  EXPECT_EQ(database.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "1");
  database.run("DROP TABLE public.other");
  EXPECT_EQ(complaint(at(database), OpenMode::Create), "");
  EXPECT_THAT(complaint(at(database), OpenMode::Create), HasSubstr("既にある"));
  EXPECT_EQ(complaint(at(database), OpenMode::Open), "");
}

TEST_F(PostgresStore, KeyOfAnotherCityDoesNotOpenIt) {
  const PostgresDatabase database(server_);
  EXPECT_EQ(complaint(at(database), OpenMode::Create), "");
  EXPECT_THAT(complaint(at(database), OpenMode::Open, test_key(2)), HasSubstr("鍵が違うか"));
}

TEST_F(PostgresStore, DatabaseThatSortsByLanguageIsRefused) {
  const PostgresDatabase database(server_, PostgresDatabase::Order::Language);
  EXPECT_THAT(complaint(at(database), OpenMode::Create), HasSubstr("LC_COLLATE 'C'"));
}

TEST_F(PostgresStore, WrongPasswordAndMissingDatabaseAreSaidSo) {
  const PostgresDatabase database(server_);
  std::string words = database.connection();
  const std::size_t at = words.find(PostgresDatabase::kPassword);
  words.replace(at, std::string(PostgresDatabase::kPassword).size(), "wrong");
  EXPECT_THAT(complaint(with_words(words), OpenMode::Open), HasSubstr("入れません"));
  EXPECT_THAT(complaint(with_words(database.connection() + "x"), OpenMode::Open),
              HasSubstr("入れません"));
}

TEST_F(PostgresStore, FixedTableCannotBeEmptied) {
  const PostgresDatabase database(server_);
  Database store(at(database), test_key(), surroundings(), OpenMode::Create);
  EXPECT_THROW(store.run_script("TRUNCATE audit_log"), Error);
  EXPECT_THROW(store.run_script("TRUNCATE plan_leg"), Error);
}

TEST_F(PostgresStore, ConnectionLostBetweenTwoCallsIsMadeAgainUnseen) {
  const PostgresDatabase database(server_);
  Database store(at(database), test_key(), surroundings(), OpenMode::Create);
  store.write([&] { add(store, "1"); });
  database.cut_connections();
  store.write([&] { add(store, "2"); });
  EXPECT_EQ(areas(database), "1,2");
}

TEST_F(PostgresStore, ConnectionLostInTheMiddleKeepsNothingAndTheNextCallWorks) {
  const PostgresDatabase database(server_);
  Database store(at(database), test_key(), surroundings(), OpenMode::Create);
  try {
    store.write([&] {
      add(store, "1");
      database.cut_connections();
      add(store, "2");
    });
    FAIL() << "wrote over a connection that was cut";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("何も保存していません"));
    EXPECT_THAT(error.what(), HasSubstr("PostgreSQL"));
  }
  EXPECT_EQ(areas(database), "");
  store.write([&] { add(store, "3"); });
  EXPECT_EQ(areas(database), "3");
}

TEST_F(PostgresStore, ReadingAfterALostConnectionFailsOnceAndThenWorks) {
  const PostgresDatabase database(server_);
  Database store(at(database), test_key(), surroundings(), OpenMode::Create);
  database.cut_connections();
  const auto version = [&] { return store.read([&] { return store.backend().version(); }); };
  EXPECT_THROW((void)version(), Error);
  EXPECT_EQ(version(), schema_version());
}

TEST_F(PostgresStore, CommitThatTheServerUndidIsAnError) {
  const PostgresDatabase database(server_);
  Database store(at(database), test_key(), surroundings(), OpenMode::Create);
  database.run(
      "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
      " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
      "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON area DEFERRABLE INITIALLY DEFERRED"
      " FOR EACH ROW EXECUTE FUNCTION cut()");
  try {
    store.write([&] { add(store, "1"); });
    FAIL() << "acknowledged what was undone";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("何も保存していません"));
  }
  EXPECT_EQ(areas(database), "");
}

TEST_F(PostgresStore, CommitWhoseAnswerWasLostIsFoundOutToBeKept) {
  const PostgresDatabase database(server_);
  { const Database store(at(database), test_key(), surroundings(), OpenMode::Create); }
  support::ServerProxy proxy(server_ / "socket", folder_.path());
  const auto through = with_words(database.connection() + " host=" + folder_.path().string());
  Database store(through, test_key(), surroundings(), OpenMode::Open);
  proxy.swallow_next_answer_to("COMMIT");
  store.write([&] { add(store, "1"); });
  EXPECT_TRUE(proxy.has_swallowed());
  EXPECT_EQ(areas(database), "1");
  store.write([&] { add(store, "2"); });
  EXPECT_EQ(areas(database), "1,2");
}

TEST_F(PostgresStore, FailedStatementThatWasOverlookedDoesNotCommit) {
  const PostgresDatabase database(server_);
  Database store(at(database), test_key(), surroundings(), OpenMode::Create);
  EXPECT_THROW(store.write([&] {
    add(store, "1");
    try {
      add(store, "1");
    } catch (const Error&) {  // as nobody should
    }
  }),
               Error);
  EXPECT_EQ(areas(database), "");
}

TEST(PostgresCrash, AcknowledgedChangesOutliveTheServer) {
  if (!support::PostgresServer::installed()) {
    GTEST_SKIP() << "PostgreSQL 15 is not installed: apt-get install postgresql-15";
  }
  const support::ScratchFolder folder;
  fs::permissions(folder.path(), fs::perms(0755));
  support::PostgresServer server(folder / "server");
  const PostgresDatabase database(folder / "server");
  const PostgresLocation where(support::write_connection(folder / "connection", database));
  Surroundings surroundings = support::test_surroundings();
  surroundings.patience = std::chrono::seconds(10);
  Database store(where, test_key(), surroundings, OpenMode::Create);
  for (int round = 1; round <= 3; ++round) {
    const std::string code = std::to_string(round);
    store.write([&] {
      store.run_script(("INSERT INTO area (level, code, name, parent, rings) VALUES ('town', '" +
                        code + "', '', '', '[]')")
                           .c_str());
    });
    server.crash_and_restart();
    EXPECT_EQ(database.run("SELECT count(*) FROM area"), code);
  }
  database.run("ALTER SYSTEM SET fsync = off");
  server.crash_and_restart();
  try {
    const Database refused(where, test_key(), surroundings, OpenMode::Open);
    FAIL() << "opened a store that forgets";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("fsync"));
  }
}

}  // namespace
}  // namespace registry
