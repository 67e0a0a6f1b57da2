// SPDX-License-Identifier: Apache-2.0
#include "route/gis_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "gis_files.hpp"
#include "route/error.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

using support::DrawnLine;
using support::GisFile;
using support::write_lines;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr int kZoneNine = 6677;
constexpr std::string_view kMapping = R"(
[class]
column = "種別"
values = { "市道" = "residential", "県道" = "primary", "計画" = "drop" }
[width]
column = "幅員"
unit = "m"
[name]
column = "路線名"
[id]
column = "番号"
[layer]
column = "層"
[bridge]
column = "橋"
[oneway]
column = "一方通行"
)";

/// Coordinates in metres east and north of a place of zone IX.
DrawnLine line(const std::vector<std::pair<double, double>>& points,
               std::vector<std::pair<std::string, std::string>> texts = {}) {
  DrawnLine drawn{{}, std::move(texts)};
  for (const auto& [east, north] : points) {
    drawn.points.emplace_back(east - 30'000, north - 40'000);
  }
  if (drawn.texts.empty()) {
    drawn.texts = {{"種別", "市道"}};
  }
  return drawn;
}

RoadImport import_lines(const std::vector<DrawnLine>& lines, std::string_view mapping = kMapping) {
  const support::ScratchFolder folder;
  write_lines({"GPKG", folder / "roads.gpkg", kZoneNine, {}}, lines);
  return import_gis(folder / "roads.gpkg", parse_gis_columns(mapping));
}

std::string refusal_of(const std::filesystem::path& file, const GisColumns& columns) {
  try {
    (void)import_gis(file, columns);
  } catch (const InputError& refusal) {
    return refusal.what();
  }
  return "";
}

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

const GisColumns kShapesOnly;

TEST(GisImport, PlaneCoordinatesLandWhereTheSurveyPutThem) {
  // The origin of zone IX is 36 N, 139 deg 50' E; the scale there is 0.9999.
  const support::ScratchFolder folder;
  write_lines({"GPKG", folder / "roads.gpkg", kZoneNine, {}}, {{{{0, 0}, {0, 999.9}}, {}}});
  const auto roads = import_gis(folder / "roads.gpkg", kShapesOnly);
  EXPECT_EQ(roads.graph.position(NodeId{0}), from_degrees(36, 139.8333333));
  EXPECT_NEAR(roads.graph.road(EdgeId{0}).length_mm, 1'000'000, 20);
  EXPECT_EQ(roads.graph.source_id(NodeId{0}), 0);
}

TEST(GisImport, EveryFormatGivesTheSameRoads) {
  const std::vector<DrawnLine> lines{
      {{{139.50, 35.70}, {139.51, 35.70}, {139.52, 35.71}},
       {{"種別", "市道"}, {"路線名", "本町通り①"}, {"幅員", "4.5"}, {"番号", "17"}}},
      {{{139.51, 35.70}, {139.51, 35.72}}, {{"種別", "県道"}, {"路線名", "能登街道"}}}};
  const support::ScratchFolder folder;
  const std::vector<GisFile> files{
      {"GPKG", folder / "roads.gpkg", 6668, {}},
      {"GeoJSON", folder / "roads.geojson", 4326, {}},
      {"GML", folder / "roads.gml", 6668, {}},
      {"ESRI Shapefile", folder / "utf8.shp", 6668, {"ENCODING=UTF-8"}},
      {"ESRI Shapefile", folder / "sjis.shp", 6668, {"ENCODING=CP932"}}};
  for (const GisFile& file : files) {
    write_lines(file, lines);
    const auto [graph, report] = import_gis(file.path, parse_gis_columns(kMapping));
    SCOPED_TRACE(file.path.filename());
    ASSERT_EQ(graph.edge_count(), 3);
    EXPECT_EQ(graph.node_count(), 4);
    EXPECT_EQ(report.ways_used, 2);
    EXPECT_EQ(report.components, 1);
    EXPECT_EQ(graph.name(EdgeId{0}), "本町通り①");
    EXPECT_EQ(graph.name(EdgeId{2}), "能登街道");
    EXPECT_EQ(graph.road(EdgeId{0}).way_id, 17);
    EXPECT_EQ(graph.road(EdgeId{0}).width_cm, 450);
    EXPECT_EQ(graph.road(EdgeId{0}).road_class, RoadClass::Residential);
    EXPECT_EQ(graph.road(EdgeId{2}).road_class, RoadClass::Primary);
    EXPECT_EQ(graph.road(EdgeId{2}).width_cm, 0);
    EXPECT_LT(distance_m(graph.position(NodeId{0}), from_degrees(35.70, 139.50)), 0.02);
  }
}

TEST(GisImport, ADbfThatDoesNotSayIsReadInTheEncodingOfTheMapping) {
  const support::ScratchFolder folder;
  write_lines({"ESRI Shapefile", folder / "roads.shp", 6668, {"ENCODING=CP932"}},
              {{{{139.50, 35.70}, {139.51, 35.70}}, {{"種別", "市道"}, {"路線名", "弥生坂"}}}});
  std::filesystem::remove(folder / "roads.cpg");
  std::fstream dbf(folder / "roads.dbf", std::ios::binary | std::ios::in | std::ios::out);
  dbf.seekp(29);
  dbf.put('\0');  // language driver: none
  dbf.close();
  const auto roads = import_gis(
      folder / "roads.shp", parse_gis_columns("encoding = \"CP932\"\n" + std::string(kMapping)));
  EXPECT_EQ(roads.graph.name(EdgeId{0}), "弥生坂");
  EXPECT_EQ(roads.graph.road(EdgeId{0}).road_class, RoadClass::Residential);
}

TEST(GisImport, LinesMeetWhereTheyShareAVertexAndNowhereElse) {
  //  d crosses a without a vertex there; b ends on a vertex of a.
  const auto [graph, report] =
      import_lines({line({{0, 0}, {100, 0}, {200, 0}}), line({{100, 0}, {100, 80}}),
                    line({{150, -50}, {150, 50}})});
  EXPECT_EQ(graph.edge_count(), 4);
  EXPECT_EQ(graph.node_count(), 6);
  EXPECT_EQ(report.components, 2);
  EXPECT_EQ(report.nodes_in_largest, 4);
  EXPECT_EQ(report.ways_used, 3);
}

TEST(GisImport, VerticesWithinTheToleranceAreOnePlace) {
  const std::vector<DrawnLine> lines{line({{0, 0}, {100, 0}}), line({{100.3, 0}, {200, 0}})};
  EXPECT_EQ(import_lines(lines).report.components, 2);
  const std::string wide = "tolerance_m = 0.5\n" + std::string(kMapping);
  const auto joined = import_lines(lines, wide);
  EXPECT_EQ(joined.report.components, 1);
  EXPECT_EQ(joined.graph.node_count(), 3);
}

TEST(GisImport, ABridgeMeetsTheStreetAtItsEndAndNotTheRoadBelow) {
  const DrawnLine street = line({{0, 0}, {100, 0}, {200, 0}});
  const DrawnLine below = line({{150, -50}, {150, 0}, {150, 50}});
  const std::vector<std::pair<std::string, std::string>> bridge{{"種別", "市道"}, {"橋", "1"}};
  // The bridge has a vertex above the road below, and ends on a vertex of the street.
  const auto crossing = import_lines({line({{100, 0}, {150, 0}, {250, 0}}, bridge), below});
  EXPECT_EQ(crossing.report.components, 2);
  const auto landing = import_lines({line({{100, 0}, {100, 90}}, bridge), street});
  EXPECT_EQ(landing.report.components, 1);
  // Data cut at every crossing: two ends above, two below.
  const auto cut =
      import_lines({line({{100, 0}, {150, 0}}, bridge), line({{150, 0}, {250, 0}}, bridge),
                    line({{150, -50}, {150, 0}}), line({{150, 0}, {150, 50}})});
  EXPECT_EQ(cut.report.components, 2);
  const auto level = import_lines({line({{100, 0}, {150, 0}, {250, 0}}), below});
  EXPECT_EQ(level.report.components, 1);
}

TEST(GisImport, TwinsAreOneAndLinesThatDifferAreKept) {
  const std::vector<std::pair<std::string, std::string>> oneway{{"種別", "市道"},
                                                                {"一方通行", "yes"}};
  const auto [graph, report] =
      import_lines({line({{0, 0}, {100, 0}}), line({{0, 0}, {100, 0}}), line({{100, 0}, {0, 0}}),
                    line({{0, 0}, {100, 0}}, oneway), line({{100, 0}, {0, 0}}, oneway),
                    line({{0, 0}, {100, 0}}, {{"種別", "県道"}})});
  EXPECT_EQ(report.ways_dropped.at("同じ線の重複"), 2);
  EXPECT_EQ(report.ways_used, 4);
  EXPECT_THAT(report.remarks, Contains(Key("同じ形で属性の違う線（両方とも使った）")));
  EXPECT_EQ(graph.edge_count(), 4);
}

TEST(GisImport, TwinsWithIdsOfTheirOwnAreTwo) {
  const auto [graph, report] =
      import_lines({line({{0, 0}, {100, 0}}, {{"番号", "7"}, {"種別", "市道"}}),
                    line({{0, 0}, {100, 0}}, {{"番号", "8"}, {"種別", "市道"}})});
  EXPECT_EQ(graph.edge_count(), 2);
}

TEST(GisImport, LoopsAreKeptAndLinesWithoutLengthAreNot) {
  const auto [graph, report] =
      import_lines({line({{0, 0}, {100, 0}, {100, 80}, {0, 0}}), line({{5, 5}, {5, 5}, {5.01, 5}}),
                    line({{0, 0}, {-50, 0}})});
  EXPECT_EQ(report.ways_dropped.at("長さのない線"), 1);
  EXPECT_EQ(report.remarks.at("輪になった線（そのまま使った）"), 1);
  EXPECT_EQ(report.components, 1);
  EXPECT_EQ(report.ways_read, 3);
}

TEST(GisImport, NoLineIsDrawnOverAVertexThatIsNowhere) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  DrawnLine broken = line({{0, 0}, {50, 0}, {100, 0}, {150, 0}, {200, 0}, {250, 0}, {300, 0}});
  broken.points[2].second = nan;
  DrawnLine lost = line({{0, 0}, {10, 10}});
  lost.points[0].first = inf;
  const auto [graph, report] = import_lines({broken, lost, line({{0, 0}, {0, 90}, {0, 95}})});
  EXPECT_EQ(report.missing_nodes, 1);
  EXPECT_EQ(report.components, 2);
  EXPECT_EQ(report.ways_dropped.at("長さのない線"), 1);
  EXPECT_EQ(report.remarks.at("座標系の範囲の外か数でない点（線をそこで切った）"), 2);
  for (const EdgeId edge : graph.edges()) {
    EXPECT_LE(graph.road(edge).length_mm, 151'000U);
  }
}

TEST(GisImport, FeaturesThatAreNoLinesAreCountedAndMultiLinesAreTakenApart) {
  const support::ScratchFolder folder;
  write_text(folder / "mixed.geojson", R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"highway": "residential"}, "geometry": {"type":
      "MultiLineString", "coordinates": [[[139.5, 35.7], [139.51, 35.7]],
                                         [[139.51, 35.7, 12.5], [139.51, 35.71, 80.0]]]}},
    {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [139.5, 35.7]}},
    {"type": "Feature", "properties": {}, "geometry": null},
    {"type": "Feature", "properties": {"highway": "proposed"}, "geometry": {"type":
      "LineString", "coordinates": [[139.5, 35.7], [139.6, 35.7]]}}]})");
  const auto [graph, report] =
      import_gis(folder / "mixed.geojson",
                 parse_gis_columns("[class]\ncolumn=\"highway\"\nvalues={\"proposed\"=\"drop\"}"));
  EXPECT_EQ(report.ways_read, 5);
  EXPECT_EQ(report.ways_used, 2);
  EXPECT_THAT(report.ways_dropped,
              UnorderedElementsAre(Pair("線でない図形", 1), Pair("図形がない", 1),
                                   Pair("対応表で除いた区分", 1)));
  EXPECT_EQ(report.components, 1);
  EXPECT_EQ(graph.road(EdgeId{1}).way_id, 1);                    // the number of the feature
  EXPECT_NEAR(graph.road(EdgeId{1}).length_mm, 1'109'500, 500);  // heights add nothing
}

TEST(GisImport, ExchangedAxesAreNamedAndRefused) {
  const support::ScratchFolder folder;
  write_lines({"GPKG", folder / "degrees.gpkg", 6668, {}}, {{{{35.7, 139.5}, {35.8, 139.5}}, {}}});
  EXPECT_THAT(refusal_of(folder / "degrees.gpkg", kShapesOnly), HasSubstr("入れ替わって"));
  write_text(folder / "degrees.geojson",
             R"({"type": "LineString", "coordinates": [[35.7, 139.5], [35.7, 139.6]]})");
  EXPECT_THAT(refusal_of(folder / "degrees.geojson", kShapesOnly), HasSubstr("入れ替わって"));
  // Yaizu in zone VIII, north before east.
  write_lines({"GPKG", folder / "metres.gpkg", 6676, {}},
              {{{{-131'810, -20'729}, {-131'800, -20'700}}, {}}});
  EXPECT_THAT(refusal_of(folder / "metres.gpkg", kShapesOnly), HasSubstr("入れ替わって"));
  write_lines({"GPKG", folder / "elsewhere.gpkg", kZoneNine, {}},
              {{{{2e6, 5e6}, {2.1e6, 5e6}}, {}}});
  const std::string elsewhere = refusal_of(folder / "elsewhere.gpkg", kShapesOnly);
  EXPECT_THAT(elsewhere, HasSubstr("座標系の範囲"));
  EXPECT_THAT(elsewhere, HasSubstr("elsewhere.gpkg"));
}

TEST(GisImport, AFileWithoutACoordinateSystemNeedsOneInTheMapping) {
  const support::ScratchFolder folder;
  write_lines({"ESRI Shapefile", folder / "roads.shp", 0, {}},
              {{{{-30'000, -40'000}, {-30'100, -40'000}}, {{"a", "b"}}}});
  EXPECT_THAT(refusal_of(folder / "roads.shp", kShapesOnly), HasSubstr("座標系が書かれていません"));
  const auto roads = import_gis(folder / "roads.shp", parse_gis_columns("epsg = 6677"));
  EXPECT_NEAR(roads.graph.position(NodeId{0}).lat(), 35.639, 0.01);
  EXPECT_THAT(refusal_of(folder / "roads.shp", parse_gis_columns("epsg = 999999")),
              HasSubstr("EPSG:999999"));
}

TEST(GisImport, FilesThatCannotServeAreRefusedWithARemedy) {
  const support::ScratchFolder folder;
  EXPECT_NE(refusal_of("/nowhere/roads.shp", kShapesOnly), "");
  EXPECT_NE(refusal_of("https://example.com/roads.geojson", kShapesOnly), "");
  EXPECT_NE(refusal_of("/vsicurl/http://127.0.0.1/roads.geojson", kShapesOnly), "");
  write_text(folder / "roads.geojson", "{\"type\": \"FeatureCollection\", \"features\": [");
  EXPECT_THAT(refusal_of(folder / "roads.geojson", kShapesOnly), HasSubstr("roads.geojson"));
  write_text(folder / "empty.geojson", R"({"type": "FeatureCollection", "features": []})");
  EXPECT_THAT(refusal_of(folder / "empty.geojson", kShapesOnly), HasSubstr("1本もありません"));
  write_lines({"GPKG", folder / "roads.gpkg", kZoneNine, {}}, {line({{0, 0}, {9, 9}})});
  EXPECT_THAT(refusal_of(folder / "roads.gpkg", parse_gis_columns("from_layer = \"道\"")),
              HasSubstr("ファイルのレイヤ: roads"));
  EXPECT_THAT(refusal_of(folder / "roads.gpkg", parse_gis_columns("[width]\ncolumn = \"幅\"")),
              HasSubstr("ファイルの列: 種別"));
}

/// A server nobody should call.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, any, size) != 0 || ::listen(socket_, 1) != 0 ||
        ::getsockname(socket_, any, &size) != 0) {
      throw std::runtime_error("no port to listen at");
    }
    port_ = ntohs(address.sin_port);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  Listener(Listener&&) = delete;
  Listener& operator=(Listener&&) = delete;
  ~Listener() { ::close(socket_); }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] bool was_called() const {
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, 0) > 0;
  }

 private:
  int socket_;
  int port_ = 0;
};

TEST(GisImport, NoFileMakesUsCallAServer) {
  const support::ScratchFolder folder;
  const Listener server;
  const std::string feature =
      R"({"type": "FeatureCollection", "crs": {"type": "link", "properties": {"href": ")" +
      server.url() + R"(/crs", "type": "esriwkt"}}, "features": [{"type": "Feature",
      "properties": {}, "geometry": {"type": "LineString",
      "coordinates": [[139.5, 35.7], [139.6, 35.7]]}}]})";
  write_text(folder / "roads.geojson", feature);
  (void)refusal_of(folder / "roads.geojson", kShapesOnly);
  write_lines({"GML", folder / "roads.gml", 6668, {}}, {{{{139.5, 35.7}, {139.6, 35.7}}, {}}});
  std::ifstream in(folder / "roads.gml");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto at = text.find("xsi:schemaLocation=\"");
  ASSERT_NE(at, std::string::npos);
  text.insert(at + 20, "urn:x " + server.url() + "/a.xsd ");
  text.replace(text.find("<gml:posList>"), 13,
               "<gml:posList xlink:href=\"" + server.url() + "/geometry#a\">");
  text.insert(text.find("xmlns:gml"), "xmlns:xlink=\"http://www.w3.org/1999/xlink\" ");
  std::filesystem::remove(folder / "roads.xsd");
  write_text(folder / "roads.gml", text);
  EXPECT_EQ(refusal_of(folder / "roads.gml", kShapesOnly), "");
  EXPECT_FALSE(server.was_called());
}

TEST(GisImport, GmlWithADocumentTypeIsRefusedUnread) {
  const support::ScratchFolder folder;
  write_lines({"GML", folder / "roads.gml", 6668, {}}, {{{{139.5, 35.7}, {139.6, 35.7}}, {}}});
  std::ifstream in(folder / "roads.gml");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(refusal_of(folder / "roads.gml", kShapesOnly), "");
  EXPECT_FALSE(std::filesystem::exists(folder / "roads.gfs"));
  text.insert(text.find("?>") + 2, "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>");
  write_text(folder / "entity.gml", text);
  EXPECT_THAT(refusal_of(folder / "entity.gml", kShapesOnly), HasSubstr("DOCTYPE"));
  write_text(folder / "roads.json", text.substr(text.find("<ogr")));  // GML by another name
  EXPECT_NE(refusal_of(folder / "roads.json", kShapesOnly), "");
}

TEST(GisImport, ProgressGoesFromNothingToEverything) {
  const support::ScratchFolder folder;
  write_lines({"GPKG", folder / "roads.gpkg", kZoneNine, {}}, {line({{0, 0}, {9, 9}})});
  std::map<std::string, std::vector<double>> steps;
  (void)import_gis(folder / "roads.gpkg", kShapesOnly, [&](std::string_view step, double share) {
    steps[std::string(step)].push_back(share);
  });
  EXPECT_EQ(steps.size(), 2);
  for (const auto& [step, shares] : steps) {
    EXPECT_EQ(shares.front(), 0) << step;
    EXPECT_EQ(shares.back(), 1) << step;
    EXPECT_TRUE(std::ranges::is_sorted(shares)) << step;
  }
}

/// The rule of places, read word by word: the nearest earlier place within the tolerance.
std::vector<LatLon> places_by_looking_at_all(const std::vector<LatLon>& vertices,
                                             double tolerance_m) {
  std::vector<LatLon> places;
  std::vector<LatLon> result;
  for (const LatLon vertex : vertices) {
    const auto away = [vertex](LatLon place) { return distance_m(place, vertex); };
    const auto nearest = std::ranges::min_element(places, {}, away);
    if (nearest == places.end() || away(*nearest) > tolerance_m) {
      places.push_back(vertex);
      result.push_back(vertex);
    } else {
      result.push_back(*nearest);
    }
  }
  return result;
}

TEST(GisImport, PlacesAreThoseFoundByLookingAtAllOfThem) {
  constexpr unsigned kSeed = 20;
  constexpr double kToleranceM = 2;
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> offset(0, 0.0006);  // some 60 m: many near misses
  std::string text = R"({"type": "FeatureCollection", "features": [)";
  std::vector<LatLon> vertices;
  for (int i = 0; i < 400; ++i) {
    std::string coordinates;
    for (int end = 0; end < 2; ++end) {
      const LatLon place = from_degrees(43.06 + offset(random), 141.35 + offset(random));
      vertices.push_back(place);
      coordinates += (end == 0 ? "[" : ", [") + std::to_string(place.lon_e7 / 10'000'000) + "." +
                     std::to_string(place.lon_e7 % 10'000'000 + 10'000'000).substr(1) + ", " +
                     std::to_string(place.lat_e7 / 10'000'000) + "." +
                     std::to_string(place.lat_e7 % 10'000'000 + 10'000'000).substr(1) + "]";
    }
    text += (i == 0 ? "" : ",") + std::string(R"({"type": "Feature", "properties": {"n": )") +
            std::to_string(i) + R"(}, "geometry": {"type": "LineString", "coordinates": [)" +
            coordinates + "]}}";
  }
  const support::ScratchFolder folder;
  write_text(folder / "roads.geojson", text + "]}");
  const auto roads = import_gis(folder / "roads.geojson",
                                parse_gis_columns("tolerance_m = 2\n[id]\ncolumn = \"n\""));
  const auto expected = places_by_looking_at_all(vertices, kToleranceM);
  EXPECT_LT(roads.graph.node_count(), 700) << "seed " << kSeed;
  std::size_t seen = 0;
  for (const EdgeId edge : roads.graph.edges()) {
    const auto line = static_cast<std::size_t>(roads.graph.road(edge).way_id);
    const auto shape = roads.graph.shape(edge);
    EXPECT_EQ(shape.front(), expected[2 * line]) << "seed " << kSeed << " line " << line;
    EXPECT_EQ(shape.back(), expected[2 * line + 1]) << "seed " << kSeed << " line " << line;
    ++seen;
  }
  std::size_t with_length = 0;
  for (std::size_t i = 0; i < expected.size(); i += 2) {
    with_length += expected[i] == expected[i + 1] ? 0U : 1U;
  }
  EXPECT_EQ(seen, with_length) << "seed " << kSeed;
}

}  // namespace
}  // namespace route
