// SPDX-License-Identifier: Apache-2.0
#include "registry/area.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>

#include "registry/error.hpp"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr double kPi = 3.14159265358979323846;
constexpr const char* kSquare =
    R"({"type":"Polygon","coordinates":[[[139,35],[140,35],[140,36],[139,36],[139,35]]]})";

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::string feature(const std::string& properties, const std::string& geometry = kSquare) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

std::string refusal(const std::string& text) {
  try {
    (void)parse_areas(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

Area square(double lon, double lat, double size) {
  Area area;
  area.rings = {
      {{lat, lon}, {lat, lon + size}, {lat + size, lon + size}, {lat + size, lon}, {lat, lon}}};
  return area;
}

TEST(AreaContains, HoleIsOutside) {
  Area area = square(0, 0, 10);
  area.rings.push_back(square(4, 4, 2).rings.front());
  EXPECT_TRUE(contains(area, {1, 1}));
  EXPECT_FALSE(contains(area, {5, 5}));
  EXPECT_FALSE(contains(area, {11, 5}));
  EXPECT_FALSE(contains(Area{}, {0, 0}));
}

TEST(AreaContains, AgreesWithTheWindingAngleOnRandomStars) {
  constexpr unsigned kSeed = 31;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> radius(0.2, 1.0);
  std::uniform_real_distribution<double> coordinate(-1.0, 1.0);
  for (int round = 0; round < 200; ++round) {
    std::vector<Position> ring;
    const int corners = 3 + static_cast<int>(random() % 20);
    for (int i = 0; i < corners; ++i) {
      const double angle = 2 * kPi * i / corners;
      const double r = radius(random);
      ring.push_back({r * std::sin(angle), r * std::cos(angle)});
    }
    ring.push_back(ring.front());
    Area area;
    area.rings = {ring};
    for (int i = 0; i < 50; ++i) {
      const Position place{coordinate(random), coordinate(random)};
      double turn = 0;
      for (std::size_t k = 1; k < ring.size(); ++k) {
        const double x1 = ring[k - 1].lon - place.lon;
        const double y1 = ring[k - 1].lat - place.lat;
        const double x2 = ring[k].lon - place.lon;
        const double y2 = ring[k].lat - place.lat;
        turn += std::atan2(x1 * y2 - x2 * y1, x1 * x2 + y1 * y2);
      }
      ASSERT_EQ(contains(area, place), std::abs(turn) > kPi);
    }
  }
}

TEST(AreaContains, PlaceOnASharedEdgeBelongsToExactlyOneSide) {
  // Two triangles share a slanting edge, which each of them runs through in its own direction.
  const Position a{0.1, 0.3};
  const Position b{1.7, 2.9};
  Area west;
  west.rings = {{a, b, {1.7, 0.3}, a}};
  Area east;
  east.rings = {{b, a, {0.1, 2.9}, b}};
  for (int i = 1; i < 1000; ++i) {
    const double share = i / 1000.0;
    const Position place{a.lat + share * (b.lat - a.lat), a.lon + share * (b.lon - a.lon)};
    ASSERT_NE(contains(west, place), contains(east, place)) << i;
  }
}

TEST(AreaContains, CornerOfAGridBelongsToExactlyOneCell) {
  for (int lon = 1; lon < 4; ++lon) {
    for (int lat = 1; lat < 4; ++lat) {
      int owners = 0;
      for (int x = 0; x < 4; ++x) {
        for (int y = 0; y < 4; ++y) {
          owners += contains(square(x, y, 1), {double(lat), double(lon)}) ? 1 : 0;
        }
      }
      EXPECT_EQ(owners, 1);
    }
  }
}

TEST(AreaLevel, NamesReadBack) {
  for (int i = 0; i < 6; ++i) {
    const auto level = static_cast<AreaLevel>(i);
    EXPECT_EQ(parse_area_level(to_text(level)), level);
  }
  EXPECT_EQ(parse_area_level(" 小学校区"), AreaLevel::SchoolDistrict);
  EXPECT_EQ(parse_area_level("町"), std::nullopt);
}

TEST(AreaTree, AreasThatEncloseEachOtherAreRefusedByCode) {
  Area a;
  a.level = AreaLevel::Town;
  a.code = "A";
  a.parent = "B";
  Area b = a;
  b.code = "B";
  b.parent = "A";
  EXPECT_THAT(
      [&] {
        check_area_tree({a, b});
      },
      testing::ThrowsMessage<InputError>(testing::HasSubstr("元に戻ります")));
  b.parent = "";
  EXPECT_NO_THROW(check_area_tree({a, b}));
}

TEST(ParseAreas, OwnPropertiesInJapaneseAndEnglish) {
  const AreaFile file = parse_areas(collection(
      feature(R"({"区分":"小学校区","コード":"e1","名称":"緑小","親コード":"k1","人口":120})") +
      "," + feature(R"({"level":"自治会","code":7,"name":"緑会","parent":"e1"})")));
  ASSERT_EQ(file.areas.size(), 2U);
  EXPECT_EQ(file.areas[0].level, AreaLevel::SchoolDistrict);
  EXPECT_EQ(file.areas[0].code, "e1");
  EXPECT_EQ(file.areas[0].name, "緑小");
  EXPECT_EQ(file.areas[0].parent, "k1");
  EXPECT_EQ(file.areas[0].population, 120);
  EXPECT_TRUE(contains(file.areas[0], {35.5, 139.5}));
  EXPECT_EQ(file.areas[1].level, AreaLevel::Neighbourhood);
  EXPECT_EQ(file.areas[1].code, "7");
  EXPECT_EQ(file.areas[1].population, std::nullopt);
  EXPECT_THAT(file.notes, IsEmpty());
}

TEST(ParseAreas, CensusPropertiesAreTowns) {
  const AreaFile file = parse_areas(
      "\xEF\xBB\xBF" +
      collection(
          feature(
              R"({"KEY_CODE":"132290010","S_NAME":"緑町","CITY_NAME":"架空市","population":"42"})") +
          "," + feature(R"({"key":"132290020","moji":"本町","population":"X"})")));
  EXPECT_EQ(file.areas[0].level, AreaLevel::Town);
  EXPECT_EQ(file.areas[0].name, "緑町");
  EXPECT_EQ(file.areas[0].population, 42);
  EXPECT_EQ(file.areas[1].code, "132290020");
  EXPECT_EQ(file.areas[1].population, std::nullopt);
  EXPECT_THAT(file.notes, ElementsAre(HasSubstr("地物 2: 人口")));
}

TEST(ParseAreas, PiecesOfOneAreaAreMerged) {
  const std::string two =
      R"({"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[3,3],[4,3],[4,4],[3,3]]]]})";
  const AreaFile file = parse_areas(collection(feature(R"({"code":"a"})") + "," +
                                               feature(R"({"code":"a","population":"5"})", two)));
  ASSERT_EQ(file.areas.size(), 1U);
  EXPECT_EQ(file.areas[0].rings.size(), 3U);
  EXPECT_EQ(file.areas[0].population, 5);
  EXPECT_TRUE(contains(file.areas[0], {35.5, 139.5}));
  EXPECT_TRUE(contains(file.areas[0], {3.2, 3.5}));
  EXPECT_THAT(file.notes, ElementsAre(HasSubstr("まとめました")));
}

TEST(ParseAreas, OneCodeAtTwoLevelsIsTwoAreas) {
  EXPECT_EQ(parse_areas(collection(feature(R"({"区分":"圏域","code":"1"})") + "," +
                                   feature(R"({"区分":"自治会","code":"1"})")))
                .areas.size(),
            2U);
}

TEST(ParseAreas, UnusableFeaturesAreLeftOutWithANote) {
  const AreaFile file = parse_areas(collection(
      feature(R"({"code":"ok"})") + "," + feature(R"({"name":"秘密の名"})") + "," +
      feature(R"({"code":"b","区分":"秘密の区分"})") + "," +
      feature(R"({"code":"c"})", R"({"type":"Point","coordinates":[139,35]})") + "," +
      feature(
          R"({"code":"d"})",
          R"({"type":"Polygon","coordinates":[[[-21000,-34000],[1,2],[3,4],[-21000,-34000]]]})") +
      "," + feature(R"({"code":"e"})", R"({"type":"Polygon","coordinates":[[["x",1]]]})") + "," +
      feature(R"({"code":"f"})", R"({"type":"Polygon","coordinates":[[[1,1],[2,2]]]})") + "," +
      R"({"type":"Feature","properties":null,"geometry":null})" + "," + "5"));
  ASSERT_EQ(file.areas.size(), 1U);
  EXPECT_EQ(file.notes.size(), 10U);  // the seventh feature: closed, too short, no ring left
  EXPECT_THAT(testing::PrintToString(file.notes), Not(HasSubstr("秘密")));
  EXPECT_THAT(file.notes[3], HasSubstr("EPSG:6668"));
}

TEST(ParseAreas, OpenRingIsClosed) {
  const AreaFile file = parse_areas(collection(feature(
      R"({"code":"a"})", R"({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2]]]})")));
  EXPECT_EQ(file.areas[0].rings[0].size(), 5U);
  EXPECT_TRUE(contains(file.areas[0], {1, 0.5}));
  EXPECT_THAT(file.notes, ElementsAre(HasSubstr("閉じました")));
}

TEST(ParseAreas, BrokenJsonIsRefusedByPlaceWithoutItsContent) {
  const std::string message = refusal(R"({"features":[{"name":"秘密" x]})");
  EXPECT_THAT(message, HasSubstr("バイト目"));
  EXPECT_THAT(message, Not(HasSubstr("秘密")));
  EXPECT_THAT(message, Not(HasSubstr("name")));
  EXPECT_THAT(refusal("[1e999]"), Not(HasSubstr("999")));
  EXPECT_THAT(refusal("{\"a\":\"\x83\"}"), HasSubstr("バイト目"));
}

TEST(ParseAreas, FileWithoutAUsableAreaIsRefused) {
  EXPECT_THAT(refusal("[]"), HasSubstr("FeatureCollection"));
  EXPECT_THAT(refusal("{}"), HasSubstr("FeatureCollection"));
  EXPECT_THAT(refusal(""), HasSubstr("JSON"));
  EXPECT_THAT(refusal(collection("")), HasSubstr("使える区域"));
  EXPECT_THAT(refusal(collection(feature(R"({"name":"x"})"))),
              HasSubstr("地物 1: コードがありません"));
}

}  // namespace
}  // namespace registry
