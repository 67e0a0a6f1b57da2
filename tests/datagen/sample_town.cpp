// SPDX-License-Identifier: Apache-2.0
#include "sample_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <stdexcept>

namespace datagen_test {
namespace {

Tags tags_of(const osmium::OSMObject& object) {
  Tags tags;
  for (const osmium::Tag& tag : object.tags()) {
    tags[tag.key()] = tag.value();
  }
  return tags;
}

void note(RoadFile& file, const osmium::OSMObject& object) {
  file.ids.push_back(object.id());
  file.has_metadata = file.has_metadata || object.timestamp().valid() || object.uid() != 0;
}

constexpr double kMetresPerDegree = 111'000;

double east(registry::Position p, double lat) {
  return p.lon * kMetresPerDegree * std::cos(lat * 0.017453292519943295);
}

}  // namespace

std::filesystem::path fresh_folder() {
  static int count = 0;
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::filesystem::path dir = std::filesystem::path(testing::TempDir()) /
                              (std::string("datagen-") + test->test_suite_name() + "-" +
                               test->name() + "-" + std::to_string(++count));
  std::filesystem::remove_all(dir);
  std::filesystem::create_directories(dir);
  return dir;
}

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::map<std::string, std::string> files_of(const std::filesystem::path& dir) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(dir)) {
    files[entry.path().filename().string()] = read_all(entry.path());
  }
  return files;
}

std::filesystem::path make_town(int people, std::uint64_t seed) {
  std::filesystem::path dir = fresh_folder() / "town";
  datagen::write_sample(dir, {.people = people, .seed = seed, .areas = {}}, {});
  return dir;
}

registry::Table table_of(const std::filesystem::path& dir, const std::string& name) {
  return registry::read_csv(read_all(dir / name));
}

registry::ParsedRows<registry::ResidentRow> residents_of(const std::filesystem::path& dir) {
  return registry::parse_residents(table_of(dir, "residents.csv"), kToday);
}

double metres(registry::Position a, registry::Position b) {
  return std::hypot(east(a, a.lat) - east(b, a.lat), (a.lat - b.lat) * kMetresPerDegree);
}

double metres_to(registry::Position p, registry::Position a, registry::Position b) {
  const double ax = east(a, p.lat) - east(p, p.lat);
  const double ay = (a.lat - p.lat) * kMetresPerDegree;
  const double dx = east(b, p.lat) - east(a, p.lat);
  const double dy = (b.lat - a.lat) * kMetresPerDegree;
  const double square = dx * dx + dy * dy;
  const double share = square == 0 ? 0 : std::clamp(-(ax * dx + ay * dy) / square, 0.0, 1.0);
  return std::hypot(ax + dx * share, ay + dy * share);
}

const Way& RoadFile::way_with(const std::string& key, const std::string& value) const {
  const auto found = std::ranges::find_if(ways, [&](const Way& way) {
    const auto tag = way.tags.find(key);
    return tag != way.tags.end() && tag->second == value;
  });
  if (found == ways.end()) {
    throw std::runtime_error("no way with " + key + "=" + value);
  }
  return *found;
}

RoadFile roads_of(const std::filesystem::path& dir) {
  RoadFile file;
  osmium::io::Reader reader((dir / "roads.osm.pbf").string());
  for (const auto& [key, value] : reader.header()) {
    file.header.insert(key);
  }
  while (osmium::memory::Buffer buffer = reader.read()) {
    for (const auto& node : buffer.select<osmium::Node>()) {
      note(file, node);
      file.places[node.id()] = {node.location().lat(), node.location().lon()};
      if (!node.tags().empty()) {
        file.node_tags[node.id()] = tags_of(node);
      }
    }
    for (const auto& way : buffer.select<osmium::Way>()) {
      note(file, way);
      Way copy{way.id(), {}, tags_of(way)};
      for (const auto& node : way.nodes()) {
        copy.nodes.push_back(node.ref());
      }
      file.ways.push_back(std::move(copy));
    }
  }
  reader.close();
  return file;
}

}  // namespace datagen_test
