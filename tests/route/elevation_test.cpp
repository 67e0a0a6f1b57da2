// SPDX-License-Identifier: Apache-2.0
#include "route/elevation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <sstream>

#include "route/error.hpp"
#include "route/graph_builder.hpp"
#include "scratch_file.hpp"

namespace {

using route::NodeId;
using route::Road;
using route::slopes_from_dem;
using support::ScratchFile;

// Roads and ground in metres east and north of one place.
constexpr double kLat = 35.7;
constexpr double kLon = 139.5;
const double kMetresPerLat =
    route::distance_m(route::from_degrees(kLat, kLon), route::from_degrees(kLat + 0.001, kLon)) *
    1000;
const double kMetresPerLon =
    route::distance_m(route::from_degrees(kLat, kLon), route::from_degrees(kLat, kLon + 0.001)) *
    1000;

route::LatLon at(double east, double north) {
  return route::from_degrees(kLat + north / kMetresPerLat, kLon + east / kMetresPerLon);
}

using Ground = std::function<double(double east, double north)>;

constexpr double kCellDegrees = 0.00005;  // about 5 m
constexpr int kCells = 240;               // about 1.2 km

/// An ASCII grid around the place, and its coordinate system beside it.
ScratchFile dem_of(const Ground& ground) {
  const double corner = kCells * kCellDegrees / 2;
  std::ostringstream text;
  text.precision(10);
  text << "ncols " << kCells << "\nnrows " << kCells << "\nxllcorner " << kLon - corner
       << "\nyllcorner " << kLat - corner << "\ncellsize " << kCellDegrees
       << "\nNODATA_value -9999\n";
  for (int row = 0; row < kCells; ++row) {
    for (int column = 0; column < kCells; ++column) {
      const double north = (corner - (row + 0.5) * kCellDegrees) * kMetresPerLat;
      const double east = ((column + 0.5) * kCellDegrees - corner) * kMetresPerLon;
      text << ground(east, north) << ' ';
    }
    text << '\n';
  }
  return {"ground.asc", text.str()};
}

constexpr std::string_view kDegrees =
    R"(GEOGCS["JGD2011",DATUM["Japanese_Geodetic_Datum_2011",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])";

route::EdgeSlopes slopes_on(const Ground& ground, const route::RoadGraph& graph) {
  const ScratchFile dem = dem_of(ground);
  dem.add("ground.prj", kDegrees);
  return slopes_from_dem(graph, dem.path());
}

struct Stop {
  double east;
  double north;
};

/// One road through the stops; `change` may alter the edge that starts at a stop.
route::RoadGraph road_through(const std::vector<Stop>& stops,
                              const std::function<void(std::size_t, Road&)>& change = {}) {
  route::GraphBuilder builder;
  NodeId before = builder.add_node(at(stops[0].east, stops[0].north));
  for (std::size_t i = 1; i < stops.size(); ++i) {
    const NodeId next = builder.add_node(at(stops[i].east, stops[i].north));
    Road road;
    if (change) {
      change(i - 1, road);
    }
    builder.add_edge(before, next, road);
    before = next;
  }
  return builder.build();
}

double ramp(double east, double /*north*/) {
  return 100 + east * 0.08;  // 8 % up to the east
}

TEST(Elevation, SlopeIsTheGroundsAlongTheRoad) {
  const auto graph = road_through({{-200, 0}, {0, 0}, {0, 150}, {-100, 150}});
  const auto slopes = slopes_on(ramp, graph);
  ASSERT_EQ(slopes.permille.size(), 3U);
  EXPECT_NEAR(slopes.permille[0], 80, 1);
  EXPECT_NEAR(slopes.permille[1], 0, 1);
  EXPECT_NEAR(slopes.permille[2], -80, 1);
  EXPECT_EQ(slopes.report.edges, 3U);
  EXPECT_NEAR(slopes.report.steepest_permille, 80, 1);
}

TEST(Elevation, RoughGroundMakesNoCliffOfAShortEdge) {
  const auto rough = [](double east, double north) {
    return ramp(east, north) + 0.6 * std::sin(east * 1.7) * std::cos(north * 1.3);
  };
  const auto graph = road_through({{0, 0}, {2, 0}, {5, 1}, {9, 1}});
  for (const std::int16_t slope : slopes_on(rough, graph).permille) {
    EXPECT_NEAR(slope, 80, 40);
  }
}

double gorge(double east, double /*north*/) {
  return std::abs(east) < 40 ? 60 : 100 + east * 0.05;
}

TEST(Elevation, ABridgeRunsFromPortalToPortalWhateverLiesBelow) {
  const auto graph = road_through(
      {{-200, 0}, {-60, 0}, {-20, 0}, {10, 0}, {60, 0}, {200, 0}},
      [](std::size_t edge, Road& road) { road.bridge = edge >= 1 && edge <= 3 ? 1 : 0; });
  const auto slopes = slopes_on(gorge, graph);
  for (const std::int16_t slope : slopes.permille) {
    EXPECT_NEAR(slope, 50, 3);
  }
  EXPECT_EQ(slopes.report.edges_levelled, 3U);
}

TEST(Elevation, WithoutABridgeTheRoadGoesDownTheGorge) {
  const auto graph = road_through({{-60, 0}, {-20, 0}});
  EXPECT_LT(slopes_on(gorge, graph).permille[0], -500);
}

TEST(Elevation, AShortBridgeIsLevel) {
  const auto graph =
      road_through({{0, 0}, {8, 0}}, [](std::size_t, Road& road) { road.bridge = 1; });
  EXPECT_EQ(slopes_on(ramp, graph).permille[0], 0);
}

TEST(Elevation, WhereTheModelHasNoDataTheSlopeIsUnknown) {
  const auto holed = [](double east, double north) {
    return east > 100 ? -9999 : ramp(east, north);
  };
  const auto graph = road_through({{-100, 0}, {0, 0}, {200, 0}, {300, 0}});
  const auto slopes = slopes_on(holed, graph);
  EXPECT_NEAR(slopes.permille[0], 80, 1);
  EXPECT_EQ(slopes.permille[1], Road::kUnknownIncline);
  EXPECT_EQ(slopes.permille[2], Road::kUnknownIncline);
  EXPECT_EQ(slopes.report.edges_without_height, 2U);
}

TEST(Elevation, SlopesAreFoundInAProjectedModelToo) {
  // Zone IX in metres; its axes are turned against the meridian by the convergence only.
  std::ostringstream text;
  text << "ncols 300\nnrows 300\nxllcorner -31700\nyllcorner -34700\ncellsize 10\n";
  for (int i = 0; i < 300 * 300; ++i) {
    text << i / 300 << (i % 300 == 299 ? '\n' : ' ');  // 1 m down per 10 m to the north
  }
  const ScratchFile dem("ground.asc", text.str());
  dem.add(
      "ground.prj",
      R"(PROJCS["IX",GEOGCS["JGD2011",DATUM["D",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",36],PARAMETER["central_meridian",139.8333333333333],PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]])");
  const auto slopes = slopes_from_dem(road_through({{0, 0}, {0, 200}}), dem.path());
  EXPECT_NEAR(slopes.permille[0], -100, 2);
}

std::string fault_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const route::InputError& error) {
    return error.what();
  }
  return "no fault";
}

TEST(Elevation, ModelsThatCannotServeAreRefused) {
  const auto graph = road_through({{-100, 0}, {0, 0}});
  const auto far = road_through({{90'000, 0}, {90'100, 0}});
  EXPECT_THAT(fault_of([&] { slopes_on(ramp, far); }), testing::HasSubstr("道路の範囲に"));
  EXPECT_THAT(fault_of([&] { slopes_on([](double, double) { return -9999; }, graph); }),
              testing::HasSubstr("道路の範囲に"));
  const ScratchFile no_crs = dem_of(ramp);
  EXPECT_THAT(fault_of([&] { static_cast<void>(slopes_from_dem(graph, no_crs.path())); }),
              testing::HasSubstr("座標系"));
  const ScratchFile text("ground.txt", "not a raster");
  EXPECT_THAT(fault_of([&] { static_cast<void>(slopes_from_dem(graph, text.path())); }),
              testing::HasSubstr("GeoTIFF"));
}

}  // namespace
