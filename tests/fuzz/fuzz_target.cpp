// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fuzz {

std::uint64_t& accepted() {
  static std::uint64_t count = 0;
  return count;
}

void require(bool holds, const char* what) {
  if (!holds) {
    static_cast<void>(std::fprintf(stderr, "does not hold: %s\n", what));
    std::abort();
  }
}

InputFile::InputFile(const std::string& ending) {
  const auto folder = std::filesystem::temp_directory_path();
  path_ = folder / ("tomoni-fuzz-" + std::to_string(::getpid()) + ending);
}

InputFile::~InputFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void InputFile::fill(std::string_view bytes) const {
  std::ofstream out(path_, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.close();
  require(!out.fail(), "the input file could be written");
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw std::runtime_error(file.string() + " cannot be read");
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace fuzz
