// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "draw.hpp"
#include "route/closure.hpp"
#include "route/error.hpp"
#include "scratch_file.hpp"

namespace {

using route::Closure;
using route::ClosureImport;
using route::import_closures;
using route::LatLon;
using support::ScratchFile;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kSquare =
    R"({"type":"Polygon","coordinates":[[[139.0,35.0],[139.1,35.0],[139.1,35.1],[139.0,35.1],[139.0,35.0]]]})";
constexpr std::string_view kLine =
    R"({"type":"LineString","coordinates":[[139.0,35.0],[139.1,35.1]]})";

std::string feature(std::string_view properties, std::string_view geometry = "null") {
  return R"({"type":"Feature","properties":{)" + std::string(properties) + R"(},"geometry":)" +
         std::string(geometry) + "}";
}

std::string collection(const std::vector<std::string>& features) {
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (const std::string& one : features) {
    text += (text.back() == '[' ? "" : ",") + one;
  }
  return text + "]}";
}

ClosureImport imported(const std::vector<std::string>& features) {
  const ScratchFile file("closures.geojson", collection(features));
  return import_closures(file.path());
}

std::string polygon(std::string_view ring) {
  return R"({"type":"Polygon","coordinates":[)" + std::string(ring) + "]}";
}

TEST(ClosureImport, ReadsAreasLinesAndWaysWithTimeReasonAndProfiles) {
  const auto result = imported({
      feature(R"("kind":"area","reason":"崖の点検","from_min":30,"until_min":90.5)", kSquare),
      feature(R"("kind":"line","profiles":"wheelchair;stretcher")", kLine),
      feature(R"("kind":"way","way":"101;102")"),
  });
  EXPECT_THAT(result.report.dropped, IsEmpty());
  EXPECT_THAT(result.report.repaired, IsEmpty());
  ASSERT_EQ(result.closures.size(), 3U);
  EXPECT_EQ(result.closures[0].areas.at(0).rings.at(0).size(), 5U);
  EXPECT_EQ(result.closures[0].from_s, 1800U);
  EXPECT_EQ(result.closures[0].until_s, 5430U);
  EXPECT_EQ(result.closures[0].reason, "崖の点検");
  EXPECT_EQ(result.closures[1].lines.at(0).back(), route::from_degrees(35.1, 139.1));
  EXPECT_THAT(result.closures[1].profiles, ElementsAre("wheelchair", "stretcher"));
  EXPECT_EQ(result.closures[1].from_s, std::nullopt);
  EXPECT_THAT(result.closures[2].ways, ElementsAre(101, 102));
}

TEST(ClosureImport, WayIdsMayBeANumberAListOrAText) {
  for (const std::string_view ways :
       {"\"4000000001\"", "4000000001", "[4000000001]", "\"[4000000001]\""}) {
    const auto result = imported({feature(R"("way":)" + std::string(ways))});
    EXPECT_THAT(result.closures.at(0).ways, ElementsAre(4'000'000'001)) << ways;
  }
  EXPECT_THAT(imported({feature(R"("way":[7,8])")}).closures.at(0).ways, ElementsAre(7, 8));
  EXPECT_THAT(
      imported({feature(R"("way":7,"profiles":["walk","vehicle"])")}).closures.at(0).profiles,
      ElementsAre("walk", "vehicle"));
}

TEST(ClosureImport, WithoutAKindEverythingThereIsCloses) {
  const auto result = imported({feature(R"("way":5)", kSquare)});
  EXPECT_EQ(result.closures.at(0).areas.size(), 1U);
  EXPECT_THAT(result.closures.at(0).ways, ElementsAre(5));
}

TEST(ClosureImport, PartsOfAMultipolygonAreAreasOfTheirOwn) {
  const auto result = imported({feature(
      "",
      R"({"type":"MultiPolygon","coordinates":[[[[139,35],[139.1,35],[139.1,35.1],[139,35]]],[[[139,35],[139.1,35],[139.1,35.1],[139,35]]]]})")});
  EXPECT_EQ(result.closures.at(0).areas.size(), 2U);
}

TEST(ClosureImport, CoordinatesTheWrongWayRoundAreTurned) {
  const auto result =
      imported({feature("", polygon("[[35.0,139.0],[35.0,139.1],[35.1,139.1],[35.0,139.0]]")),
                feature("", R"({"type":"LineString","coordinates":[[35.0,139.0],[35.1,139.1]]})")});
  EXPECT_THAT(result.report.repaired, ElementsAre(HasSubstr("1番目の図形: 緯度と経度が逆"),
                                                  HasSubstr("2番目の図形: 緯度と経度が逆")));
  EXPECT_EQ(result.closures.at(0).areas.at(0).rings.at(0).front(),
            route::from_degrees(35.0, 139.0));
  EXPECT_EQ(result.closures.at(1).lines.at(0).back(), route::from_degrees(35.1, 139.1));
}

TEST(ClosureImport, WhatCanBeMendedIsMendedAndNamed) {
  const auto result = imported({
      feature("", polygon("[[139,35],[139.1,35],[139.1,35.1]]")),
      feature("", polygon("[[139,35],[139.1,35.1],[139.1,35],[139,35.1],[139,35]]")),
      feature(
          "",
          polygon("[[139,35],[139.1,35],[139.1,35.1],[139,35]],[[139,35],[139.1,35],[139,35]]")),
      feature(R"("way":1,"from_min":"soon")"),
      feature(R"("way":1,"from_min":"60","until_min":"60")"),
      feature(R"("way":1,"until_min":"-5")"),
  });
  EXPECT_THAT(result.report.dropped, IsEmpty());
  EXPECT_THAT(
      result.report.repaired,
      ElementsAre(HasSubstr("1番目の図形: 閉じていない輪"), HasSubstr("2番目の図形: 輪が自分自身"),
                  HasSubstr("3番目の図形: 3点に満たない穴"), HasSubstr("初めから閉じる"),
                  HasSubstr("終わりまで閉じる"), HasSubstr("終わりまで閉じる")));
  EXPECT_EQ(result.closures.at(3).from_s, std::nullopt);
  EXPECT_EQ(result.closures.at(4).from_s, 3600U);
  EXPECT_EQ(result.closures.at(4).until_s, std::nullopt);
}

TEST(ClosureImport, WhatCannotBeUnderstoodIsLeftOutWithItsReason) {
  const auto result = imported({
      feature(R"("way":1)"),
      feature(R"("kind":"frogs")", kSquare),
      feature(R"("kind":"line")", kSquare),
      feature(R"("kind":"area")", kLine),
      feature(R"("kind":"way")", kSquare),
      feature("", R"({"type":"Point","coordinates":[139,35]})"),
      feature(R"("way":"main street")"),
      feature(R"("way":"0")"),
      feature("", polygon("[[139,35],[139.1,35],[139,35]]")),
      feature("", polygon("[[139,35],[139.1,35],[14000000,4100000],[139,35]]")),
      feature("", R"({"type":"LineString","coordinates":[[139,35],[139,35]]})"),
      feature(R"("reason":"nothing drawn")"),
  });
  EXPECT_EQ(result.report.features_read, 12U);
  EXPECT_EQ(result.report.closures, 1U);
  EXPECT_THAT(result.report.dropped,
              ElementsAre(HasSubstr("2番目の図形: 列 kind が area"), HasSubstr("言う line"),
                          HasSubstr("言う area"), HasSubstr("言う way"), HasSubstr("面も線も"),
                          HasSubstr("列 way"), HasSubstr("列 way"), HasSubstr("3点に満たない輪"),
                          HasSubstr("地球上にない点"), HasSubstr("2点に満たない線"),
                          HasSubstr("面も線も")));
}

TEST(ClosureImport, ACoordinateThatIsNoNumberLeavesTheShapeOut) {
  const auto result = imported(
      {feature(R"("way":"1")"), feature("", polygon("[[139,35],[NaN,35],[139.1,35.1],[139,35]]"))});
  EXPECT_EQ(result.closures.size(), 1U);
  EXPECT_THAT(result.report.dropped, ElementsAre(HasSubstr("2番目の図形")));
}

TEST(ClosureImport, FilesWithoutOneUsableClosureAreRefusedAndAnEmptyOneLiftsAll) {
  EXPECT_THROW(static_cast<void>(imported({feature(R"("kind":"frogs")", kSquare)})),
               route::InputError);
  const ScratchFile text("closures.geojson", "{");
  EXPECT_THROW(static_cast<void>(import_closures(text.path())), route::InputError);
  EXPECT_THROW(static_cast<void>(import_closures("/nonexistent/closures.geojson")),
               route::InputError);
  EXPECT_THAT(imported({}).closures, IsEmpty());
}

TEST(ClosureImport, CoordinatesOfAPlaneSystemAreTurnedIntoDegrees) {
  const ScratchFile file(
      "closures.geojson",
      R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2451"}},"features":[)" +
          feature("", R"({"type":"LineString","coordinates":[[0,0],[1000,0]]})") + "]}");
  const auto line = import_closures(file.path()).closures.at(0).lines.at(0);
  EXPECT_NEAR(line[0].lat(), 36.0, 1e-6);
  EXPECT_NEAR(route::distance_m(line[0], line[1]), 1000, 0.3);
}

TEST(ClosureGeojson, IsReadBackUnchanged) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    support::Draw random(seed);
    const auto place = [&random] {
      return LatLon{static_cast<std::int32_t>(random(1'600'000'000)) - 800'000'000,
                    static_cast<std::int32_t>(random(1'700'000'000)) - 1'700'000'000};
    };
    const auto triangle = [](LatLon at) {
      return route::Polyline{at, {at.lat_e7, at.lon_e7 + 9}, {at.lat_e7 + 7, at.lon_e7}, at};
    };
    std::vector<Closure> closures;
    for (int i = 0; i < 9; ++i) {
      Closure closure;
      if (i % 3 == 0) {
        closure.areas = {{{triangle(place()), triangle(place())}}, {{triangle(place())}}};
      } else if (i % 3 == 1) {
        closure.lines = {{place(), place(), place()}, {place(), place()}};
      } else {
        closure.ways = {1 + static_cast<std::int64_t>(random(9)) * 1'000'000'007, 3};
      }
      if (random(2) == 0) {
        closure.from_s = random(1000);
        closure.until_s = *closure.from_s + 1 + random(100'000);
      }
      closure.reason = random(2) == 0 ? "「橋」の\"点検\"\\\n中" : "";
      if (random(2) == 0) {
        closure.profiles = {"walk", "wheelchair_self"};
      }
      closures.push_back(closure);
    }
    const std::string text = closures_geojson(closures);
    const ScratchFile file("closures.geojson", text);
    const auto read = import_closures(file.path());
    EXPECT_THAT(read.report.repaired, IsEmpty());
    EXPECT_THAT(read.report.dropped, IsEmpty());
    EXPECT_EQ(closures_geojson(read.closures), text);
    ASSERT_EQ(read.closures.size(), closures.size());
    for (std::size_t i = 0; i < closures.size(); ++i) {
      EXPECT_EQ(read.closures[i].lines, closures[i].lines);
      EXPECT_EQ(read.closures[i].ways, closures[i].ways);
      EXPECT_EQ(read.closures[i].from_s, closures[i].from_s);
      EXPECT_EQ(read.closures[i].reason, closures[i].reason);
    }
  }
}

}  // namespace
