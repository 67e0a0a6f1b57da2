// SPDX-License-Identifier: Apache-2.0

// One invented hill, written as GeoTIFF, as 標高タイル and as 数値標高モデル: all must give the
// same slopes.

#include <cpl_vsi.h>
#include <gdal.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_srs_api.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <numbers>
#include <random>
#include <string>

#include "route/elevation.hpp"
#include "route/error.hpp"
#include "route/graph_builder.hpp"
#include "support/file_bytes.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

namespace fs = std::filesystem;
using support::bytes_of;
using ::testing::HasSubstr;

constexpr double kLat = 35.342;  // near a corner where four sheets meet
constexpr double kLon = 138.5;
constexpr double kSpan = 0.006;  // degrees either way
constexpr double kNothing = -9999;

double hill(double lat, double lon) {
  return 40 + 9000 * (lat - kLat) + 5000 * (lon - kLon) + 6 * std::sin((lon - kLon) * 1500);
}

/// East of this there is sea in the models with a gap.
double hill_by_the_sea(double lat, double lon) {
  return lon > kLon + 0.004 ? kNothing : hill(lat, lon);
}

using Ground = std::function<double(double lat, double lon)>;

/// Roads in all directions, with a fixed seed.
RoadGraph roads() {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> place(-kSpan, kSpan);
  GraphBuilder builder;
  for (int i = 0; i < 300; ++i) {
    const NodeId a = builder.add_node(from_degrees(kLat + place(random), kLon + place(random)));
    const NodeId b = builder.add_node(from_degrees(kLat + place(random), kLon + place(random)));
    builder.add_edge(a, b, Road{});
  }
  return builder.build();
}

void write_sheet(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string number(const char* form, double value) {
  std::array<char, 64> text{};
  static_cast<void>(std::snprintf(text.data(), text.size(), form, value));
  return text.data();
}

fs::path write_geotiff(const fs::path& folder, const Ground& ground) {
  GDALAllRegister();
  constexpr int kSide = 300;
  constexpr double kStep = 0.2 / 3600;
  const double west = kLon - kSide * kStep / 2;
  const double north = kLat + kSide * kStep / 2;
  fs::path file = folder / "hill.tif";
  GDALDatasetH tif =
      GDALCreate(GDALGetDriverByName("GTiff"), file.c_str(), kSide, kSide, 1, GDT_Float32, nullptr);
  std::array<double, 6> transform{west, kStep, 0, north, 0, -kStep};
  GDALSetGeoTransform(tif, transform.data());
  OGRSpatialReferenceH srs = OSRNewSpatialReference(nullptr);
  OSRImportFromEPSG(srs, 6668);
  GDALSetSpatialRef(tif, srs);
  OSRRelease(srs);
  std::vector<float> heights;
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      heights.push_back(
          static_cast<float>(ground(north - (row + 0.5) * kStep, west + (column + 0.5) * kStep)));
    }
  }
  EXPECT_EQ(GDALRasterIO(GDALGetRasterBand(tif, 1), GF_Write, 0, 0, kSide, kSide, heights.data(),
                         kSide, kSide, GDT_Float32, 0, 0),
            CE_None);
  GDALClose(tif);
  return file;
}

/// What a tile says at each of its pixels, from the formulas of the map's specification.
std::vector<double> tile_heights(int zoom, int x, int y, const Ground& ground) {
  std::vector<double> heights;
  const double side = 256 * std::ldexp(1.0, zoom);
  for (int row = 0; row < 256; ++row) {
    const double north = std::numbers::pi * (1 - 2 * (y * 256 + row + 0.5) / side);
    const double lat = std::atan(std::sinh(north)) * 180 / std::numbers::pi;
    for (int column = 0; column < 256; ++column) {
      heights.push_back(ground(lat, (x * 256 + column + 0.5) / side * 360 - 180));
    }
  }
  return heights;
}

void write_text_tile(const fs::path& file, const std::vector<double>& heights) {
  std::string text;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    text += heights[i] == kNothing ? "e" : number("%.2f", heights[i]);
    text += i % 256 == 255 ? "\n" : ",";
  }
  write_sheet(file, text);
}

void write_png_tile(const fs::path& file, const std::vector<double>& heights) {
  GDALAllRegister();
  fs::create_directories(file.parent_path());
  GDALDatasetH memory = GDALCreate(GDALGetDriverByName("MEM"), "", 256, 256, 3, GDT_Byte, nullptr);
  std::vector<std::uint8_t> colours(3 * heights.size());
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const long centimetres = std::lround(heights[i] * 100);
    const long code = heights[i] == kNothing ? 1L << 23
                      : centimetres < 0      ? centimetres + (1L << 24)
                                             : centimetres;
    colours[i] = static_cast<std::uint8_t>(code / 65536);
    colours[heights.size() + i] = static_cast<std::uint8_t>(code / 256 % 256);
    colours[2 * heights.size() + i] = static_cast<std::uint8_t>(code % 256);
  }
  EXPECT_EQ(GDALDatasetRasterIO(memory, GF_Write, 0, 0, 256, 256, colours.data(), 256, 256,
                                GDT_Byte, 3, nullptr, 0, 0, 0),
            CE_None);
  GDALClose(GDALCreateCopy(GDALGetDriverByName("PNG"), file.c_str(), memory, 0, nullptr, nullptr,
                           nullptr));
  GDALClose(memory);
}

using WriteTile = void (*)(const fs::path&, const std::vector<double>&);

void write_tiles(const fs::path& folder, int zoom, const std::string& extension,
                 const Ground& ground) {
  const WriteTile write = extension == ".png" ? write_png_tile : write_text_tile;
  const double side = std::ldexp(1.0, zoom);
  const auto x_of = [side](double lon) { return static_cast<int>((lon + 180) / 360 * side); };
  const auto y_of = [side](double lat) {
    const double north = std::asinh(std::tan(lat * std::numbers::pi / 180));
    return static_cast<int>((1 - north / std::numbers::pi) / 2 * side);
  };
  for (int x = x_of(kLon - kSpan); x <= x_of(kLon + kSpan); ++x) {
    for (int y = y_of(kLat + kSpan); y <= y_of(kLat - kSpan); ++y) {
      write(folder / std::to_string(zoom) / std::to_string(x) / (std::to_string(y) + extension),
            tile_heights(zoom, x, y, ground));
    }
  }
}

/// One sheet of 45 x 30 seconds in 0.2 second cells.
struct Sheet {
  double south = 0;
  double west = 0;
  int skipped = 0;  ///< cells before the start point
  int missing = 0;  ///< cells behind the last tuple
};

std::string sheet_xml(const Sheet& sheet, const Ground& ground, const std::string& encoding) {
  constexpr int kColumns = 225;
  constexpr int kRows = 150;
  constexpr double kStep = 0.2 / 3600;
  const double north = sheet.south + kRows * kStep;
  const auto corner = [](double lat, double lon) {
    return number("%.9f", lat) + " " + number("%.9f", lon);
  };
  std::string text = "<?xml version=\"1.0\" encoding=\"" + encoding + R"("?>
<Dataset xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema" xmlns:gml="http://www.opengis.net/gml/3.2">
<DEM><mesh>52382700</mesh><coverage><gml:boundedBy><gml:Envelope srsName="fguuid:jgd2011.bl">
<gml:lowerCorner>)" + corner(sheet.south, sheet.west) +
                     "</gml:lowerCorner><gml:upperCorner>" +
                     corner(north, sheet.west + kColumns * kStep) + R"(</gml:upperCorner>
</gml:Envelope></gml:boundedBy><gml:gridDomain><gml:Grid dimension="2"><gml:limits><gml:GridEnvelope>
<gml:low>0 0</gml:low><gml:high>224 149</gml:high></gml:GridEnvelope></gml:limits></gml:Grid></gml:gridDomain>
<gml:rangeSet><gml:DataBlock><gml:tupleList>
)";
  for (int cell = sheet.skipped; cell < kColumns * kRows - sheet.missing; ++cell) {
    const double height = ground(north - (cell / kColumns + 0.5) * kStep,
                                 sheet.west + (cell % kColumns + 0.5) * kStep);
    // 地表面 in UTF-8 or Shift_JIS
    text += encoding == "UTF-8" ? "地表面," : "\x92\x6e\x95\x5c\x96\xca,";
    text += number(height == kNothing ? "%.0f." : "%.2f", height) + "\n";
  }
  return text + R"(</gml:tupleList></gml:DataBlock></gml:rangeSet><gml:coverageFunction>
<gml:GridFunction><gml:sequenceRule order="+x-y">Linear</gml:sequenceRule><gml:startPoint>)" +
         std::to_string(sheet.skipped % kColumns) + " " + std::to_string(sheet.skipped / kColumns) +
         "</gml:startPoint></gml:GridFunction></gml:coverageFunction></coverage></DEM></Dataset>\n";
}

/// The four sheets around the place, as texts by file name.
std::map<std::string, std::string> sheets_of(const Ground& ground,
                                             const std::string& encoding = "UTF-8") {
  constexpr double kHigh = 30.0 / 3600;
  constexpr double kWide = 45.0 / 3600;
  std::map<std::string, std::string> sheets;
  for (int down = 0; down < 2; ++down) {
    for (int right = 0; right < 2; ++right) {
      const Sheet sheet{35.3416666666667 + (down - 1) * kHigh, kLon + (right - 1) * kWide, 0, 0};
      sheets["FG-GML-5238-27-" + std::to_string(down) + std::to_string(right) +
             "-DEM5A-20161001.xml"] = sheet_xml(sheet, ground, encoding);
    }
  }
  return sheets;
}

void write_sheets(const fs::path& folder, const std::map<std::string, std::string>& sheets) {
  for (const auto& [name, text] : sheets) {
    write_sheet(folder / name, text);
  }
}

void write_zip(const fs::path& file, const std::map<std::string, std::string>& members) {
  VSILFILE* zip = VSIFOpenL(("/vsizip/" + file.string()).c_str(), "wb");
  ASSERT_NE(zip, nullptr);
  for (const auto& [name, text] : members) {
    VSILFILE* member = VSIFOpenL(("/vsizip/" + file.string() + "/" + name).c_str(), "wb");
    ASSERT_NE(member, nullptr);
    VSIFWriteL(text.data(), 1, text.size(), member);
    VSIFCloseL(member);
  }
  VSIFCloseL(zip);
}

void expect_same(const EdgeSlopes& slopes, const EdgeSlopes& expected, int tolerance_permille) {
  ASSERT_EQ(slopes.permille.size(), expected.permille.size());
  for (std::size_t edge = 0; edge < expected.permille.size(); ++edge) {
    EXPECT_NEAR(slopes.permille[edge], expected.permille[edge], tolerance_permille) << edge;
  }
  EXPECT_EQ(slopes.report.edges_without_height, expected.report.edges_without_height);
}

class HeightSheets : public ::testing::Test {
 protected:
  [[nodiscard]] const fs::path& folder() const { return scratch_.path(); }
  [[nodiscard]] EdgeSlopes slopes(const fs::path& dem) const {
    return slopes_from_dem(graph_, dem);
  }
  [[nodiscard]] std::string refusal_of(const fs::path& dem) const {
    try {
      static_cast<void>(slopes(dem));
    } catch (const InputError& refusal) {
      return refusal.what();
    }
    return "";
  }

 private:
  support::ScratchFolder scratch_;
  RoadGraph graph_ = roads();
};

TEST_F(HeightSheets, TilesOfBothKindsGiveTheSlopesOfTheGeoTiff) {
  const auto expected = slopes(write_geotiff(folder(), hill));
  EXPECT_GT(expected.report.steepest_permille, 90);
  write_tiles(folder() / "text", 15, ".txt", hill);
  expect_same(slopes(folder() / "text"), expected, 2);
  write_tiles(folder() / "image", 15, ".png", hill);
  expect_same(slopes(folder() / "image"), slopes(folder() / "text"), 0);
}

TEST_F(HeightSheets, TilesKnowHeightsBelowTheSeaAndPlacesWithoutOne) {
  const auto low = [](double lat, double lon) {
    return lon > kLon + 0.004 ? kNothing : hill(lat, lon) - 90;
  };
  const auto expected = slopes(write_geotiff(folder(), low));
  EXPECT_GT(expected.report.edges_without_height, 20U);
  write_tiles(folder() / "text", 15, ".txt", low);
  write_tiles(folder() / "image", 15, ".png", low);
  const auto text = slopes(folder() / "text");
  expect_same(slopes(folder() / "image"), text, 0);
  EXPECT_NEAR(static_cast<double>(text.report.edges_without_height),
              static_cast<double>(expected.report.edges_without_height), 3);
}

TEST_F(HeightSheets, TheDeepestZoomUnderTheTownCounts) {
  write_tiles(folder() / "dem", 12, ".txt", [](double, double) { return 5.0; });
  EXPECT_EQ(slopes(folder() / "dem").report.steepest_permille, 0);
  write_tiles(folder() / "dem", 15, ".png", hill);
  EXPECT_GT(slopes(folder() / "dem").report.steepest_permille, 90);
  fs::create_directories(folder() / "dem" / "18");
  EXPECT_GT(slopes(folder() / "dem").report.steepest_permille, 90);
}

TEST_F(HeightSheets, OneTileServesAlone) {
  write_tiles(folder() / "dem", 15, ".txt", hill);
  const double side = std::ldexp(1.0, 15);
  const std::string x = std::to_string(static_cast<int>((kLon + 180) / 360 * side));
  for (const auto& tile : fs::directory_iterator(folder() / "dem" / "15" / x)) {
    const auto part = slopes(tile.path());
    EXPECT_GT(part.report.edges_without_height, 0U);
    EXPECT_LT(part.report.edges_without_height, part.report.edges);
  }
}

TEST_F(HeightSheets, SheetsGiveTheSlopesOfTheGeoTiff) {
  const auto expected = slopes(write_geotiff(folder(), hill));
  write_sheets(folder() / "sheets", sheets_of(hill));
  expect_same(slopes(folder() / "sheets"), expected, 1);
  write_sheets(folder() / "sjis", sheets_of(hill, "Shift_JIS"));
  expect_same(slopes(folder() / "sjis"), expected, 1);
}

TEST_F(HeightSheets, SheetsInAZipAndInAZipOfZipsAreTheSameSheets) {
  write_sheets(folder() / "sheets", sheets_of(hill));
  const auto expected = slopes(folder() / "sheets");
  auto members = sheets_of(hill);
  members["fmdid15-3001.xml"] = "<?xml version=\"1.0\"?><MD_Metadata/>";
  write_zip(folder() / "one.zip", members);
  expect_same(slopes(folder() / "one.zip"), expected, 0);
  write_zip(folder() / "pack.zip", {{"FG-GML-5238-27-DEM5A.zip", bytes_of(folder() / "one.zip")}});
  expect_same(slopes(folder() / "pack.zip"), expected, 0);
  expect_same(slopes("/vsizip/" + (folder() / "one.zip").string() +
                     "/FG-GML-5238-27-01-DEM5A-20161001.xml"),
              slopes(folder() / "sheets" / "FG-GML-5238-27-01-DEM5A-20161001.xml"), 0);
}

TEST_F(HeightSheets, CellsBeforeTheStartAndBehindTheEndHaveNoHeight) {
  const auto whole = sheet_xml({35.3416666666667, kLon, 0, 0}, hill_by_the_sea, "UTF-8");
  write_sheet(folder() / "whole.xml", whole);
  constexpr int kSkipped = 225 * 60 + 7;
  const auto part = sheet_xml({35.3416666666667, kLon, kSkipped, 225 * 20}, hill, "UTF-8");
  write_sheet(folder() / "part.xml", part);
  const auto all = slopes(folder() / "whole.xml");
  const auto some = slopes(folder() / "part.xml");
  EXPECT_GT(some.report.edges_without_height, all.report.edges_without_height);
  EXPECT_LT(some.report.edges_without_height, some.report.edges);
  for (std::size_t edge = 0; edge < all.permille.size(); ++edge) {
    if (some.permille[edge] != Road::kUnknownIncline &&
        all.permille[edge] != Road::kUnknownIncline) {
      EXPECT_NEAR(some.permille[edge], all.permille[edge], 12) << edge;
    }
  }
}

TEST_F(HeightSheets, TheLaterEditionOfASheetCountsAndTheEarlierOneFillsItsGaps) {
  const auto flat = [](double, double) { return 3.0; };
  for (const auto& [name, text] : sheets_of(flat)) {
    write_sheet(folder() / "dem" / name, text);  // 2016
  }
  for (auto& [name, text] : sheets_of(hill)) {
    std::string later = name;
    later.replace(later.find("2016"), 4, "2024");
    write_sheet(folder() / "dem" / later, text);
  }
  write_sheets(folder() / "new", sheets_of(hill));
  expect_same(slopes(folder() / "dem"), slopes(folder() / "new"), 0);
}

TEST_F(HeightSheets, SheetsThatDoNotFitTogetherAreRefused) {
  auto sheets = sheets_of(hill);
  write_sheets(folder() / "mixed", sheets);
  constexpr int kNearlyAll = 225 * 150 - 10;
  std::string coarse = sheet_xml({35.3416666666667, kLon, 0, kNearlyAll}, hill, "UTF-8");
  coarse.replace(coarse.find("224 149"), 7, "112 074");
  write_sheet(folder() / "mixed" / "FG-GML-5238-27-DEM10B-20161001.xml", coarse);
  EXPECT_THAT(refusal_of(folder() / "mixed"), HasSubstr("間隔"));
}

TEST_F(HeightSheets, DamagedSheetsAreNamedAndRefused) {
  const std::string whole = sheet_xml({35.3416666666667, kLon, 0, 0}, hill, "UTF-8");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = whole;
    text.replace(text.find(from), from.size(), to);
    write_sheet(folder() / "sheet.xml", text);
    return refusal_of(folder() / "sheet.xml");
  };
  EXPECT_EQ(with("<mesh>", "<mesh>"), "");
  EXPECT_THAT(with("224 149", "224 148"), HasSubstr("値が格子より多い"));
  EXPECT_THAT(with("224 149", "-1 149"), HasSubstr("sheet.xml"));
  EXPECT_THAT(with("224 149", "1e9 149"), HasSubstr("sheet.xml"));
  EXPECT_THAT(with("224 149", "wide"), HasSubstr("数の組でない"));
  EXPECT_THAT(with("+x-y", "+y+x"), HasSubstr("並び"));
  EXPECT_THAT(with("jgd2011.bl", "tokyo.bl"), HasSubstr("座標系"));
  EXPECT_THAT(with("地表面,", "地表面 "), HasSubstr("sheet.xml"));
  EXPECT_THAT(with("<gml:startPoint>0 0", "<gml:startPoint>0 200"), HasSubstr("startPoint"));
  EXPECT_THAT(with("<gml:lowerCorner>", "<gml:lowerCorner>1"), HasSubstr("範囲"));
  EXPECT_THAT(with("<Dataset", "<!DOCTYPE d [<!ENTITY e \"x\">]><Dataset"), HasSubstr("DOCTYPE"));
  for (const std::size_t size : {0U, 40U, 900U, 200'000U}) {
    write_sheet(folder() / "cut.xml", whole.substr(0, size));
    EXPECT_THAT(refusal_of(folder() / "cut.xml"), HasSubstr("cut.xml")) << size;
  }
  write_sheet(folder() / "cut.zip", "PK\x03\x04 not a zip");
  EXPECT_THAT(refusal_of(folder() / "cut.zip"), HasSubstr("cut.zip"));
}

TEST_F(HeightSheets, DamagedTilesAreNamedAndRefused) {
  write_tiles(folder() / "dem", 15, ".txt", hill);
  const fs::path column = *fs::directory_iterator(folder() / "dem" / "15");
  const fs::path tile = *fs::directory_iterator(column);
  const std::string whole = bytes_of(tile);
  const auto with = [&](const std::string& text) {
    write_sheet(tile, text);
    return refusal_of(folder() / "dem");
  };
  const std::string name = tile.filename().string();
  EXPECT_THAT(with(whole.substr(0, whole.size() / 2)), HasSubstr(name));
  EXPECT_THAT(with(""), HasSubstr(name));
  EXPECT_THAT(with("1" + whole.substr(whole.find(','))), "");
  EXPECT_THAT(with("x" + whole.substr(whole.find(','))), HasSubstr("数でない"));
  EXPECT_THAT(with("1.0," + whole), HasSubstr("256個"));
  std::string windows = whole;
  for (std::size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2) {
    windows.replace(at, 1, "\r\n");
  }
  EXPECT_EQ(with(windows), "");
  fs::remove(tile);
  write_sheet(fs::path(tile).replace_extension(".png"), "\x89PNG\r\n\x1a\n broken");
  EXPECT_THAT(refusal_of(folder() / "dem"), HasSubstr(".png"));
}

TEST_F(HeightSheets, AModelOfAnotherTownIsNamedAndRefused) {
  const auto elsewhere = sheet_xml({43.0, 141.0, 0, 0}, hill, "UTF-8");
  write_sheet(folder() / "sapporo" / "FG-GML-6441-DEM5A-20161001.xml", elsewhere);
  const std::string refusal = refusal_of(folder() / "sapporo");
  EXPECT_THAT(refusal, HasSubstr("sapporo"));
  EXPECT_THAT(refusal, HasSubstr("北緯 43.000"));
  EXPECT_THAT(refusal, HasSubstr("東経 138.4"));
  write_sheet(folder() / "tiles" / "15" / "1" / "1.txt", "");
  EXPECT_THAT(refusal_of(folder() / "tiles"), HasSubstr("ズーム 15"));
  fs::create_directories(folder() / "nothing");
  EXPECT_THAT(refusal_of(folder() / "nothing"), HasSubstr("図郭がありません"));
  const auto sea = [](double, double) { return kNothing; };
  write_tiles(folder() / "sea", 15, ".png", sea);
  EXPECT_THAT(refusal_of(folder() / "sea"), HasSubstr("標高の値が一つもありません"));
}

}  // namespace
}  // namespace route
