// SPDX-License-Identifier: Apache-2.0
#include "route/hazard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "draw.hpp"
#include "route/error.hpp"
#include "scratch_file.hpp"
#include "support/map_sketch.hpp"

namespace {

using route::EdgeHazard;
using route::HazardImport;
using route::HazardKind;
using route::HazardMap;
using route::HazardZone;
using route::import_hazards;
using route::LatLon;
using support::MapSketch;
using support::ScratchFile;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

HazardZone zone_of(HazardKind kind, std::uint8_t rank, std::vector<route::Polyline> rings) {
  HazardZone zone{kind, rank, {}, std::move(rings), {}};
  for (const auto& ring : zone.rings) {
    for (const LatLon point : ring) {
      zone.box.add(point);
    }
  }
  return zone;
}

route::Polyline square(LatLon middle, std::int32_t half_e7) {
  const auto corner = [&](int north, int east) {
    return LatLon{middle.lat_e7 + north * half_e7, middle.lon_e7 + east * half_e7};
  };
  return {corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1), corner(-1, -1)};
}

constexpr std::string_view kSquare =
    "[[139.0,35.0],[139.1,35.0],[139.1,35.1],[139.0,35.1],[139.0,35.0]]";

std::string feature(std::string_view properties, std::string_view ring = kSquare) {
  return R"({"type":"Feature","properties":{)" + std::string(properties) +
         R"(},"geometry":{"type":"Polygon","coordinates":[)" + std::string(ring) + "]}}";
}

std::string collection(const std::string& features, std::string_view name = "zones") {
  return R"({"type":"FeatureCollection","name":")" + std::string(name) + R"(","features":[)" +
         features + "]}";
}

HazardImport imported(const std::string& geojson) {
  const ScratchFile file("zones.geojson", geojson);
  return import_hazards(file.path());
}

std::string fault_of(const std::string& text, const std::string& name = "zones.geojson") {
  const ScratchFile file(name, text);
  try {
    static_cast<void>(import_hazards(file.path()));
  } catch (const route::InputError& error) {
    return error.what();
  }
  return "no fault";
}

struct ColumnCase {
  std::string_view properties;
  HazardKind kind;
  int rank;
};

TEST(HazardImport, ColumnsOfEveryKnownSource) {
  const std::vector<ColumnCase> cases{
      {R"("kind":"storm_surge","rank":3)", HazardKind::StormSurge, 3},
      {R"("kind":"fire")", HazardKind::Fire, 1},
      {R"("kind":"blockage","rank":5)", HazardKind::Blockage, 5},
      {R"("A31a_201":8404,"A31a_205":4)", HazardKind::Flood, 4},
      {R"("A31a_205":" 2 ")", HazardKind::Flood, 2},
      {R"("A33_001":1,"A33_002":2)", HazardKind::Landslide, 2},
      {R"("A33_001":2,"A33_002":3)", HazardKind::Landslide, 1},
      {R"("種類":2,"浸水ランク":1)", HazardKind::Flood, 1},
      {R"("種類":"3","浸水ランク":"4")", HazardKind::Tsunami, 4},
      {R"("区域区分":2)", HazardKind::Landslide, 2},
      {R"("最大浸水深":"0.3m未満の区域")", HazardKind::InlandFlood, 1},
      {R"("最大浸水深":"0.5~1.0m未満の区域")", HazardKind::InlandFlood, 2},
      {R"("最大浸水深":"5.0~10.0m未満の区域")", HazardKind::InlandFlood, 4},
      {R"("最大浸水深":"20m以上")", HazardKind::InlandFlood, 6},
  };
  for (const ColumnCase& one : cases) {
    const auto result = imported(collection(feature(one.properties), "内水浸水想定区域"));
    ASSERT_EQ(result.map.zones.size(), 1U) << one.properties;
    EXPECT_EQ(result.map.zones[0].kind, one.kind) << one.properties;
    EXPECT_EQ(result.map.zones[0].rank, one.rank) << one.properties;
    EXPECT_THAT(result.report.dropped, IsEmpty());
  }
}

TEST(HazardImport, WhatCannotBeUnderstoodIsDroppedWithItsReason) {
  const auto result = imported(collection(
      feature(R"("kind":"flood","rank":1)") + "," + feature(R"("kind":"frogs","rank":1)") + "," +
      feature(R"("kind":"blockage","rank":6)") + "," + feature(R"("kind":"flood")") + "," +
      feature(R"("A31a_205":"deep")") + "," + feature(R"("種類":9,"浸水ランク":1)") + "," +
      feature(R"("colour":"blue")") + "," + feature(R"("最大浸水深":"0.3m未満")") + "," +
      R"({"type":"Feature","properties":{"kind":"fire"},"geometry":null})"));
  EXPECT_EQ(result.report.features_read, 9U);
  EXPECT_EQ(result.report.zones, 1U);
  EXPECT_THAT(
      result.report.dropped,
      ElementsAre(HasSubstr("2番目の図形: 列 kind"), HasSubstr("列 rank"), HasSubstr("列 rank"),
                  HasSubstr("A31a_205"), HasSubstr("種類"), HasSubstr("どれもない"),
                  HasSubstr("最大浸水深"), HasSubstr("多角形がない")));
}

TEST(HazardImport, ArrivalIsReadInMinutesAndABrokenOneMeansFromTheStart) {
  const auto result =
      imported(collection(feature(R"("kind":"tsunami","rank":2,"arrival_min":"12.5")") + "," +
                          feature(R"("kind":"tsunami","rank":2,"arrival_min":"soon")")));
  EXPECT_EQ(result.map.zones[0].arrival_s, 750U);
  EXPECT_EQ(result.map.zones[1].arrival_s, std::nullopt);
  EXPECT_THAT(result.report.repaired, ElementsAre(HasSubstr("初めから危険")));
}

TEST(HazardImport, OpenRingsAreClosedAndRingsWithoutAnAreaLeftOut) {
  const auto result = imported(collection(
      feature(R"("kind":"flood","rank":1)", "[[139.0,35.0],[139.1,35.0],[139.1,35.1]]") + "," +
      feature(R"("kind":"flood","rank":1)", "[[139.0,35.0],[139.1,35.0],[139.0,35.0]]") + "," +
      feature(R"("kind":"flood","rank":1)",
              "[[139.0,35.0],[139.1,35.0],[139.1,35.1],[14000000,4100000],[139.0,35.0]]")));
  ASSERT_EQ(result.report.zones, 2U);
  const auto& ring = result.map.zones[0].rings[0];
  EXPECT_EQ(ring.size(), 4U);
  EXPECT_EQ(ring.front(), ring.back());
  EXPECT_THAT(result.report.repaired, ElementsAre(HasSubstr("1番目の図形: 閉じていない"),
                                                  HasSubstr("2番目の図形: 3点に満たない"),
                                                  HasSubstr("3番目の図形: 地球上にない点を1個")));
  EXPECT_THAT(result.report.dropped, ElementsAre(HasSubstr("2番目の図形")));
}

TEST(HazardImport, ARingThatCrossesItselfIsNamed) {
  const auto result = imported(
      collection(feature(R"("kind":"flood","rank":1)",
                         "[[139.0,35.0],[139.1,35.1],[139.1,35.0],[139.0,35.1],[139.0,35.0]]")));
  EXPECT_EQ(result.report.zones, 1U);
  EXPECT_THAT(result.report.repaired, ElementsAre(HasSubstr("自分自身と交わる")));
}

TEST(HazardImport, DepthIsKeptAsFinelyAsItIsSaid) {
  struct DepthCase {
    std::string_view properties;
    int rank;
    int depth_cm;
  };
  const std::vector<DepthCase> cases{
      {R"("kind":"flood","depth_cm":20)", 1, 20},
      {R"("kind":"flood","depth_cm":50)", 1, 50},
      {R"("kind":"flood","depth_cm":50.5)", 2, 51},
      {R"("kind":"flood","rank":2,"depth_cm":120)", 2, 120},
      {R"("kind":"flood","rank":2,"depth_cm":20)", 2, 0},   // they disagree: the deeper counts
      {R"("kind":"flood","rank":1,"depth_cm":80)", 2, 80},  // likewise
      {R"("最大浸水深":"0.3m未満の区域")", 1, 30},
      {R"("最大浸水深":"0.5~1.0m未満の区域")", 2, 100},
      {R"("最大浸水深":"20m以上")", 6, 0},
      {R"("A31a_205":1)", 1, 0},
  };
  for (const DepthCase& one : cases) {
    const auto result = imported(collection(feature(one.properties), "内水浸水想定区域"));
    EXPECT_EQ(result.map.zones[0].rank, one.rank) << one.properties;
    EXPECT_EQ(result.map.zones[0].depth_cm, one.depth_cm) << one.properties;
  }
  EXPECT_THAT(fault_of(collection(feature(R"("kind":"flood","depth_cm":0)"))),
              HasSubstr("depth_cm"));
  EXPECT_THAT(fault_of(collection(feature(R"("kind":"flood","rank":9,"depth_cm":10)"))),
              HasSubstr("rank"));
}

TEST(HazardImport, CoordinatesAreTurnedIntoDegrees) {
  // EPSG:2451, plane rectangular zone IX: the origin is at 36 N, 139 deg 50 min E.
  const std::string crs =
      R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2451"}},"features":[)";
  const auto result = imported(
      crs + feature(R"("kind":"flood","rank":1)", "[[0,0],[1000,0],[1000,1000],[0,0]]") + "]}");
  const auto& ring = result.map.zones[0].rings[0];
  EXPECT_NEAR(ring[0].lat(), 36.0, 1e-6);
  EXPECT_NEAR(ring[0].lon(), 139.0 + 50.0 / 60, 1e-6);
  EXPECT_NEAR(route::distance_m(ring[0], ring[1]), 1000, 0.3);
}

TEST(HazardImport, OverlappingPolygonsOfOneFeatureDoNotCancelOut) {
  const std::string twice =
      std::string("[") + std::string(kSquare) + "],[" + std::string(kSquare) + "]";
  const auto result = imported(collection(
      R"({"type":"Feature","properties":{"kind":"flood","rank":1},"geometry":{"type":"MultiPolygon","coordinates":[)" +
      twice + "]}}"));
  EXPECT_EQ(result.report.zones, 2U);
  EXPECT_NE(result.map.at(route::from_degrees(35.05, 139.05), HazardKind::Flood), nullptr);
}

TEST(HazardImport, FilesThatHoldNoHazardAreRefused) {
  EXPECT_THAT(fault_of(collection("")), HasSubstr("図形が一つもない"));
  EXPECT_THAT(fault_of(collection(feature(R"("name":"x")"))), HasSubstr("どれもない"));
  EXPECT_THAT(fault_of("kind,rank\nflood,1\n", "zones.csv"),
              HasSubstr("GeoJSON、シェープファイル"));
  EXPECT_THAT(fault_of("{"), HasSubstr("GeoJSON、シェープファイル"));
}

TEST(HazardImport, OnlyLocalFilesAreOpened) {
  const std::array<const char*, 4> names{
      "/vsicurl/https://example.invalid/zones.geojson", "/vsizip/vsicurl/x.zip/zones.geojson",
      "https://example.invalid/zones.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}"};
  for (const char* name : names) {
    EXPECT_THROW(static_cast<void>(import_hazards(name)), route::InputError) << name;
  }
}

TEST(HazardGeojson, IsReadBackUnchanged) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    support::Draw random(seed);
    HazardMap map;
    for (int i = 0; i < 12; ++i) {
      const LatLon middle{static_cast<std::int32_t>(random(1'600'000'000)) - 800'000'000,
                          static_cast<std::int32_t>(random(1'700'000'000)) - 1'700'000'000};
      const auto kind = static_cast<HazardKind>(random(7));
      HazardZone zone = zone_of(kind, static_cast<std::uint8_t>(1 + random(2)),
                                {square(middle, 5'000'003), square(middle, 7)});
      if (random(2) == 0) {
        zone.arrival_s = random(100'000);
      }
      if (is_water(kind) && random(2) == 0) {
        zone.depth_cm =
            static_cast<std::uint16_t>(zone.rank == 1 ? 1 + random(50) : 51 + random(250));
      }
      map.zones.push_back(zone);
    }
    const std::string text = route::hazards_geojson(map);
    const auto read = imported(text);
    EXPECT_THAT(read.report.repaired, IsEmpty());
    ASSERT_EQ(read.map.zones.size(), map.zones.size());
    for (std::size_t i = 0; i < map.zones.size(); ++i) {
      EXPECT_EQ(read.map.zones[i].kind, map.zones[i].kind);
      EXPECT_EQ(read.map.zones[i].rank, map.zones[i].rank);
      EXPECT_EQ(read.map.zones[i].arrival_s, map.zones[i].arrival_s);
      EXPECT_EQ(read.map.zones[i].depth_cm, map.zones[i].depth_cm);
      EXPECT_EQ(read.map.zones[i].rings, map.zones[i].rings);
      EXPECT_EQ(read.map.zones[i].box.low, map.zones[i].box.low);
    }
    EXPECT_EQ(route::hazards_geojson(read.map), text);
  }
}

TEST(HazardMap, GivesTheWorstZoneOfAKindAndHolesAreDry) {
  const LatLon home{357'000'000, 1'395'000'000};
  HazardMap map;
  map.zones = {zone_of(HazardKind::Flood, 2, {square(home, 5000)}),
               zone_of(HazardKind::Flood, 4, {square(home, 3000), square(home, 1000)}),
               zone_of(HazardKind::Landslide, 1, {square(home, 200)})};
  const LatLon ring{home.lat_e7 + 2000, home.lon_e7};
  EXPECT_EQ(map.at(home, HazardKind::Flood), map.zones.data());
  EXPECT_EQ(map.at(ring, HazardKind::Flood), &map.zones[1]);
  EXPECT_EQ(map.at(home, HazardKind::Tsunami), nullptr);
  EXPECT_EQ(map.at({home.lat_e7 + 9000, home.lon_e7}, HazardKind::Flood), nullptr);
  EXPECT_EQ(route::depth_bound_cm(1), 50);
  EXPECT_EQ(route::depth_bound_cm(6), 65535);
}

TEST(HazardEdges, AnEdgeIsMetWhereItsShapeTouchesAZone) {
  const MapSketch town(R"(
      a---------b---------c
                |
                d )",
                       10);
  const std::int32_t metres5 = 450;
  HazardMap map;
  const LatLon between = route::interpolate(town.position('a'), town.position('b'), 0.5);
  map.zones = {zone_of(HazardKind::Flood, 1, {square(between, metres5)}),
               zone_of(HazardKind::Tsunami, 2, {square(town.position('b'), 100 * metres5)})};
  map.zones[1].arrival_s = 1200;
  const auto met = route::hazards_on_edges(town.graph(), map);
  EXPECT_THAT(met[town.edge('a', 'b')], ElementsAre(EdgeHazard{HazardKind::Flood, 1, {}},
                                                    EdgeHazard{HazardKind::Tsunami, 2, 1200}));
  EXPECT_THAT(met[town.edge('b', 'd')], ElementsAre(EdgeHazard{HazardKind::Tsunami, 2, 1200}));
}

TEST(HazardEdges, WhatIsWorseThanEverythingBeforeItIsKept) {
  const MapSketch town("a---------b");
  HazardMap map;
  for (const auto& [rank, arrival] : {std::pair{1, 60}, std::pair{3, 600}, std::pair{2, 300}}) {
    map.zones.push_back(zone_of(HazardKind::Flood, static_cast<std::uint8_t>(rank),
                                {square(town.position('a'), 1000)}));
    map.zones.back().arrival_s = static_cast<std::uint32_t>(arrival);
  }
  // Each is worse than what was there before it; the middle one is overtaken by neither.
  EXPECT_THAT(
      route::hazards_on_edges(town.graph(), map)[town.edge('a', 'b')],
      ElementsAre(EdgeHazard{HazardKind::Flood, 1, 60}, EdgeHazard{HazardKind::Flood, 2, 300},
                  EdgeHazard{HazardKind::Flood, 3, 600}));
  map.zones[1].arrival_s = 200;
  EXPECT_THAT(
      route::hazards_on_edges(town.graph(), map)[town.edge('a', 'b')],
      ElementsAre(EdgeHazard{HazardKind::Flood, 1, 60}, EdgeHazard{HazardKind::Flood, 3, 200}));
  map.zones[1].arrival_s.reset();
  EXPECT_THAT(route::hazards_on_edges(town.graph(), map)[town.edge('a', 'b')],
              ElementsAre(EdgeHazard{HazardKind::Flood, 3, {}}));
}

TEST(HazardEdges, MeasuredDepthCountsBeforeTheClass) {
  const MapSketch town("a---------b");
  HazardMap map;
  for (const auto& [depth_cm, arrival] :
       {std::pair{20, 600}, std::pair{45, 900}, std::pair{0, 1200}, std::pair{10, 1500}}) {
    map.zones.push_back(zone_of(HazardKind::InlandFlood, 1, {square(town.position('a'), 1000)}));
    map.zones.back().depth_cm = static_cast<std::uint16_t>(depth_cm);
    map.zones.back().arrival_s = static_cast<std::uint32_t>(arrival);
  }
  const auto met = route::hazards_on_edges(town.graph(), map)[town.edge('a', 'b')];
  EXPECT_THAT(met, ElementsAre(EdgeHazard{HazardKind::InlandFlood, 1, 600, 20},
                               EdgeHazard{HazardKind::InlandFlood, 1, 900, 45},
                               EdgeHazard{HazardKind::InlandFlood, 1, 1200}));
  EXPECT_EQ(route::water_depth_cm(met[1]), 45);
  EXPECT_EQ(route::water_depth_cm(met[2]), 50);
}

TEST(HazardEdges, RubbleFallsOnBridgesToo) {
  const MapSketch town("a---------b", 10, [](char, char, route::Road& road) { road.bridge = 1; });
  HazardMap map;
  map.zones = {zone_of(HazardKind::Blockage, 2, {square(town.position('b'), 2000)})};
  EXPECT_THAT(route::hazards_on_edges(town.graph(), map)[town.edge('a', 'b')],
              ElementsAre(EdgeHazard{HazardKind::Blockage, 2, {}}));
}

TEST(HazardEdges, BridgesStandAboveShallowWaterAndTunnelsDoNot) {
  const MapSketch town("a---------b---------c", 10, [](char from, char to, route::Road& road) {
    road.bridge = from + to == 'a' + 'b' ? 1 : 0;
    road.tunnel = from + to == 'b' + 'c' ? 1 : 0;
  });
  HazardMap map;
  map.zones = {zone_of(HazardKind::Flood, 2, {square(town.position('b'), 2000)}),
               zone_of(HazardKind::Landslide, 1, {square(town.position('b'), 2000)})};
  auto met = route::hazards_on_edges(town.graph(), map);
  EXPECT_THAT(met[town.edge('a', 'b')], ElementsAre(EdgeHazard{HazardKind::Landslide, 1, {}}));
  EXPECT_EQ(met[town.edge('b', 'c')].size(), 2U);
  map.zones[0].rank = 3;
  EXPECT_EQ(route::hazards_on_edges(town.graph(), map)[town.edge('a', 'b')].size(), 2U);
}

/// Slow and plain: does any of many points on the line lie in the zone?
bool sampled_touch(const HazardZone& zone, std::span<const LatLon> line) {
  HazardMap map;
  map.zones = {zone};
  for (std::size_t i = 1; i < line.size(); ++i) {
    for (int step = 0; step <= 400; ++step) {
      if (map.at(route::interpolate(line[i - 1], line[i], step / 400.0), zone.kind) != nullptr) {
        return true;
      }
    }
  }
  return false;
}

TEST(HazardEdges, ManySidedZonesAgreeWithSampling) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    support::Draw random(seed);
    const MapSketch town(R"(
      a----b----c----d
      |    |    |    |
      e----f----g----h )",
                         50);
    const LatLon middle = route::interpolate(town.position('a'), town.position('h'), 0.5);
    route::Polyline star;
    for (int i = 0; i < 900; ++i) {
      const double angle = i * 2 * 3.14159265358979 / 900;
      const double reach = 8'000 + random(20'000);
      star.push_back({middle.lat_e7 + static_cast<std::int32_t>(reach * std::sin(angle)),
                      middle.lon_e7 + static_cast<std::int32_t>(reach * std::cos(angle))});
    }
    star.push_back(star.front());
    HazardMap map;
    map.zones = {zone_of(HazardKind::Flood, 1, {star})};
    const auto met = route::hazards_on_edges(town.graph(), map);
    for (const route::EdgeId edge : town.graph().edges()) {
      if (sampled_touch(map.zones[0], town.graph().shape(edge))) {
        EXPECT_EQ(met[edge].size(), 1U);
      }
    }
    const HazardZone far = zone_of(HazardKind::Fire, 1, {square({0, 0}, 1000)});
    map.zones = {far};
    for (const auto& hazards : route::hazards_on_edges(town.graph(), map)) {
      EXPECT_THAT(hazards, IsEmpty());
    }
  }
}

}  // namespace
