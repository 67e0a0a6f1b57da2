// SPDX-License-Identifier: Apache-2.0
#include "city_files.hpp"

#include <algorithm>

namespace registry {
namespace {

namespace fs = std::filesystem;

/// registry.db, its logs and copies, registry.key, registry.ring.
bool is_store_or_key(const fs::path& name) {
  return !name.has_parent_path() && name.string().starts_with("registry.");
}

}  // namespace

std::vector<std::string> city_files(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path name = entry.path().lexically_relative(folder);
    if (entry.is_regular_file() && !entry.is_symlink() && !is_store_or_key(name)) {
      names.push_back(name.generic_string());
    }
  }
  std::ranges::sort(names);
  return names;
}

bool is_safe_name(const std::string& name) {
  const fs::path path(name);
  const bool steps_out = std::ranges::any_of(
      path, [](const fs::path& part) { return part == ".." || part == "." || part.empty(); });
  return !name.empty() && name.find('\0') == std::string::npos && path.is_relative() &&
         !steps_out && !is_store_or_key(path);
}

}  // namespace registry
