// SPDX-License-Identifier: Apache-2.0

// Real towns. The expected figures were counted from the files by a separate script: ways, shared
// nodes and ends, pieces between them, and lengths on a sphere (which differ by up to 0.5 % from
// those on the ellipsoid).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <set>
#include <string>

#include "route/error.hpp"
#include "route/osm_import.hpp"
#include "route/snapping.hpp"
#include "support/file_bytes.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

using support::bytes_of;
class RealRoads : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder())) {
      GTEST_SKIP() << "no real roads at " << folder();
    }
  }

  static std::filesystem::path folder() {
    return std::filesystem::path(TOMONI_SHARED_DATA_DIR) / "roads";
  }

  static std::size_t dropped(const BuildReport& report) {
    std::size_t sum = 0;
    for (const auto& [reason, count] : report.ways_dropped) {
      sum += count;
    }
    return sum;
  }
};

void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string_view text_of(std::span<const std::byte> image) {
  return {reinterpret_cast<const char*>(image.data()), image.size()};
}

TEST_F(RealRoads, KumamotoHasEveryWayWithItsIds) {
  const auto [graph, report] = import_osm(folder() / "kumamoto_all.osm.pbf");
  EXPECT_EQ(report.ways_read, 8522);
  EXPECT_EQ(report.ways_used, 8520);
  EXPECT_THAT(report.ways_dropped, ::testing::ElementsAre(::testing::Pair("highway=bus_stop", 2)));
  EXPECT_EQ(report.missing_nodes, 0);
  EXPECT_NEAR(report.length_km, 1038.988, 5.2);
  // Shared nodes and ends, and for each of the 56 nodes that might be an obstacle at most itself
  // and two neighbours more.
  EXPECT_GE(graph.node_count(), 11682);
  EXPECT_LE(graph.node_count(), 11682 + 3 * 56);
  // Every further cut adds one node and one edge.
  EXPECT_EQ(graph.edge_count() - graph.node_count(), 16088 - 11682);
  EXPECT_EQ(report.components, 127);

  std::set<std::int64_t> ways;
  std::uint64_t length_mm = 0;
  std::size_t steps = 0;
  for (const EdgeId edge : graph.edges()) {
    const Road& road = graph.road(edge);
    steps += ways.insert(road.way_id).second && road.road_class == RoadClass::Steps ? 1U : 0U;
    length_mm += road.length_mm;
  }
  EXPECT_EQ(ways.size(), report.ways_used);
  EXPECT_EQ(*ways.begin(), 24762278);
  EXPECT_EQ(*ways.rbegin(), 1124918637);
  EXPECT_EQ(steps, 124);
  EXPECT_NEAR(static_cast<double>(length_mm) / 1e6, report.length_km, 1e-6);

  std::set<std::int64_t> nodes;
  for (const NodeId node : graph.nodes()) {
    nodes.insert(graph.source_id(node));
    EXPECT_TRUE(graph.bounds().contains(graph.position(node)));
  }
  EXPECT_EQ(nodes.size(), graph.node_count());
  EXPECT_GE(*nodes.begin(), 265864390);
  EXPECT_LE(*nodes.rbegin(), 10296097901);
  // The file's own bounding box.
  EXPECT_EQ(graph.bounds().low, from_degrees(32.7543775, 130.653986));
  EXPECT_EQ(graph.bounds().high, from_degrees(32.8562053, 130.7862376));
}

TEST_F(RealRoads, SmallFilesOfEveryKindAreRead) {
  const auto tsukuba = import_osm(folder() / "tsukuba_aist.osm");
  EXPECT_EQ(tsukuba.report.ways_used, 473);
  // No obstacles here, and one ring that begins where nothing else is.
  EXPECT_EQ(tsukuba.graph.node_count(), 656 - 1);
  EXPECT_EQ(tsukuba.graph.edge_count(), 871 - 1);
  EXPECT_EQ(tsukuba.report.components, 7);
  EXPECT_NEAR(tsukuba.report.length_km, 158.737, 0.8);

  const auto kyoto = import_osm(folder() / "kyoto_shimogyo.osm");
  EXPECT_EQ(kyoto.report.ways_read, 202);
  EXPECT_EQ(kyoto.report.ways_used, 202);
  EXPECT_NEAR(kyoto.report.length_km, 42.307, 0.22);

  const auto andorra = import_osm(folder() / "andorra.osm.gz");
  EXPECT_EQ(andorra.report.ways_read, 1614);
  EXPECT_EQ(andorra.report.ways_used, 1612);
  EXPECT_EQ(dropped(andorra.report), 2);
  EXPECT_NEAR(andorra.report.length_km, 848.226, 4.3);
}

TEST_F(RealRoads, TruncatedMonacoIsRefused) {
  const support::ScratchFolder scratch;
  const std::string whole = bytes_of(folder() / "monaco.osm.pbf");
  for (const double share : {0.1, 0.5, 0.9, 0.999}) {
    const auto size = static_cast<std::size_t>(static_cast<double>(whole.size()) * share);
    write(scratch / "monaco.osm.pbf", std::string_view(whole).substr(0, size));
    EXPECT_THROW((void)import_osm(scratch / "monaco.osm.pbf"), InputError) << share;
  }
}

TEST_F(RealRoads, ImportSaveAndMapGiveTheSameBytes) {
  const support::ScratchFolder scratch;
  const auto first = import_osm(folder() / "kumamoto_all.osm.pbf");
  const auto second = import_osm(folder() / "kumamoto_all.osm.pbf");
  EXPECT_TRUE(std::ranges::equal(first.graph.image(), second.graph.image()));
  write(scratch / "kumamoto", text_of(first.graph.image()));
  const RoadGraph mapped = RoadGraph::map(scratch / "kumamoto");
  EXPECT_TRUE(std::ranges::equal(first.graph.image(), mapped.image()));
}

TEST_F(RealRoads, AFlippedBitInASavedTownIsRefused) {
  const auto town = import_osm(folder() / "kyoto_shimogyo.osm");
  std::vector<std::byte> image(town.graph.image().begin(), town.graph.image().end());
  std::mt19937 random(5);
  for (int sample = 0; sample < 2000; ++sample) {
    const auto bit = random() % (8 * image.size());
    auto damaged = image;
    damaged[bit / 8] ^= std::byte{1} << (bit % 8);
    EXPECT_THROW((void)RoadGraph::from_image(std::move(damaged)), InputError) << "bit " << bit;
  }
}

TEST_F(RealRoads, EveryNodeSnapsToAnEdgeOfItsOwn) {
  const auto town = import_osm(folder() / "kumamoto_all.osm.pbf");
  const RoadIndex index(town.graph);
  for (const NodeId node : town.graph.nodes()) {
    const auto found = index.nearest(town.graph.position(node), {}, 1);
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].distance_m, 0);
    EXPECT_EQ(found[0].point, town.graph.position(node));
  }
}

}  // namespace
}  // namespace route
