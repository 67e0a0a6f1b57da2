// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "gis_files.hpp"
#include "route/error.hpp"
#include "route/gis_import.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Texts = std::vector<std::pair<std::string, std::string>>;

RoadImport import_with(const Texts& texts, const std::string& mapping) {
  const support::ScratchFolder folder;
  support::write_lines({"GPKG", folder / "roads.gpkg", 6668, {}},
                       {{{{139.5, 35.7}, {139.51, 35.7}}, texts}});
  return import_gis(folder / "roads.gpkg", parse_gis_columns(mapping));
}

Road road_with(const Texts& texts, const std::string& mapping) {
  return import_with(texts, mapping).graph.road(EdgeId{0});
}

std::string default_mapping() {
  std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/data/rules/road_columns.toml");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(GisColumns, WhatHasNoColumnIsUnknown) {
  const auto roads = import_with({{"道路の種類", "市道"}, {"幅", "6"}}, "");
  const Road& road = roads.graph.road(EdgeId{0});
  EXPECT_EQ(road.road_class, RoadClass::Unknown);
  EXPECT_EQ(road.foot, Tri::Unknown);
  EXPECT_EQ(road.vehicle, Tri::Unknown);
  EXPECT_EQ(road.width_cm, 0);
  EXPECT_EQ(road.surface, Surface::Unknown);
  EXPECT_EQ(road.lit, Tri::Unknown);
  EXPECT_EQ(road.incline_permille, Road::kUnknownIncline);
  EXPECT_THAT(roads.report.remarks, IsEmpty());
}

TEST(GisColumns, WidthsCarryTheUnitOfTheColumn) {
  const auto width = [](const std::string& text, const std::string& unit) {
    return road_with({{"幅", text}}, "[width]\ncolumn=\"幅\"\nunit=\"" + unit +
                                         "\"\nvalues={\"99.9\"=\"\", \"3-5.5\"=\"3.0\"}")
        .width_cm;
  };
  EXPECT_EQ(width("4.5", "m"), 450);
  EXPECT_EQ(width("450", "cm"), 450);
  EXPECT_EQ(width("3-5.5", "m"), 300);
  EXPECT_EQ(width("99.9", "m"), 0);
  EXPECT_EQ(width("0", "m"), 0);
  EXPECT_EQ(width("80 cm", "m"), 80);
  EXPECT_EQ(width("5.5m～13.0m", "m"), 550);
}

TEST(GisColumns, InclinesCarryTheUnitOfTheColumn) {
  const auto incline = [](const std::string& text, const std::string& unit) {
    return road_with({{"s", text}}, "[incline]\ncolumn=\"s\"\nunit=\"" + unit + "\"")
        .incline_permille;
  };
  EXPECT_EQ(incline("8", "%"), 80);
  EXPECT_EQ(incline("-80", "permille"), -80);
  EXPECT_EQ(incline("5", "degree"), 87);
}

TEST(GisColumns, YesAndNoAreReadAsDatabasesWriteThem) {
  for (const char* yes : {"1", "T", "true", "yes", "Y"}) {
    EXPECT_EQ(road_with({{"橋", yes}}, "[bridge]\ncolumn=\"橋\"").bridge, 1) << yes;
    EXPECT_EQ(road_with({{"l", yes}}, "[lit]\ncolumn=\"l\"").lit, Tri::Yes) << yes;
    EXPECT_EQ(road_with({{"o", yes}}, "[oneway]\ncolumn=\"o\"").oneway_vehicle, 1) << yes;
  }
  for (const char* no : {"0", "F", "false", "no", "N", "maybe"}) {
    EXPECT_EQ(road_with({{"橋", no}}, "[bridge]\ncolumn=\"橋\"").bridge, 0) << no;
  }
}

TEST(GisColumns, AccessFollowsTheRulesOfTheClass) {
  const std::string mapping = "[class]\ncolumn=\"c\"\n[access]\ncolumn=\"a\"\n[foot]\ncolumn=\"f\"";
  EXPECT_EQ(road_with({{"c", "residential"}}, mapping).foot, Tri::Yes);
  EXPECT_EQ(road_with({{"c", "motorway"}}, mapping).foot, Tri::No);
  EXPECT_EQ(road_with({{"c", "primary"}}, mapping).foot, Tri::Unknown);
  EXPECT_EQ(road_with({{"c", "service"}, {"a", "private"}}, mapping).foot, Tri::No);
  EXPECT_EQ(road_with({{"c", "service"}, {"a", "no"}, {"f", "yes"}}, mapping).foot, Tri::Yes);
}

TEST(GisColumns, StairsAreAClassOfTheirOwn) {
  const Road road = road_with(
      {{"階段", "有"}, {"段", "24"}},
      "[class]\notherwise=\"footway\"\n[steps]\ncolumn=\"階段\"\nvalues={\"有\"=\"yes\"}\n"
      "[step_count]\ncolumn=\"段\"");
  EXPECT_EQ(road.road_class, RoadClass::Steps);
  EXPECT_EQ(road.step_count, 24);
  EXPECT_EQ(road.vehicle, Tri::No);
}

TEST(GisColumns, TheFirstFilledColumnCountsAndOtherwiseIsForSilence) {
  const std::string mapping = "[surface]\ncolumn=[\"new\", \"old\"]\notherwise=\"asphalt\"";
  EXPECT_EQ(road_with({{"new", "gravel"}, {"old", "sand"}}, mapping).surface, Surface::Gravel);
  EXPECT_EQ(road_with({{"new", " "}, {"old", "sand"}}, mapping).surface, Surface::Soft);
  EXPECT_EQ(road_with({{"new", ""}, {"old", ""}}, mapping).surface, Surface::Paved);
  EXPECT_EQ(road_with({{"new", "lava"}, {"old", "sand"}}, mapping).surface, Surface::Unknown);
}

TEST(GisColumns, WhatIsNotUnderstoodIsCountedWithoutItsText) {
  const auto roads = import_with({{"種別", "山田太郎の私道"}, {"番号", "A-1"}},
                                 "[class]\ncolumn=\"種別\"\n[id]\ncolumn=\"番号\"\n"
                                 "[width]\ncolumn=\"幅\"");
  ASSERT_EQ(roads.report.remarks.size(), 3);
  for (const auto& [what, count] : roads.report.remarks) {
    EXPECT_EQ(count, 1);
    EXPECT_EQ(what.find("山田"), std::string::npos);
  }
  EXPECT_EQ(roads.graph.road(EdgeId{0}).road_class, RoadClass::Unknown);
  EXPECT_EQ(roads.graph.road(EdgeId{0}).way_id, 0);
}

std::string refusal_of(const std::string& toml) {
  try {
    (void)parse_gis_columns(toml);
  } catch (const InputError& refusal) {
    return refusal.what();
  }
  return "";
}

TEST(GisColumns, AMappingWithAMistakeIsRefusedByName) {
  EXPECT_THAT(refusal_of("[klass]\ncolumn=\"a\""), HasSubstr("klass"));
  EXPECT_THAT(refusal_of("[class]\ncolumns=\"a\""), HasSubstr("class.columns"));
  EXPECT_THAT(refusal_of("[class]\nvalues={\"市道\"=\"residental\"}"), HasSubstr("residental"));
  EXPECT_THAT(refusal_of("[surface]\notherwise=\"lava\""), HasSubstr("lava"));
  EXPECT_THAT(refusal_of("[width]\nunit=\"feet\""), HasSubstr("unit"));
  EXPECT_THAT(refusal_of("[lit]\nunit=\"m\""), HasSubstr("unit"));
  EXPECT_THAT(refusal_of("[name]\notherwise=\"x\""), HasSubstr("name"));
  EXPECT_THAT(refusal_of("tolerance_m = -1"), HasSubstr("tolerance_m"));
  EXPECT_THAT(refusal_of("tolerance_m = nan"), HasSubstr("tolerance_m"));
  EXPECT_THAT(refusal_of("tolerance_m = 11"), HasSubstr("tolerance_m"));
  EXPECT_THAT(refusal_of("encoding = \"latin1\""), HasSubstr("encoding"));
  EXPECT_THAT(refusal_of("epsg = \"6677\""), HasSubstr("epsg"));
  EXPECT_THAT(refusal_of("class = \"a\""), HasSubstr("class"));
  EXPECT_THAT(refusal_of("[class\n"), HasSubstr("1 行目"));
  EXPECT_EQ(refusal_of(""), "");
}

TEST(GisColumns, TheMappingOfTheHouseReadsTheColumnsOfOpenStreetMap) {
  const Road road = road_with({{"fclass", "track_grade2"},
                               {"oneway", "F"},
                               {"bridge", "T"},
                               {"layer", "1"},
                               {"width", "2.5"},
                               {"tunnel", "F"},
                               {"surface", "fine_gravel"}},
                              default_mapping());
  EXPECT_EQ(road.road_class, RoadClass::Track);
  EXPECT_EQ(road.oneway_vehicle, 1);
  EXPECT_EQ(road.bridge, 1);
  EXPECT_EQ(road.tunnel, 0);
  EXPECT_EQ(road.layer, 1);
  EXPECT_EQ(road.width_cm, 250);
  EXPECT_EQ(road.surface, Surface::Compacted);
}

}  // namespace
}  // namespace route
