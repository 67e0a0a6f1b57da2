// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include "registry/local_plan.hpp"
#include "sample_town.hpp"

namespace {

using datagen_test::files_of;
using datagen_test::read_all;

/// Four squares side by side: three with people, the second with a hole, and one without a number.
constexpr const char* kSquares = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"KEY_CODE":"1","MOJI":"一の町","population":"600"},
 "geometry":{"type":"Polygon","coordinates":[[[139.0,35.0],[139.01,35.0],[139.01,35.01],[139.0,35.01],[139.0,35.0]]]}},
{"type":"Feature","properties":{"KEY_CODE":"2","MOJI":"二の町","population":"300"},
 "geometry":{"type":"Polygon","coordinates":[[[139.01,35.0],[139.02,35.0],[139.02,35.01],[139.01,35.01],[139.01,35.0]],
  [[139.012,35.002],[139.018,35.002],[139.018,35.008],[139.012,35.008],[139.012,35.002]]]}},
{"type":"Feature","properties":{"KEY_CODE":"3","MOJI":"三の町","population":"100"},
 "geometry":{"type":"MultiPolygon","coordinates":[[[[139.02,35.0],[139.024,35.0],[139.024,35.01],[139.02,35.0]]],
  [[[139.03,35.0],[139.034,35.0],[139.034,35.01],[139.03,35.0]]]]}},
{"type":"Feature","properties":{"KEY_CODE":"4","MOJI":"四の町"},
 "geometry":{"type":"Polygon","coordinates":[[[139.04,35.0],[139.05,35.0],[139.05,35.01],[139.04,35.0]]]}}
]})";

std::filesystem::path make_people(const std::string& areas, int people, std::uint64_t seed) {
  const auto dir = datagen_test::fresh_folder();
  std::ofstream(dir / "given.geojson") << areas;
  datagen::write_sample(dir / "out",
                        {.people = people, .seed = seed, .areas = dir / "given.geojson"}, {});
  return dir / "out";
}

TEST(GivenAreas, OnlyPeopleAreWrittenAndTheLocalPlanNamesNoRealCity) {
  std::vector<std::string> names;
  const auto dir = make_people(kSquares, 200, 1);
  for (const auto& [name, bytes] : files_of(dir)) {
    names.push_back(name);
  }
  EXPECT_THAT(names,
              testing::ElementsAre("README.txt", "areas.geojson", "care.csv", "disability.csv",
                                   "local_plan.toml", "residents.csv", "supporters.csv"));
  const auto plan = registry::parse_local_plan(read_all(dir / "local_plan.toml"));
  EXPECT_EQ(plan.city_name, "見本市");
  EXPECT_EQ(plan.city_code, "139998");
}

TEST(GivenAreas, HomesLieInTheirAreaAndInProportionToItsPopulation) {
  const auto dir = make_people(kSquares, 4000, 1);
  const auto given = registry::parse_areas(kSquares).areas;
  std::map<std::string, double> households;
  std::set<std::string> seen;
  for (const auto& row : datagen_test::residents_of(dir).rows) {
    const registry::Person& person = row.person;
    if (!seen.insert(person.household_no).second) {
      continue;
    }
    for (const registry::Area& area : given) {
      if (person.address == "見本市" + area.name) {
        households[area.name] += 1;
        EXPECT_TRUE(!person.position || contains(area, *person.position));
      }
    }
  }
  EXPECT_EQ(households["四の町"], 0);
  const auto total = static_cast<double>(seen.size());
  double chi_square = 0;
  for (const auto& [name, share] : {std::pair{"一の町", 0.6}, {"二の町", 0.3}, {"三の町", 0.1}}) {
    const double difference = households[name] - share * total;
    chi_square += difference * difference / (share * total);
  }
  EXPECT_LT(chi_square, 13.8);  // 2 degrees of freedom: exceeded once in a thousand
}

TEST(GivenAreas, TheAreasComeBackAsTownsWithTheirShapesAndPopulations) {
  const auto dir = make_people(kSquares, 10, 1);
  const auto given = registry::parse_areas(kSquares).areas;
  const auto written = registry::parse_areas(read_all(dir / "areas.geojson"));
  EXPECT_TRUE(written.notes.empty());
  ASSERT_EQ(written.areas.size(), given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    EXPECT_EQ(written.areas[i].level, registry::AreaLevel::Town);
    EXPECT_EQ(written.areas[i].code, given[i].code);
    EXPECT_EQ(written.areas[i].name, given[i].name);
    EXPECT_EQ(written.areas[i].population, given[i].population);
    EXPECT_EQ(written.areas[i].rings, given[i].rings);
  }
}

TEST(GivenAreas, TheSameRequestGivesTheSameBytes) {
  EXPECT_EQ(files_of(make_people(kSquares, 200, 5)), files_of(make_people(kSquares, 200, 5)));
  EXPECT_NE(files_of(make_people(kSquares, 200, 5)), files_of(make_people(kSquares, 200, 6)));
}

TEST(GivenAreas, EveryFileIsReadWithoutARejectedRow) {
  const auto dir = make_people(kSquares, 2000, 2);
  using datagen_test::table_of;
  EXPECT_TRUE(datagen_test::residents_of(dir).report.rejected.empty());
  EXPECT_TRUE(registry::parse_care(table_of(dir, "care.csv")).report.rejected.empty());
  EXPECT_TRUE(registry::parse_disability(table_of(dir, "disability.csv")).report.rejected.empty());
  EXPECT_TRUE(registry::parse_supporters(table_of(dir, "supporters.csv")).report.rejected.empty());
}

TEST(GivenAreas, FilesWithoutPeopleOrShapeAreErrors) {
  EXPECT_THROW(make_people(R"({"type":"FeatureCollection","features":[]})", 10, 1),
               std::runtime_error);
  EXPECT_THROW(make_people("no json", 10, 1), std::runtime_error);
  std::string nobody = kSquares;
  for (const char* number : {"\"600\"", "\"300\"", "\"100\""}) {
    nobody.replace(nobody.find(number), 5, "\"0\"");
  }
  EXPECT_THROW(make_people(nobody, 10, 1), std::runtime_error);
  EXPECT_THROW(
      datagen::write_sample(datagen_test::fresh_folder(),
                            {.people = 10, .seed = 1, .areas = "/nonexistent.geojson"}, {}),
      std::runtime_error);
}

}  // namespace
