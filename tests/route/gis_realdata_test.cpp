// SPDX-License-Identifier: Apache-2.0

// Roads and heights as Japanese cities and 国土地理院 publish them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "route/elevation.hpp"
#include "route/gis_import.hpp"
#include "route/graph_builder.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

namespace fs = std::filesystem;

class RealGis : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(hazards())) {
      GTEST_SKIP() << "no real data at " << hazards();
    }
  }
  static fs::path hazards() { return fs::path(TOMONI_SHARED_DATA_DIR) / "hazards"; }
};

TEST_F(RealGis, EmergencyRoadsOfYaizuAreReadFromShiftJis) {
  const auto [graph, report] =
      import_gis(hazards() / "yaizu" / "緊急輸送路_一次緊急輸送路" / "一次緊急輸送路.shp",
                 parse_gis_columns(R"(
[id]
column = "item1"
[name]
column = "item2"
)"));
  EXPECT_EQ(report.ways_read, 31);
  EXPECT_EQ(report.ways_used, 31);
  EXPECT_EQ(report.missing_nodes, 0);
  EXPECT_EQ(graph.name(EdgeId{0}), "県一次緊急輸送路");
  EXPECT_EQ(graph.road(EdgeId{0}).way_id, 1);
  // The layer's own extent.
  EXPECT_LT(distance_m(graph.bounds().low, from_degrees(34.774497, 138.245788)), 0.15);
  EXPECT_LT(distance_m(graph.bounds().high, from_degrees(34.900002, 138.336042)), 0.15);
}

TEST_F(RealGis, PlannedRoadsOfYaizuInPlaneCoordinatesLieInYaizu) {
  const auto [graph, report] =
      import_gis(hazards() / "yaizu" / "都市計画道路" / "都市計画道路.shp", GisColumns());
  EXPECT_EQ(report.ways_used, 301);
  EXPECT_GT(graph.bounds().low.lat(), 34.75);
  EXPECT_LT(graph.bounds().high.lat(), 34.95);
  EXPECT_GT(graph.bounds().low.lon(), 138.2);
  EXPECT_LT(graph.bounds().high.lon(), 138.4);
}

TEST_F(RealGis, BothKindsOfARealTileSayTheSame) {
  const support::ScratchFolder scratch;
  for (const char* extension : {".txt", ".png"}) {
    const fs::path folder = scratch / std::string(extension + 1) / "8" / "229";
    fs::create_directories(folder);
    fs::copy_file(hazards() / "dem" / (std::string("gsi-dem-z8-x229-y94") + extension),
                  folder / ("94" + std::string(extension)));
  }
  // Roads of 2 km all over the tile: 142.03 to 143.44 E, 42.6 to 43.6 N.
  GraphBuilder builder;
  for (int i = 0; i < 60; ++i) {
    for (int j = 0; j < 60; ++j) {
      const double lat = 42.62 + i * 0.016;
      const double lon = 142.05 + j * 0.0225;
      const NodeId a = builder.add_node(from_degrees(lat, lon));
      builder.add_edge(a, builder.add_node(from_degrees(lat + 0.01, lon + 0.02)), Road{});
    }
  }
  const RoadGraph graph = builder.build();
  const auto text = slopes_from_dem(graph, scratch / "txt");
  const auto image = slopes_from_dem(graph, scratch / "png");
  // The published files differ by 1 cm in 5,513 of their pixels, so slopes by their rounding.
  std::size_t different = 0;
  for (std::size_t edge = 0; edge < graph.edge_count(); ++edge) {
    EXPECT_NEAR(text.permille[edge], image.permille[edge], 1);
    different += text.permille[edge] == image.permille[edge] ? 0U : 1U;
  }
  EXPECT_LT(different, 20);
  EXPECT_EQ(text.report.edges_without_height, image.report.edges_without_height);
  EXPECT_LT(text.report.edges_without_height, 2000U);  // the south-east of the tile is sea
  EXPECT_GT(text.report.steepest_permille, 50);
}

}  // namespace
}  // namespace route
