// SPDX-License-Identifier: Apache-2.0
// The tables of a drill for other programs, read back with ncdump and 7-Zip.
#include "documents/drill_data.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "pdf_tools.hpp"
#include "registry/error.hpp"
#include "support/netcdf_text.hpp"

namespace documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Whole = std::vector<std::int64_t>;
using Real = std::vector<double>;
using Text = std::vector<std::string>;

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

registry::ResultTable meta(const std::string& left_out = "3") {
  return {.name = "meta",
          .columns = {{"key", Text{"name", "seed", "data_hash", "left_out", "scenario"}},
                      {"value", Text{"秋の訓練", "7", "ab12", left_out,
                                     "name = \"秋の訓練\"\nhorizon_min = 300\n"}}}};
}

/// Values that are easily lost on the way: quotes, blanks, formulas, the ends of the number range.
registry::ResultFile strange_result() {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  return {
      .version = 2,
      .tables = {meta(),
                 {.name = "road",
                  .columns = {{"way_id", Whole{-1, kLeast, kMost, 0, 5, 6}},
                              {"name", Text{"中央通り", "say \"hi\", she said", "", "=1+1",
                                            " a\\b\tc\nd ", "𠮷野家通り_"}},
                              {"lat", Real{35.6412345, -0.1, 1e-300, 5e-324, 1e300, 1.0 / 3}},
                              {"blocked", Real{-1, kNotANumber, kInfinite, -kInfinite, -0.0, 7}}}},
                 {.name = "group_completion",
                  .columns = {{"area", Text{"北", "北", "南", "西"}},
                              {"profile", Text{"徒歩", "徒歩", "徒歩", "車いす"}},
                              {"people", Whole{9, 9, 2, 40}},
                              {"mean", Real{1.5, 2, 0.25, -1}}}},
                 {.name = "person",
                  .columns = {{"area", Text{"北", "北", "北", "北", "北", "南"}},
                              {"profile", Text{"徒歩", "徒歩", "徒歩", "徒歩", "徒歩", "徒歩"}},
                              {"deadline_s", Whole{60, -1, 60, 60, 60, 60}}}},
                 {.name = "action",
                  .columns = {{"kind", Text{}}, {"saved", Real{}}, {"better", Whole{}}}}}};
}

std::string dump(const std::string& bytes, const std::string& options = {}) {
  const documents_test::Workbench bench;
  bench.put("a.nc", bytes);
  EXPECT_EQ(bench.run("ncdump " + options + " a.nc > a.txt"), 0);
  return bench.get("a.txt");
}

std::map<std::string, support::NetcdfGroupText> groups_of(const registry::ResultFile& results) {
  return support::parse_cdl(dump(drill_netcdf(results), "-p 9,17"));
}

TEST(DrillData, EveryCellOfTheCsvIsInTheNetcdf) {
  const registry::ResultFile results = strange_result();
  const auto groups = groups_of(results);
  const documents_test::Workbench bench;
  bench.put("a.zip", drill_csv(results));
  ASSERT_EQ(bench.run("7z x -y a.zip > log"), 0);
  for (const registry::ResultTable& table : results.tables) {
    const registry::Table csv = registry::read_csv(bench.get(table.name + ".csv"));
    ASSERT_EQ(csv.rows.size(), table.rows());
    EXPECT_THAT(support::differences(csv, groups.at(table.name)), IsEmpty()) << table.name;
  }
  EXPECT_EQ(groups.size(), results.tables.size() + 1) << "and the root";
}

TEST(DrillData, ValuesKeepTheirKindAndTheirLastDigit) {
  const auto groups = groups_of(strange_result());
  const auto& road = groups.at("road");
  EXPECT_EQ(road.types.at("way_id"), "int64");
  EXPECT_EQ(road.types.at("name"), "string");
  EXPECT_EQ(road.types.at("lat"), "double");
  EXPECT_THAT(road.values.at("way_id"),
              ElementsAre("-1", "-9223372036854775808", "9223372036854775807", "0", "5", "6"));
  EXPECT_THAT(road.values.at("name"), ElementsAre("中央通り", "say \"hi\", she said", "", "=1+1",
                                                  " a\\b\tc\nd ", "𠮷野家通り_"));
  EXPECT_THAT(road.values.at("blocked"),
              ElementsAre("-1", "NaN", "Infinity", "-Infinity", "-0", "7"));
}

TEST(DrillData, HiddenCountsAreMissingNumbers) {
  const auto groups = groups_of(strange_result());
  const auto& all = groups.at("group_completion");
  EXPECT_THAT(all.values.at("people"), ElementsAre("*", "*", "*", "40"));
  EXPECT_THAT(all.values.at("mean"), ElementsAre("*", "*", "*", "-1"));
  EXPECT_THAT(groups.at("person").values.at("area"), ElementsAre("*", "*", "*", "*", "*", "*"));
  EXPECT_EQ(groups.at("meta").values.at("value").at(3), "*");
  EXPECT_EQ(groups.at("").attributes.at(":left_out"), "*");
}

TEST(DrillData, WhatIsHiddenDecidesNoByte) {
  registry::ResultFile results = strange_result();
  const std::string bytes = drill_netcdf(results);
  results.tables[0] = meta("4");
  std::get<Whole>(results.tables[2].columns[2].values)[2] = 1;
  std::get<Real>(results.tables[2].columns[3].values)[2] = 0.75;
  EXPECT_TRUE(drill_netcdf(results) == bytes);
}

TEST(DrillData, TheFileTellsWhatItHolds) {
  const auto groups = groups_of(strange_result());
  const auto& root = groups.at("").attributes;
  EXPECT_EQ(root.at(":name"), "秋の訓練");
  EXPECT_EQ(root.at(":title"), "秋の訓練");
  EXPECT_EQ(root.at(":seed"), "7");
  EXPECT_EQ(root.at(":data_hash"), "ab12");
  EXPECT_EQ(root.at(":scenario"), "name = \"秋の訓練\"\nhorizon_min = 300\n");
  EXPECT_THAT(root.at(":comment"), HasSubstr("_FillValue"));
  const auto& road = groups.at("road").attributes;
  EXPECT_EQ(road.at(":long_name"), "人を待たせた道 (roads that held people up)");
  EXPECT_EQ(road.at("lat:long_name"), "緯度 (latitude)");
  EXPECT_EQ(road.at("lat:units"), "degrees_north");
  EXPECT_FALSE(road.contains("way_id:units"));
  const std::string storage = dump(drill_netcdf(strange_result()), "-h -s");
  EXPECT_THAT(storage, HasSubstr("way_id:_DeflateLevel = 6"));
  EXPECT_THAT(storage, HasSubstr("lat:_DeflateLevel = 6"));
}

TEST(DrillData, SameResultGivesSameBytes) {
  EXPECT_TRUE(drill_netcdf(strange_result()) == drill_netcdf(strange_result()));
  EXPECT_TRUE(drill_csv(strange_result()) == drill_csv(strange_result()));
}

/// What is said when a result has this column.
std::string refusal(const registry::ResultColumn& column) {
  try {
    static_cast<void>(
        drill_netcdf({.version = 2, .tables = {meta(), {.name = "road", .columns = {column}}}}));
  } catch (const registry::Error& error) {
    return error.what();
  }
  return "taken";
}

TEST(DrillData, ValuesTheFormatCannotTellApartAreRefusedByName) {
  EXPECT_THAT(refusal({"way_id", Whole{1, -9223372036854775806}}),
              HasSubstr("road/way_id の 2 行"));
  EXPECT_THAT(refusal({"lat", Real{9.9692099683868690e+36}}), HasSubstr("road/lat の 1 行"));
  EXPECT_THAT(refusal({"name", Text{"a", "b", std::string("c\0d", 3)}}),
              HasSubstr("road/name の 3 行"));
  EXPECT_THAT(refusal({"a/b", Whole{1}}), HasSubstr("road/a/b"));
}

}  // namespace
}  // namespace documents
