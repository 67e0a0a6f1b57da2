// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "datagen/synthetic_city.hpp"
#include "registry/area.hpp"
#include "registry/city_import.hpp"

namespace datagen_test {

/// A fresh folder for one test.
[[nodiscard]] std::filesystem::path fresh_folder();
[[nodiscard]] std::string read_all(const std::filesystem::path& file);
/// Names and bytes of all files of a folder.
[[nodiscard]] std::map<std::string, std::string> files_of(const std::filesystem::path& dir);

/// Writes a town and returns its folder.
[[nodiscard]] std::filesystem::path make_town(int people, std::uint64_t seed);

inline constexpr registry::Date kToday{std::chrono::year{2026}, std::chrono::month{11},
                                       std::chrono::day{21}};
[[nodiscard]] registry::ParsedRows<registry::ResidentRow> residents_of(
    const std::filesystem::path& dir);
[[nodiscard]] registry::Table table_of(const std::filesystem::path& dir, const std::string& name);

/// Metres between two places of a town.
[[nodiscard]] double metres(registry::Position a, registry::Position b);
/// Metres from a place to a straight stretch.
[[nodiscard]] double metres_to(registry::Position p, registry::Position a, registry::Position b);

using Tags = std::map<std::string, std::string>;
struct Way {
  std::int64_t id = 0;
  std::vector<std::int64_t> nodes;
  Tags tags;
  [[nodiscard]] bool road() const { return tags.contains("highway"); }
};
/// The road file as libosmium reads it.
struct RoadFile {
  std::map<std::int64_t, registry::Position> places;
  std::map<std::int64_t, Tags> node_tags;
  std::vector<Way> ways;
  std::vector<std::int64_t> ids;  ///< of nodes, then ways, as they stand in the file
  std::set<std::string> header;   ///< names of the options in the header
  bool has_metadata = false;

  [[nodiscard]] const Way& way_with(const std::string& key, const std::string& value) const;
};
[[nodiscard]] RoadFile roads_of(const std::filesystem::path& dir);

}  // namespace datagen_test
