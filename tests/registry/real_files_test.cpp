// SPDX-License-Identifier: Apache-2.0
// Files that cities and the census have published; skipped where they are not at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>
#include <ostream>
#include <random>
#include <string>

#include "registry/area.hpp"
#include "registry/table_io.hpp"

namespace registry {
namespace {

using testing::IsEmpty;

std::string load(const std::string& name) {
  std::ifstream file(TOMONI_SHARED_DATA_DIR "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// --- files of cities

TEST(RealTable, ListOfFacilitiesInCp932IsReadWhole) {
  const std::string bytes = load("encodings/yaizu_yohairyosya.cp932.csv");
  if (bytes.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  const Table table = read_csv(bytes);
  EXPECT_EQ(table.encoding, "CP932");
  EXPECT_EQ(table.header.size(), 16U);
  EXPECT_EQ(table.header.front(), "№");
  ASSERT_EQ(table.rows.size(), 277U);
  EXPECT_EQ(table.lines.front(), 2U);
  const auto kind = table.column("区分");
  ASSERT_TRUE(kind.has_value());
  const auto broken = std::count_if(table.rows.begin(), table.rows.end(), [&](const auto& row) {
    return row[*kind].find('\n') != std::string::npos;
  });
  EXPECT_GT(broken, 0);
  // The file has 335 lines and its last record takes two of them.
  EXPECT_EQ(table.lines.back(), 334U);
}

TEST(RealTable, WrittenInCp932ItHasTheSameCells) {
  const std::string bytes = load("encodings/yaizu_yohairyosya.cp932.csv");
  if (bytes.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  const Table table = read_csv(bytes);
  const CsvOutput output = write_csv(table, CsvEncoding::Cp932);
  EXPECT_TRUE(output.substitutions.empty());
  EXPECT_EQ(read_csv(output.bytes).rows, table.rows);
}

TEST(RealTable, OneTableInTwoEncodingsIsOneTable) {
  const std::string cp932 = load("encodings/localgovjp_20200104.cp932.csv");
  const std::string utf8 = load("encodings/localgovjp_20200104.utf8.csv");
  if (cp932.empty() || utf8.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  const Table a = read_csv(cp932);
  const Table b = read_csv(utf8);
  EXPECT_EQ(a.encoding, "CP932");
  EXPECT_EQ(b.encoding, "UTF-8");
  EXPECT_EQ(a.header, b.header);
  EXPECT_GT(a.rows.size(), 1900U);
  // Equal character by character, since CP932 is read as Windows reads it (～, not 〜).
  EXPECT_EQ(a.rows, b.rows);
}

// --- small areas of the census

struct City {
  const char* file;
  std::size_t areas;
  int people;
  std::size_t unknown;
  const char* parent;
};

void PrintTo(const City& city, std::ostream* out) {
  *out << city.file;
}

class RealAreas : public testing::TestWithParam<City> {};

TEST_P(RealAreas, HaveThePublishedNumbers) {
  const City city = GetParam();
  const std::string text = load(std::string("admin/") + city.file);
  if (text.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  const AreaFile file = parse_areas(text);
  EXPECT_THAT(file.notes, IsEmpty());
  ASSERT_EQ(file.areas.size(), city.areas);
  EXPECT_EQ(std::accumulate(file.areas.begin(), file.areas.end(), 0,
                            [](int sum, const Area& a) { return sum + a.population.value_or(0); }),
            city.people);
  EXPECT_EQ(static_cast<std::size_t>(
                std::count_if(file.areas.begin(), file.areas.end(),
                              [](const Area& a) { return !a.population.has_value(); })),
            city.unknown);
  EXPECT_EQ(file.areas.front().parent, city.parent);
  EXPECT_TRUE(file.areas.front().code.starts_with(city.parent));
  EXPECT_FALSE(file.areas.front().name.empty());
}

TEST_P(RealAreas, AlmostNoPlaceLiesInTwoAreas) {
  const City city = GetParam();
  const std::string text = load(std::string("admin/") + city.file);
  if (text.empty()) {
    GTEST_SKIP() << "shared data are not here";
  }
  const AreaFile file = parse_areas(text);
  constexpr unsigned kSeed = 13229;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> shift(-0.002, 0.002);
  int inside = 0;
  int twice = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto& ring = file.areas[random() % file.areas.size()].rings.front();
    const Position near = ring[random() % ring.size()];
    const Position place{near.lat + shift(random), near.lon + shift(random)};
    const auto owners = std::count_if(file.areas.begin(), file.areas.end(),
                                      [&](const Area& a) { return contains(a, place); });
    inside += owners > 0 ? 1 : 0;
    twice += owners > 1 ? 1 : 0;
  }
  // The outlines are simplified one by one, so that neighbours overlap a little.
  EXPECT_GT(inside, 1400);
  EXPECT_LT(twice, 100);
}

INSTANTIATE_TEST_SUITE_P(
    Census, RealAreas,
    testing::Values(City{"nishitokyo_small_area_2015.geojson", 114, 200012, 0, "13229"},
                    City{"tachikawa_small_area_2015.geojson", 79, 176295, 0, "13202"},
                    City{"kumamoto_city_small_area_2015.geojson", 932, 740171, 20, "43102"}),
    [](const auto& city) {
      const std::string name = city.param.file;
      return name.substr(0, name.find('_'));
    });

}  // namespace
}  // namespace registry
