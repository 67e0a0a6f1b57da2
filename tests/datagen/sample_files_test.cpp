// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "registry/local_plan.hpp"
#include "sample_town.hpp"

namespace {

using datagen_test::files_of;
using datagen_test::make_town;
using datagen_test::read_all;
using datagen_test::table_of;
using testing::IsEmpty;

TEST(SampleFiles, TheSameRequestGivesTheSameBytes) {
  const auto first = files_of(make_town(200, 7));
  const auto second = files_of(make_town(200, 7));
  EXPECT_EQ(first.size(), 12U);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [name, bytes] : first) {
    EXPECT_TRUE(bytes == second.at(name)) << name;
    EXPECT_FALSE(bytes.empty()) << name;
  }
}

TEST(SampleFiles, AnotherSeedGivesAnotherTown) {
  const auto first = files_of(make_town(200, 7));
  const auto second = files_of(make_town(200, 8));
  for (const auto& [name, bytes] : first) {
    if (name != "local_plan.toml") {
      EXPECT_FALSE(bytes == second.at(name)) << name;
    }
  }
}

TEST(SampleFiles, MorePeopleLiveInTheSameStreets) {
  const auto small = files_of(make_town(200, 7));
  const auto large = files_of(make_town(300, 7));
  for (const char* name : {"roads.osm.pbf", "dem.tif", "hazards.geojson"}) {
    EXPECT_TRUE(small.at(name) == large.at(name)) << name;
  }
}

TEST(SampleFiles, EveryFileIsReadWithoutARejectedRow) {
  const auto dir = make_town(1000, 3);
  const auto residents = datagen_test::residents_of(dir);
  EXPECT_EQ(residents.rows.size(), 1000U);
  EXPECT_THAT(residents.report.rejected, IsEmpty());
  const auto care = registry::parse_care(table_of(dir, "care.csv"));
  EXPECT_FALSE(care.rows.empty());
  EXPECT_THAT(care.report.rejected, IsEmpty());
  const auto disability = registry::parse_disability(table_of(dir, "disability.csv"));
  EXPECT_FALSE(disability.rows.empty());
  EXPECT_THAT(disability.report.rejected, IsEmpty());
  const auto supporters = registry::parse_supporters(table_of(dir, "supporters.csv"));
  EXPECT_FALSE(supporters.rows.empty());
  EXPECT_THAT(supporters.report.rejected, IsEmpty());
  const auto areas = registry::parse_areas(read_all(dir / "areas.geojson"));
  EXPECT_THAT(areas.notes, IsEmpty());
}

TEST(SampleFiles, EncodingsAreThoseTheReadmeNames) {
  const auto dir = make_town(200, 3);
  EXPECT_EQ(table_of(dir, "residents.csv").encoding, "UTF-8-BOM");
  for (const char* name : {"care.csv", "disability.csv", "supporters.csv"}) {
    EXPECT_EQ(table_of(dir, name).encoding, "CP932") << name;
  }
  const std::string readme = read_all(dir / "README.txt");
  for (const auto& [name, bytes] : files_of(dir)) {
    EXPECT_TRUE(name == "README.txt" || readme.find(name) != std::string::npos) << name;
  }
}

TEST(SampleFiles, SheltersHaveAllColumnsOfTheOpenDataSetAndAPlaceInTheTown) {
  const auto dir = make_town(200, 3);
  const auto plan = registry::parse_local_plan(read_all(dir / "local_plan.toml"));
  EXPECT_EQ(plan.city_code, "139998");
  EXPECT_EQ(table_of(dir, "shelters.csv").header.size(), 39U);
  const auto general = registry::parse_shelters(table_of(dir, "shelters.csv"), plan);
  const auto welfare = registry::parse_shelters(table_of(dir, "welfare_shelters.csv"), plan);
  EXPECT_THAT(general.report.rejected, IsEmpty());
  EXPECT_THAT(welfare.report.rejected, IsEmpty());
  int flood = 0;
  for (const auto& row : general.rows) {
    EXPECT_TRUE(row.shelter.kinds.emergency_site);
    EXPECT_TRUE(row.shelter.rated);
    EXPECT_GT(row.shelter.capacity.value_or(0), 0);
    flood += row.shelter.suited[static_cast<std::size_t>(registry::HazardKind::Flood)] ? 1 : 0;
  }
  EXPECT_GE(flood, 8);
  EXPECT_LT(flood, static_cast<int>(general.rows.size()));
  int direct = 0;
  int secondary = 0;
  for (const auto& row : welfare.rows) {
    EXPECT_TRUE(row.shelter.kinds.welfare());
    EXPECT_THAT(row.shelter.acceptance, testing::Not(IsEmpty()));
    ++(row.shelter.arrival == registry::ArrivalPolicy::Direct ? direct : secondary);
  }
  EXPECT_GT(direct, 0);
  EXPECT_GT(secondary, 0);
}

TEST(SampleFiles, OddRequestsAreRefusedAndWriteNothing) {
  const auto dir = datagen_test::fresh_folder() / "town";
  EXPECT_THROW(datagen::write_sample(dir, {.people = 0, .seed = 1, .areas = {}}, {}),
               std::invalid_argument);
  EXPECT_THROW(datagen::write_sample(dir, {.people = 1'000'001, .seed = 1, .areas = {}}, {}),
               std::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(dir));
}

TEST(SampleFiles, AFolderThatCannotBeMadeIsAnError) {
  const auto file = datagen_test::fresh_folder() / "file";
  std::ofstream(file) << "not a folder";
  EXPECT_THROW(datagen::write_sample(file / "town", {.people = 1, .seed = 1, .areas = {}}, {}),
               std::runtime_error);
}

TEST(SampleFiles, ATownOfOneIsATown) {
  const auto dir = make_town(1, 1);
  EXPECT_EQ(datagen_test::residents_of(dir).rows.size(), 1U);
}

TEST(SampleFiles, ProgressNamesEveryStep) {
  std::vector<std::string> steps;
  datagen::write_sample(datagen_test::fresh_folder(), {.people = 10, .seed = 1, .areas = {}},
                        [&](std::string_view step) { steps.emplace_back(step); });
  EXPECT_THAT(steps,
              testing::ElementsAre("道路", "標高", "危険区域", "住民", "介護認定と障害者手帳",
                                   "避難支援等実施者", "区域と避難所"));
}

}  // namespace
