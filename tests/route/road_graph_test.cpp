// SPDX-License-Identifier: Apache-2.0
#include "route/road_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "route/error.hpp"
#include "route/graph_builder.hpp"
#include "support/map_sketch.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

using ::testing::HasSubstr;

// Places in the header, as the format fixes them.
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kByteOrderAt = 12;
constexpr std::size_t kChecksumAt = 16;
constexpr std::size_t kChecksummedFrom = 20;
constexpr std::size_t kSectionsAt = 64;

std::vector<std::byte> sample_image() {
  GraphBuilder builder;
  const NodeId a = builder.add_node(from_degrees(32.80, 130.70), 101);
  const NodeId b = builder.add_node(from_degrees(32.80, 130.71), 102);
  const NodeId c = builder.add_node(from_degrees(32.81, 130.71), 103);
  Road road;
  road.way_id = 9;
  road.road_class = RoadClass::Residential;
  builder.add_edge(a, b, road, "上通");
  builder.add_edge(
      b, c, road,
      {from_degrees(32.80, 130.71), from_degrees(32.805, 130.711), from_degrees(32.81, 130.71)});
  builder.add_edge(c, a, road, "下通");
  const RoadGraph graph = builder.build();
  return {graph.image().begin(), graph.image().end()};
}

template <class T>
T read_at(const std::vector<std::byte>& image, std::size_t offset) {
  T value;
  std::memcpy(&value, image.data() + offset, sizeof value);
  return value;
}

template <class T>
void write_at(std::vector<std::byte>& image, std::size_t offset, T value) {
  std::memcpy(image.data() + offset, &value, sizeof value);
}

std::size_t section_at(const std::vector<std::byte>& image, std::size_t section) {
  return read_at<std::uint64_t>(image, kSectionsAt + 16 * section);
}

// Makes the checksum right again, as somebody would who writes such files himself.
void seal(std::vector<std::byte>& image) {
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(image.data() + kChecksummedFrom),
                           image.size() - kChecksummedFrom);
  write_at(image, kChecksumAt, static_cast<std::uint32_t>(crc));
}

std::string refusal_of(std::vector<std::byte> image) {
  try {
    (void)RoadGraph::from_image(std::move(image));
  } catch (const InputError& refusal) {
    return refusal.what();
  }
  return "";
}

void save(const std::vector<std::byte>& bytes, const std::filesystem::path& file) {
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

TEST(RoadGraph, SavedAndMappedItIsTheSameGraph) {
  const support::ScratchFolder folder;
  const auto image = sample_image();
  save(image, folder / "roads");
  const RoadGraph graph = RoadGraph::map(folder / "roads");
  EXPECT_TRUE(std::ranges::equal(graph.image(), image));
  EXPECT_EQ(graph.node_count(), 3);
  EXPECT_EQ(graph.name(EdgeId{0}), "上通");
  EXPECT_EQ(graph.name(EdgeId{1}), "");
  EXPECT_EQ(graph.name(EdgeId{2}), "下通");
  EXPECT_EQ(graph.source_id(NodeId{2}), 103);
  EXPECT_EQ(graph.shape(EdgeId{1}).size(), 3);
  EXPECT_EQ(graph.bounds().high, from_degrees(32.81, 130.711));
}

TEST(RoadGraph, TheSameRoadsGiveTheSameBytes) {
  EXPECT_EQ(sample_image(), sample_image());
}

TEST(RoadGraph, MovingKeepsTheGraph) {
  RoadGraph graph = RoadGraph::from_image(sample_image());
  const RoadGraph moved = std::move(graph);
  EXPECT_EQ(moved.edge_count(), 3);
  EXPECT_EQ(moved.name(EdgeId{2}), "下通");
}

TEST(RoadGraph, EveryFlippedBitIsRefused) {
  const auto image = sample_image();
  for (std::size_t bit = 0; bit < 8 * image.size(); ++bit) {
    auto damaged = image;
    damaged[bit / 8] ^= std::byte{1} << (bit % 8);
    EXPECT_NE(refusal_of(std::move(damaged)), "") << "bit " << bit;
  }
}

TEST(RoadGraph, EveryTruncationIsRefused) {
  const auto image = sample_image();
  for (std::size_t size = 0; size < image.size(); ++size) {
    EXPECT_NE(refusal_of({image.begin(), image.begin() + static_cast<std::ptrdiff_t>(size)}), "")
        << size << " bytes";
  }
  auto longer = image;
  longer.resize(image.size() + 8);
  EXPECT_NE(refusal_of(std::move(longer)), "");
}

TEST(RoadGraph, RefusalsSayWhatIsWrong) {
  auto other_version = sample_image();
  write_at<std::uint32_t>(other_version, kVersionAt, 3);
  seal(other_version);
  EXPECT_THAT(refusal_of(other_version), HasSubstr("版が3"));
  EXPECT_THAT(refusal_of(other_version), HasSubstr("読み込み直してください"));

  auto other_machine = sample_image();
  write_at<std::uint32_t>(other_machine, kByteOrderAt, 0x04030201);
  EXPECT_THAT(refusal_of(other_machine), HasSubstr("バイト順"));

  EXPECT_THAT(refusal_of(std::vector<std::byte>(1000)), HasSubstr("TOMONIRG"));
}

// Each is a well-sealed image with one wrong entry; sections are counted as in the file format.
TEST(RoadGraph, WrongEntriesAreRefusedThoughTheChecksumFits) {
  struct Case {
    const char* what;
    std::size_t section;
    std::size_t entry_bytes;
    std::size_t entry;
    std::uint32_t value;
  };
  constexpr std::uint32_t kFar = 1'000'000;
  const std::vector<Case> cases{
      {"latitude beyond the pole", 0, 8, 0, 900'000'001},
      {"first arc beyond the end", 2, 4, 1, kFar},
      {"arcs that do not start at 0", 2, 4, 0, 1},
      {"head that does not exist", 3, 4, 0, kFar},
      {"tail that does not fit", 4, 4, 0, 2},
      {"edge that does not exist", 5, 4, 0, kFar},
      {"arc of another edge", 5, 4, 0, 2},
      {"entering arcs beyond the end", 6, 4, 3, kFar},
      {"entering arc that does not exist", 7, 4, 0, kFar},
      {"entering arc of another node", 7, 4, 0, 0},
      {"edge with another's arc", 8, 4, 0, 5},
      {"shape that begins too late", 10, 4, 0, 1},
      {"shape with one point", 10, 4, 1, 1},
      {"shape that is somewhere else", 11, 8, 0, 0},
      {"order with a node that does not exist", 13, 4, 0, kFar},
  };
  for (const Case& one : cases) {
    auto image = sample_image();
    const std::size_t at = section_at(image, one.section) + one.entry * one.entry_bytes;
    ASSERT_NE(read_at<std::uint32_t>(image, at), one.value) << one.what;
    write_at(image, at, one.value);
    seal(image);
    EXPECT_NE(refusal_of(std::move(image)), "") << one.what;
  }
}

TEST(RoadGraph, WrongRoadsAndNamesAreRefusedThoughTheChecksumFits) {
  constexpr std::size_t kRoads = 9;
  constexpr std::size_t kNames = 12;
  const auto with_road = [](auto change) {
    auto image = sample_image();
    auto road = read_at<Road>(image, section_at(image, kRoads));
    change(road);
    write_at(image, section_at(image, kRoads), road);
    seal(image);
    return refusal_of(std::move(image));
  };
  EXPECT_EQ(with_road([](Road&) {}), "");
  EXPECT_NE(with_road([](Road& road) { road.name = 2; }), "");
  EXPECT_NE(with_road([](Road& road) { road.name = 1'000'000; }), "");
  EXPECT_NE(with_road([](Road& road) { road.road_class = static_cast<RoadClass>(19); }), "");
  EXPECT_NE(with_road([](Road& road) { road.foot = static_cast<Tri>(3); }), "");
  EXPECT_NE(with_road([](Road& road) { road.oneway_vehicle = 3; }), "");

  auto endless = sample_image();
  const auto names = section_at(endless, kNames);
  const auto bytes = read_at<std::uint64_t>(endless, kSectionsAt + 16 * kNames + 8);
  write_at(endless, names + bytes - 1, 'x');
  seal(endless);
  EXPECT_NE(refusal_of(std::move(endless)), "");
}

TEST(RoadGraph, RandomEntriesNeverGetPastTheChecks) {
  std::mt19937 random(20'240'501);
  const auto image = sample_image();
  for (int round = 0; round < 3000; ++round) {
    auto damaged = image;
    for (int writes = 0; writes < 3; ++writes) {
      write_at(damaged, kChecksummedFrom + random() % (image.size() - kChecksummedFrom - 4),
               static_cast<std::uint32_t>(random() % 8 == 0 ? random() : random() % 12));
    }
    seal(damaged);
    try {
      // What is accepted must at least be safe to walk through.
      const RoadGraph graph = RoadGraph::from_image(std::move(damaged));
      for (const ArcId arc : graph.arcs()) {
        ASSERT_LT(graph.head(arc).value, graph.node_count());
        ASSERT_GE(graph.shape(graph.edge(arc)).size(), 2);
        ASSERT_LT(graph.name(graph.edge(arc)).size(), image.size());
      }
    } catch (const InputError&) {
      continue;
    }
  }
}

TEST(RoadGraph, FilesThatAreNotThereOrEmptyCannotBeMapped) {
  const support::ScratchFolder folder;
  EXPECT_THROW((void)RoadGraph::map(folder / "nowhere"), Error);
  EXPECT_THROW((void)RoadGraph::map(folder.path()), Error);
  save({}, folder / "empty");
  EXPECT_THROW((void)RoadGraph::map(folder / "empty"), InputError);
}

}  // namespace
}  // namespace route
