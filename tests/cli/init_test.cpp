// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using support::City;
using support::tomoni;

support::Run init(const fs::path& dir, const fs::path& local_plan) {
  return tomoni({"init", "--dir", dir.string(), "--local-plan", local_plan.string()});
}

TEST(Init, TheKeyIsReadableByItsOwnerOnlyAndNeverPrinted) {
  const auto folder = support::fresh_folder("init-key");
  const auto run = init(folder / "city", support::sample_file("local_plan.toml"));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto mode = fs::status(folder / "city" / "registry.key").permissions();
  EXPECT_EQ(mode, fs::perms::owner_read | fs::perms::owner_write);
  const std::string file = support::read_all(folder / "city" / "registry.key");
  ASSERT_GT(file.size(), 65U);
  const std::string key = file.substr(file.size() - 65, 64);
  EXPECT_EQ((run.out + run.err).find(key), std::string::npos);
}

TEST(Init, ASecondInitLeavesKeyAndStoreAlone) {
  const City city("init-twice");
  const auto before = support::listing(city.dir());
  EXPECT_EQ(init(city.dir(), support::sample_file("local_plan.toml")).exit_code, 1);
  EXPECT_EQ(support::listing(city.dir()), before);
}

TEST(Init, ABrokenLocalPlanMakesNoFolder) {
  const auto folder = support::fresh_folder("init-broken");
  support::write_all(folder / "plan.toml", "[city]\nnmae = \"ひかり市\"\n");
  const auto run = init(folder / "city", folder / "plan.toml");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_FALSE(fs::exists(folder / "city"));
}

TEST(Init, AFullDiskLeavesNoFolderBehind) {
  const auto folder = support::fresh_folder("init-full");
  const auto run = tomoni({"init", "--dir", (folder / "city").string(), "--local-plan",
                           support::sample_file("local_plan.toml").string()},
                          1);
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_TRUE(fs::is_empty(folder)) << run.err;
}

}  // namespace
