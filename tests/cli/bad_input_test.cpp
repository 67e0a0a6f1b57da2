// SPDX-License-Identifier: Apache-2.0
// Bad input gets a clear error and the documented exit code, and nothing is half-written.
#include <gtest/gtest.h>

#include <filesystem>

#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using support::City;
using support::read_all;
using support::sample_file;
using support::write_all;

constexpr int kFailed = 1;
constexpr int kInputRejected = 3;

/// Imports a file of these bytes and checks that it is refused without a trace in the city.
support::Run refused(const City& city, const std::string& kind, const std::string& name,
                     const std::string& bytes) {
  const fs::path file = city.dir().parent_path() / name;
  write_all(file, bytes);
  const auto before = support::listing(city.dir());
  const auto run = city.import(kind, file);
  EXPECT_EQ(run.exit_code, kInputRejected) << run.err;
  EXPECT_FALSE(run.err.empty());
  EXPECT_EQ(support::listing(city.dir()), before);
  return run;
}

TEST(BadInput, ATruncatedRoadFileIsRefused) {
  const City city("bad-truncated");
  const std::string whole = read_all(sample_file("roads.osm.pbf"));
  refused(city, "roads", "half.osm.pbf", whole.substr(0, whole.size() / 2));
}

TEST(BadInput, AFileThatIsNotARoadFileIsRefused) {
  const City city("bad-garbage");
  refused(city, "roads", "garbage.osm.pbf", std::string(5000, 'x'));
  refused(city, "roads", "empty.osm.pbf", "");
}

constexpr const char* kStreets = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"kind": "市道", "highway": "service"}, "geometry":
    {"type": "LineString", "coordinates": [[139.5, 35.7], [139.51, 35.7]]}}]})";

TEST(BadInput, RoadsThatAreNotOsmAreReadByTheirColumns) {
  const City city("gis-roads");
  const fs::path file = city.dir().parent_path() / "streets.geojson";
  write_all(file, kStreets);
  EXPECT_EQ(city.must_import("roads", file).at("ways_used"), 1);  // by the city's own mapping
  const fs::path columns = city.dir().parent_path() / "columns.toml";
  write_all(columns, "[class]\ncolumn = \"kind\"\nvalues = { \"市道\" = \"drop\" }\n");
  const auto run = support::tomoni({"import", "roads", file.string(), "--dir", city.dir().string(),
                                    "--columns", columns.string()});
  EXPECT_EQ(run.exit_code, kInputRejected);
  EXPECT_NE(run.err.find("対応表で除いた区分 1"), std::string::npos) << run.err;
}

TEST(BadInput, AColumnMappingThatDoesNotFitIsRefused) {
  const City city("gis-columns");
  const fs::path columns = city.dir().parent_path() / "columns.toml";
  const fs::path file = city.dir().parent_path() / "streets.geojson";
  write_all(file, kStreets);
  const auto import_with = [&](const fs::path& roads, const std::string& mapping) {
    write_all(columns, mapping);
    return support::tomoni({"import", "roads", roads.string(), "--dir", city.dir().string(),
                            "--columns", columns.string()});
  };
  const auto absent = import_with(file, "[width]\ncolumn = \"幅員\"\n");
  EXPECT_EQ(absent.exit_code, kInputRejected);
  EXPECT_NE(absent.err.find("kind, highway"), std::string::npos) << absent.err;
  EXPECT_EQ(import_with(file, "[width\n").exit_code, kInputRejected);
  EXPECT_EQ(import_with(sample_file("roads.osm.pbf"), "").exit_code, kInputRejected);
  EXPECT_FALSE(fs::exists(city.dir() / "roads.graph"));
}

TEST(BadInput, ADemOfAnotherTownIsRefusedWithBothRanges) {
  const City city("bad-dem");
  city.must_import("roads", sample_file("roads.osm.pbf"));
  const fs::path dem = city.dir().parent_path() / "dem";
  fs::create_directories(dem / "15" / "1");
  write_all(dem / "15" / "1" / "1.txt", "");
  const auto run = city.import("dem", dem);
  EXPECT_EQ(run.exit_code, kInputRejected);
  EXPECT_NE(run.err.find("道路は北緯"), std::string::npos) << run.err;
}

TEST(BadInput, AFileThatIsNotThereIsNamed) {
  const City city("bad-absent");
  const auto run = city.import("residents", "/nonexistent/residents.csv");
  EXPECT_EQ(run.exit_code, kInputRejected);
  EXPECT_NE(run.err.find("/nonexistent/residents.csv"), std::string::npos);
}

TEST(BadInput, AnEmptyCsvIsRefused) {
  const City city("bad-empty");
  refused(city, "residents", "empty.csv", "");
}

TEST(BadInput, BytesInNoKnownEncodingAreRefused) {
  const City city("bad-encoding");
  refused(city, "residents", "latin.csv", "a,b\r\n\xFF\x80\x81\xA0\xFD\xFE,2\r\n");
}

TEST(BadInput, AResidentFileWithoutTheProtectionColumnIsRefusedWithItsName) {
  const City city("bad-column");
  std::string csv = read_all(sample_file("residents.csv"));
  const std::string column = "支援措置区分";
  csv.replace(csv.find(column), column.size(), "別の列");
  const auto run = refused(city, "residents", "no_column.csv", csv);
  EXPECT_NE(run.err.find(column), std::string::npos) << run.err;
}

TEST(BadInput, ARouteFromOutsideTheRoadsIsRefused) {
  const City city("bad-outside");
  city.must_import("roads", sample_file("roads.osm.pbf"));
  const auto run = support::tomoni(
      {"route", "--dir", city.dir().string(), "--from", "43.06,141.35", "--to", "43.07,141.36"});
  EXPECT_EQ(run.exit_code, kInputRejected);
  EXPECT_NE(run.err.find("範囲の外"), std::string::npos) << run.err;
}

TEST(BadInput, AWrongKeyIsToldApartFromADamagedStore) {
  const City city("bad-key");
  write_all(city.dir() / "registry.key", std::string(64, 'a') + "\n");
  const auto run = city.import("areas", sample_file("areas.geojson"));
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_NE(run.err.find("鍵"), std::string::npos) << run.err;
}

TEST(BadInput, AKeyOthersCanReadIsRefused) {
  const City city("bad-mode");
  fs::permissions(city.dir() / "registry.key", fs::perms::group_read, fs::perm_options::add);
  const auto run = city.import("areas", sample_file("areas.geojson"));
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_NE(run.err.find("chmod 600"), std::string::npos) << run.err;
}

TEST(BadInput, AFullDiskWhileSavingRoadsKeepsTheOldOnes) {
  const City city("bad-full-roads");
  city.must_import("roads", sample_file("roads.osm.pbf"));
  const auto before = support::listing(city.dir());
  const auto run = city.import("roads", sample_file("roads.osm.pbf"), 64);
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_NE(run.err.find("空き容量"), std::string::npos) << run.err;
  EXPECT_EQ(support::listing(city.dir()), before);
}

TEST(BadInput, AFullDiskDuringAnImportStoresNobody) {
  const City city("bad-full-store");
  const auto size = fs::file_size(city.dir() / "registry.db") / 1024;
  const auto run =
      city.import("residents", sample_file("residents.csv"), static_cast<unsigned>(size) + 8);
  EXPECT_EQ(run.exit_code, kFailed);
  const auto again = city.must_import("residents", sample_file("residents.csv"));
  EXPECT_GT(again.at("added").get<int>(), 0);
  EXPECT_EQ(again.at("unchanged").get<int>(), 0);
}

TEST(BadInput, ElevationBeforeRoadsSaysWhatToDoFirst) {
  const City city("bad-order");
  const auto run = city.import("dem", sample_file("dem.tif"));
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_NE(run.err.find("import roads"), std::string::npos) << run.err;
}

TEST(BadInput, PlanningWithoutRoadsSaysWhatToDoFirst) {
  const City city("bad-no-roads");
  const auto run = support::tomoni({"plan", "--dir", city.dir().string()});
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_NE(run.err.find("import roads"), std::string::npos) << run.err;
}

TEST(BadInput, ADamagedRoadGraphIsRefusedInsteadOfRoutedOn) {
  const City city("bad-graph");
  city.must_import("roads", sample_file("roads.osm.pbf"));
  std::string graph = read_all(city.dir() / "roads.graph");
  graph[graph.size() / 2] = static_cast<char>(graph[graph.size() / 2] ^ 1);
  write_all(city.dir() / "roads.graph", graph);
  const auto run = support::tomoni({"plan", "--dir", city.dir().string()});
  EXPECT_EQ(run.exit_code, kInputRejected) << run.err;
}

}  // namespace
