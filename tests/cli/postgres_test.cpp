// SPDX-License-Identifier: Apache-2.0
// The real program with its registry in PostgreSQL: the same work gives the same answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "support/city.hpp"
#include "support/postgres_server.hpp"

namespace {

namespace fs = std::filesystem;
using support::City;
using support::PostgresDatabase;
using support::tomoni;
using testing::HasSubstr;
using testing::Not;

class PostgresCity : public testing::Test {
 protected:
  void SetUp() override {
    const char* server = std::getenv("TOMONI_TEST_POSTGRES");
    if (server == nullptr || !fs::exists(fs::path(server) / "port")) {
      GTEST_SKIP() << "run by ctest where PostgreSQL 15 is: apt-get install postgresql-15";
    }
    database_ = std::make_unique<PostgresDatabase>(server);
    connection_ = support::fresh_folder("postgres-connection") / "words";
    support::write_all(connection_, database_->connection());
    fs::permissions(connection_, fs::perms::owner_read | fs::perms::owner_write);
  }

  std::unique_ptr<PostgresDatabase> database_;
  fs::path connection_;
};

/// What does not depend on the ids, which are new in every city and decide between equals.
nlohmann::json comparable(const nlohmann::json& run) {
  nlohmann::json figures = {{"registrants", run.at("plan").at("registrants")}};
  for (const nlohmann::json& course : run.at("plan").at("courses")) {
    nlohmann::json kept;
    for (const char* key : {"hazard", "planned", "unassigned", "shelters_permitted",
                            "shelters_left_out", "total_cost_s", "lower_bound_s"}) {
      kept[key] = course.at(key);
    }
    figures["courses"].push_back(kept);
  }
  return figures;
}

TEST_F(PostgresCity, SampleTownGivesTheSamePlansAsInAFile) {
  const City there("postgres-city", connection_);
  const City here("postgres-file");
  there.import_sample_files();
  here.import_sample_files();
  EXPECT_FALSE(fs::exists(there.dir() / "registry.db"));
  const nlohmann::json plan = there.plan();
  EXPECT_GT(plan["plan"]["registrants"], 10);
  EXPECT_EQ(comparable(plan), comparable(here.plan()));
  EXPECT_NE(database_->run("SELECT count(*) FROM plan_leg"), "0");

  // Nothing new the second time.
  const auto again = there.must_import("residents", support::sample_file("residents.csv"));
  EXPECT_EQ(again["added"], 0);
  EXPECT_EQ(again["changed"], 0);
  auto registry = there.open();
  EXPECT_EQ(registry::first_broken(registry.session({"test", "test"}).audit_log()), std::nullopt);
}

TEST_F(PostgresCity, PasswordStaysInPrivateFiles) {
  const City city("postgres-private", connection_);
  const auto mode = fs::status(city.dir() / "registry.postgres").permissions();
  EXPECT_EQ(mode, fs::perms::owner_read | fs::perms::owner_write);
  support::write_all(city.dir() / "registry.postgres", database_->connection() + "_gone");
  const auto run = city.import("areas", support::sample_file("areas.geojson"));
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("入れません"));
  EXPECT_THAT(run.out + run.err, Not(HasSubstr(PostgresDatabase::kPassword)));
}

TEST_F(PostgresCity, SecondCityInOneDatabaseIsRefusedAndLeavesNoFolder) {
  const City city("postgres-first", connection_);
  const fs::path second = support::fresh_folder("postgres-second");
  const auto run = tomoni({"init", "--dir", (second / "city").string(), "--local-plan",
                           support::sample_file("local_plan.toml").string(), "--postgres",
                           connection_.string()});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("空ではありません"));
  EXPECT_TRUE(fs::is_empty(second));
}

TEST_F(PostgresCity, FolderWhoseConnectionFileOthersCanReadIsRefused) {
  const City city("postgres-open", connection_);
  fs::permissions(city.dir() / "registry.postgres", fs::perms::group_read, fs::perm_options::add);
  const auto run = city.import("areas", support::sample_file("areas.geojson"));
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("chmod 600"));
}

}  // namespace
