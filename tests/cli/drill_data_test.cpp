// SPDX-License-Identifier: Apache-2.0
// What a real drill gives to other programs, and what happens where it cannot be written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "registry/result_file.hpp"
#include "support/city.hpp"
#include "support/netcdf_text.hpp"

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

class DrillData : public testing::Test {
 protected:
  DrillData()
      : city_(std::string("drill-data-") +
                  testing::UnitTest::GetInstance()->current_test_info()->name(),
              support::ReadyCity::SampleTown),
        folder_(city_.dir().parent_path()) {
    (void)city_.plan();
    support::write_all(folder_ / "s.toml",
                       "name = \"秋の訓練\"\nhazard = \"洪水\"\nstart = \"2026-11-20T09:00\"\n"
                       "horizon_min = 300\nstep_min = 30\nassume_shared = true\n"
                       "[[order]]\nlevel = 3\nat_min = 0\n");
    (void)city_.ask({"drill", "improve", "--scenario", path("s.toml"), "--runs", "4", "--most", "1",
                     "--out", path("d.db")});
  }

  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_ / name).string();
  }
  [[nodiscard]] support::Run report(const std::string& netcdf, unsigned limit_kib = 0) const {
    return support::tomoni(
        {"drill", "report", path("d.db"), "--csv", path("d.zip"), "--netcdf", netcdf}, limit_kib);
  }
  [[nodiscard]] bool shell(const std::string& command) const {
    return std::system(("cd '" + folder_.string() + "' && " + command).c_str()) == 0;
  }

  support::City city_;
  fs::path folder_;
};

TEST_F(DrillData, TheNetcdfHoldsEveryTableOfTheCsvAndIsTheSameTwice) {
  const support::Run done = report(path("a.nc"));
  ASSERT_EQ(done.exit_code, 0) << done.err;
  ASSERT_EQ(report(path("b.nc")).exit_code, 0);
  EXPECT_TRUE(support::read_all(path("a.nc")) == support::read_all(path("b.nc")));
  ASSERT_TRUE(
      shell("7z x -y -ocsv d.zip >log && "
            "ncdump -p 9,17 a.nc >a.txt"));
  const auto groups = support::parse_cdl(support::read_all(path("a.txt")));
  std::size_t tables = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "csv")) {
    const registry::Table csv = registry::read_csv(support::read_all(entry.path()));
    EXPECT_THAT(support::differences(csv, groups.at(entry.path().stem())), IsEmpty()) << entry;
    ++tables;
  }
  EXPECT_EQ(tables, registry::read_result_file(path("d.db"), 2).tables.size());
  EXPECT_EQ(groups.at("").attributes.at(":name"), "秋の訓練");
}

TEST_F(DrillData, WhereItCannotBeWrittenNothingIsLeftAndTheReasonIsTold) {
  const support::Run nowhere = report(path("none/a.nc"));
  EXPECT_EQ(nowhere.exit_code, 1);
  EXPECT_THAT(nowhere.err, HasSubstr(path("none/a.nc")));
  EXPECT_THAT(nowhere.err, HasSubstr("No such file or directory"));
  support::write_all(path("a.nc"), "old");
  fs::remove(path("d.zip"));
  const support::Run full =
      support::tomoni({"drill", "report", path("d.db"), "--netcdf", path("a.nc")}, 64);
  EXPECT_EQ(full.exit_code, 1);
  EXPECT_THAT(full.err, HasSubstr(path("a.nc")));
  EXPECT_THAT(full.err, HasSubstr("File too large"));
  EXPECT_EQ(support::read_all(path("a.nc")), "old");
  for (const auto& entry : fs::directory_iterator(folder_)) {
    EXPECT_EQ(entry.path().string().find("a.nc."), std::string::npos) << "a draft was left";
  }
}

}  // namespace
