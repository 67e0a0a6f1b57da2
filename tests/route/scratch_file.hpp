// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace support {

/// A file in a directory of its own, gone with the object.
class ScratchFile {
 public:
  ScratchFile(const std::string& name, std::string_view content) {
    std::string directory = testing::TempDir() + "route_XXXXXX";
    if (mkdtemp(directory.data()) == nullptr) {
      throw std::runtime_error("no scratch directory in " + testing::TempDir());
    }
    path_ = std::filesystem::path(directory) / name;
    add(name, content);
  }
  ~ScratchFile() {
    std::error_code ignored;
    std::filesystem::remove_all(path_.parent_path(), ignored);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile(ScratchFile&&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ScratchFile& operator=(ScratchFile&&) = delete;

  /// Puts another file beside it.
  void add(const std::string& name, std::string_view content) const {
    std::ofstream(path_.parent_path() / name, std::ios::binary) << content;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace support
