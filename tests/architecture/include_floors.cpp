// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "architecture/source_rules.hpp"

namespace architecture {
namespace {

/// What the files below a path may include: prefixes of header names. The C++ standard library and
/// quoted headers of the same folder (without a slash) are always allowed.
struct Floor {
  std::string_view path;
  std::vector<std::string_view> allowed;
};

/// The first floor whose path begins the file's path counts; a single file that may use Boost
/// therefore stands before its folder.
const std::vector<Floor>& floors() {
  static const std::vector<Floor> all = {
      {"libregistry/include/registry/", {"registry/"}},
      {"libregistry/src/",
       {"registry/", "soci/", "sqlite3.h", "unicode/", "nlohmann/", "toml++/", "sodium.h",
        "fcntl.h", "unistd.h", "expat.h", "zip.h", "stdlib.h", "arpa/", "sys/", "libpq-fe.h"}},
      {"libroute/include/route/boost_graph.hpp", {"route/", "boost/"}},
      {"libroute/include/route/", {"route/"}},
      {"libroute/src/",
       {"route/", "boost/", "osmium/", "gdal", "ogr", "cpl_", "expat.h", "toml++/", "zlib.h"}},
      {"tools/planner/paired_difference.cpp", {"planner/", "route/", "boost/math/"}},
      {"tools/planner/scenario_json.cpp", {"planner/", "registry/", "nlohmann/"}},
      {"tools/planner/", {"planner/", "registry/", "route/", "toml++/"}},
      {"tools/documents/netcdf_file.cpp", {"documents/", "registry/", "netcdf"}},
      {"tools/documents/",
       {"documents/", "planner/", "registry/", "route/", "cairo", "pango/", "hb", "fontconfig/",
        "qrencode.h", "sodium.h", "zip.h", "qpdf/", "fmt/"}},
      {"tools/messages/", {"messages/", "registry/", "toml++/", "curl/", "sodium.h"}},
      {"tools/datagen/",
       {"datagen/", "registry/", "gdal", "ogr", "cpl_", "osmium/", "nlohmann/", "zlib.h"}},
      {"tools/drill_mpi/",
       {"cli/", "registry/", "route/", "boost/mpi/", "boost/serialization/", "CLI/", "nlohmann/"}},
      {"tools/cli/",
       {"cli/", "planner/", "documents/", "datagen/", "messages/", "registry/", "route/", "CLI/",
        "spdlog/", "fmt/", "nlohmann/", "sodium.h", "sys/", "unistd.h", "fcntl.h", "pwd.h",
        "termios.h"}},
  };
  return all;
}

const Floor* floor_of(std::string_view path) {
  const auto found = std::ranges::find_if(
      floors(), [path](const Floor& floor) { return path.starts_with(floor.path); });
  return found == floors().end() ? nullptr : &*found;
}

/// <vector>, <cstdint>: no folder and no extension.
bool is_standard(std::string_view include) {
  return include.starts_with('<') && include.find_first_of("/.") == std::string_view::npos;
}

bool is_neighbour(std::string_view include) {
  return include.starts_with('"') && include.find('/') == std::string_view::npos;
}

bool is_allowed(const Floor& floor, std::string_view include) {
  if (is_standard(include) || is_neighbour(include)) {
    return true;
  }
  const std::string_view name = include.substr(1, include.size() - 2);
  return name.find("..") == std::string_view::npos &&
         std::ranges::any_of(floor.allowed,
                             [name](std::string_view prefix) { return name.starts_with(prefix); });
}

/// Folders of code: a new room without a floor is a violation of its own.
bool is_code_folder(std::string_view path) {
  constexpr std::array<std::string_view, 3> kRoots = {"libregistry/", "libroute/", "tools/"};
  return std::ranges::any_of(kRoots,
                             [path](std::string_view root) { return path.starts_with(root); });
}

}  // namespace

Violations check_include_floors(const SourceFile& file) {
  if (!is_code_folder(file.path)) {
    return {};
  }
  const Floor* floor = floor_of(file.path);
  if (floor == nullptr) {
    return {file.path + ": stands on no floor; give its folder a row in include_floors.cpp"};
  }
  Violations found;
  for (const std::string& include : includes_of(file.text)) {
    if (!is_allowed(*floor, include)) {
      found.push_back(file.path + ": must not include " + include);
    }
  }
  return found;
}

}  // namespace architecture
