// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace support {

/// What a run of the program left behind.
struct Run {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs `tomoni` as a user would, without a shell. `file_limit_kib`, when not 0, lets it write no
/// file larger than that: a disk that is full at a known point.
[[nodiscard]] Run tomoni(const std::vector<std::string>& arguments, unsigned file_limit_kib = 0);

/// A folder of the test's own, empty at the start.
[[nodiscard]] std::filesystem::path fresh_folder(const std::string& name);

[[nodiscard]] std::string read_all(const std::filesystem::path& file);
void write_all(const std::filesystem::path& file, const std::string& bytes);

/// Every file below a folder with its bytes' hash: equal listings mean nothing was written.
[[nodiscard]] std::vector<std::string> listing(const std::filesystem::path& folder);

}  // namespace support
