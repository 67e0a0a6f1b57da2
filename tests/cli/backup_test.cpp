// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::City;
using support::read_all;
using Result = support::Run;
using support::tomoni;
using support::write_all;
using testing::HasSubstr;

Result key(const City& city, std::vector<std::string> words) {
  std::vector<std::string> arguments{"key"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  arguments.insert(arguments.end(), {"--dir", city.dir().string(), "--json"});
  return tomoni(arguments);
}

json must(const Result& run) {
  EXPECT_EQ(run.exit_code, 0) << run.err << run.out;
  return run.exit_code == 0 ? json::parse(run.out) : json();
}

bool healthy(const fs::path& dir) {
  return tomoni({"doctor", "--dir", dir.string(), "--json"}).exit_code == 0;
}

/// A city with people, its backup key on a "stick" beside it.
class Keeping : public testing::Test {
 protected:
  Keeping() : city_("keeping"), stick_(support::fresh_folder("stick")) {
    city_.must_import("residents", support::sample_file("residents.csv"));
  }
  [[nodiscard]] fs::path secret() const { return stick_ / "backup.key"; }
  [[nodiscard]] fs::path file() const { return stick_ / "city.backup"; }
  [[nodiscard]] fs::path fresh() const { return stick_ / "restored"; }
  [[nodiscard]] Result back_up() const {
    return tomoni({"backup", "--dir", city_.dir().string(), "--to", file().string(), "--json"});
  }
  [[nodiscard]] Result restore(const fs::path& key_file, bool recovery = false) const {
    std::vector<std::string> words{"restore",        "--from",     file().string(),   "--dir",
                                   fresh().string(), "--key-file", key_file.string(), "--json"};
    if (recovery) {
      words.emplace_back("--recovery");
    }
    return tomoni(words);
  }

  City city_;
  fs::path stick_;
};

TEST_F(Keeping, BackupIsRestoredOnAnEmptyFolderAndHealthy) {
  must(key(city_, {"backup", "--secret", secret().string()}));
  const json made = must(back_up());
  const json restored = must(restore(secret()));
  EXPECT_EQ(restored["files"], made["files"]);
  EXPECT_EQ(restored["audit_entries"].get<int>(), made["audit_entries"].get<int>() + 1);
  EXPECT_TRUE(healthy(fresh()));
  EXPECT_EQ(read_all(fresh() / "local_plan.toml"), read_all(city_.dir() / "local_plan.toml"));
  const Result again =
      tomoni({"import", "residents", support::sample_file("residents.csv").string(), "--dir",
              fresh().string(), "--json"});
  EXPECT_EQ(json::parse(again.out)["added"], 0);
}

TEST_F(Keeping, BackupWithoutAnyKeyIsRefused) {
  const Result run = back_up();
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("封じる鍵がありません"));
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(Keeping, WrongKeyForeignFileAndUsedFolderAreRefusedAndLeaveNothing) {
  must(key(city_, {"backup", "--secret", secret().string()}));
  must(back_up());
  const fs::path other = stick_ / "other.key";
  must(key(city_, {"backup", "--secret", other.string()}));
  EXPECT_EQ(restore(other).exit_code, 3);
  EXPECT_FALSE(fs::exists(fresh()));
  write_all(stick_ / "rubbish.key", "hello");
  EXPECT_EQ(restore(stick_ / "rubbish.key").exit_code, 3);
  EXPECT_EQ(back_up().exit_code, 3) << "a backup is never overwritten";
  write_all(file(), "not a backup");
  EXPECT_EQ(restore(secret()).exit_code, 3);
  EXPECT_FALSE(fs::exists(fresh()));
}

TEST_F(Keeping, SecretHalfStaysOutOfTheFolderAndIsNeverPrinted) {
  EXPECT_EQ(key(city_, {"backup", "--secret", (city_.dir() / "x").string()}).exit_code, 3);
  const Result run = key(city_, {"backup", "--secret", secret().string()});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ((run.out + run.err).find(read_all(secret()).substr(0, 5)), std::string::npos);
  EXPECT_EQ(fs::status(secret()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(key(city_, {"backup", "--secret", secret().string()}).exit_code, 3);
}

TEST_F(Keeping, PaperKeyReplacesALostMachineKeyAndOpensBackups) {
  const json made = must(key(city_, {"recovery"}));
  write_all(stick_ / "typed", made["key"].get<std::string>());
  must(back_up());
  fs::remove(city_.dir() / "registry.key");
  EXPECT_FALSE(healthy(city_.dir()));
  must(key(city_, {"recover", "--key-file", (stick_ / "typed").string()}));
  EXPECT_TRUE(healthy(city_.dir()));
  must(restore(stick_ / "typed", true));
  EXPECT_TRUE(healthy(fresh()));
}

TEST_F(Keeping, RotationsKeepTheStoreAndStandInTheAuditLog) {
  const std::string before = read_all(city_.dir() / "registry.key");
  must(key(city_, {"rotate"}));
  EXPECT_NE(read_all(city_.dir() / "registry.key"), before);
  must(key(city_, {"rotate", "--what", "data"}));
  must(tomoni({"doctor", "--dir", city_.dir().string(), "--renew", "--json"}));
  auto registry = city_.open();
  auto session = registry.session({.name = "tester", .purpose = "試験"});
  const auto log = session.audit_log();
  EXPECT_EQ(registry::first_broken(log), std::nullopt);
  std::vector<std::string> changes;
  for (const auto& entry : log) {
    if (entry.action == "change_keys") {
      changes.push_back(entry.detail);
    }
  }
  EXPECT_EQ(changes, (std::vector<std::string>{"machine", "data"}));
}

TEST_F(Keeping, DryRunsChangeNothing) {
  const auto before = support::listing(city_.dir());
  EXPECT_EQ(key(city_, {"rotate", "--dry-run"}).exit_code, 0);
  EXPECT_EQ(key(city_, {"recovery", "--dry-run"}).exit_code, 0);
  EXPECT_EQ(key(city_, {"backup", "--secret", secret().string(), "--dry-run"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(secret()));
  EXPECT_EQ(support::listing(city_.dir()), before);
}

TEST_F(Keeping, DoctorNamesDamageAndOpenKeyFiles) {
  EXPECT_TRUE(healthy(city_.dir()));
  fs::permissions(city_.dir() / "registry.key", fs::perms::group_read, fs::perm_options::add);
  const Result open = tomoni({"doctor", "--dir", city_.dir().string()});
  EXPECT_EQ(open.exit_code, 1);
  EXPECT_THAT(open.out, HasSubstr("chmod 600"));
  fs::permissions(city_.dir() / "registry.key", fs::perms::group_read, fs::perm_options::remove);
  std::string store = read_all(city_.dir() / "registry.db");
  store[store.size() / 2] = static_cast<char>(store[store.size() / 2] ^ 1);
  write_all(city_.dir() / "registry.db", store);
  EXPECT_FALSE(healthy(city_.dir()));
}

}  // namespace
