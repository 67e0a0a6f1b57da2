// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace registry {

/// Names, relative to the city's folder and in their order, of the files a backup holds beside the
/// store: rules, settings, roads. Keys, the store with its logs, and drafts are not among them.
[[nodiscard]] std::vector<std::string> city_files(const std::filesystem::path& folder);

/// Whether a name from a backup stays inside the folder it is restored to and touches no key.
[[nodiscard]] bool is_safe_name(const std::string& name);

}  // namespace registry
