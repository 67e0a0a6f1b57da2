// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "hierarchy_fixture.hpp"
#include "profiles_fixture.hpp"
#include "route/distance_table.hpp"
#include "route/elevation.hpp"
#include "route/hazard.hpp"
#include "route/osm_import.hpp"
#include "route/path.hpp"

namespace {

using route::HazardKind;
using route::import_hazards;

const std::filesystem::path kShared = TOMONI_SHARED_DATA_DIR;

std::filesystem::path shared_file(const std::string& name) {
  return kShared / name;
}

#define SKIP_WITHOUT(path)                                        \
  if (!std::filesystem::exists(path)) {                           \
    GTEST_SKIP() << (path).string() << " is not on this machine"; \
  }

std::size_t zones_of(const route::HazardImport& hazards, HazardKind kind, int rank) {
  const auto fits = [&](const auto& zone) { return zone.kind == kind && zone.rank == rank; };
  return static_cast<std::size_t>(
      std::count_if(hazards.map.zones.begin(), hazards.map.zones.end(), fits));
}

TEST(HazardsOfNumazu, EveryFeatureIsRead) {
  const auto folder = shared_file("hazards/numazu");
  SKIP_WITHOUT(folder);
  const auto flood = import_hazards(folder / "numazu_kanogawa_flood_rank.geojson");
  EXPECT_EQ(flood.report.features_read, 12U);
  EXPECT_EQ(flood.report.zones, 4615U);
  EXPECT_TRUE(flood.report.dropped.empty());
  const auto landslide = import_hazards(folder / "numazu_landslide.geojson");
  EXPECT_EQ(zones_of(landslide, HazardKind::Landslide, 1), 114U);
  EXPECT_EQ(zones_of(landslide, HazardKind::Landslide, 2), 120U);
  const auto tsunami = import_hazards(folder / "numazu_tsunami_rank.geojson");
  EXPECT_EQ(tsunami.report.features_read, 230U);
  // 808 of the 3,642 triangles are slivers whose corners coincide at 1e-7 degrees.
  EXPECT_EQ(tsunami.report.zones, 3642U - 808U);
  EXPECT_EQ(tsunami.report.repaired.size(), 808U);
  EXPECT_GT(zones_of(tsunami, HazardKind::Tsunami, 4), 0U);
}

TEST(HazardsOfYaizu, DepthsWrittenAsTextAreRead) {
  const auto file = shared_file("hazards/yaizu/naisui_shinsui.geojson");
  SKIP_WITHOUT(file);
  const auto hazards = import_hazards(file);
  EXPECT_EQ(hazards.report.features_read, 6U);
  EXPECT_TRUE(hazards.report.dropped.empty());
  EXPECT_GT(zones_of(hazards, HazardKind::InlandFlood, 1), 0U);
  EXPECT_GT(zones_of(hazards, HazardKind::InlandFlood, 4), 0U);
  const auto again = route::hazards_geojson(hazards.map);
  EXPECT_GT(again.size(), 1'000'000U);
}

TEST(SlopesOfAndorra, TheModelCoversTheRoadsAndTheValleyIsSteep) {
  const auto roads = shared_file("roads/andorra.osm.gz");
  const auto archive = shared_file("hazards/dem/N42E001.hgt.zip");
  SKIP_WITHOUT(roads);
  SKIP_WITHOUT(archive);
  const auto import = route::import_osm(roads);
  const auto slopes =
      route::slopes_from_dem(import.graph, "/vsizip/" + archive.string() + "/N42E001.hgt");
  const auto& report = slopes.report;
  EXPECT_EQ(report.edges, import.graph.edge_count());
  EXPECT_LT(report.edges_without_height, report.edges / 20);
  std::vector<std::int16_t> steepness;
  for (const std::int16_t slope : slopes.permille) {
    if (slope != route::Road::kUnknownIncline) {
      steepness.push_back(static_cast<std::int16_t>(std::abs(slope)));
    }
  }
  const auto middle = steepness.begin() + static_cast<std::ptrdiff_t>(steepness.size() / 2);
  std::nth_element(steepness.begin(), middle, steepness.end());
  EXPECT_GT(*middle, 20);   // a mountain state
  EXPECT_LT(*middle, 200);  // whose roads cars can still climb
}

TEST(SearchInKumamoto, TableAndPathsAgreeOnRealRoads) {
  const auto roads = shared_file("roads/kumamoto_all.osm.pbf");
  SKIP_WITHOUT(roads);
  const auto import = route::import_osm(roads);
  const auto& graph = import.graph;
  const auto& profile = support::shipped("wheelchair");
  const auto metric = route::make_metric(graph, {profile});
  std::vector<route::RoadPosition> places;
  for (std::uint32_t i = 0; places.size() < 12 && i < graph.edge_count(); i += 131) {
    if (metric.usable(graph, route::EdgeId{i})) {
      places.push_back({route::EdgeId{i}, 0.37, {}});
    }
  }
  ASSERT_EQ(places.size(), 12U);
  const auto table = route::distance_table(graph, metric, places, places);
  const route::CchTopology hierarchy(graph.net(), graph.order());
  const route::CchMetric customized(hierarchy, support::weights_of({&metric, 1}));
  EXPECT_EQ(table, route::distance_table({graph, metric, customized}, places, places));
  for (std::size_t from = 0; from < places.size(); ++from) {
    for (std::size_t to = 0; to < places.size(); ++to) {
      const auto path = route::find_path({graph, metric, profile}, places[from], places[to]);
      ASSERT_TRUE(path.has_value());  // both lie in the main part
      EXPECT_EQ(path->duration, table.at(from, to));
      EXPECT_EQ(path->steps_met, 0U);
    }
  }
}

TEST(SearchInKumamoto, TheHierarchyAnswersEveryNodeAsDijkstraDoes) {
  const auto roads = shared_file("roads/kumamoto_all.osm.pbf");
  SKIP_WITHOUT(roads);
  const auto import = route::import_osm(roads);
  const auto& graph = import.graph;
  const route::CchTopology hierarchy(graph.net(), graph.order());
  for (const char* name : {"walk", "wheelchair", "vehicle"}) {
    const auto metric = route::make_metric(graph, {support::shipped(name)});
    const route::CchMetric customized(hierarchy, support::weights_of({&metric, 1}));
    route::CchQuery query(customized);
    for (std::uint32_t start = 7; start < graph.node_count(); start += 3001) {
      const route::Seed seed{{start}, 0};
      const auto tree = dijkstra(graph, metric, {&seed, 1}, route::Direction::Forward);
      for (const route::NodeId goal : graph.nodes()) {
        ASSERT_EQ(query.distance({start}, goal), tree.distance[goal]) << name << start;
      }
    }
  }
}

}  // namespace
