// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "datagen/town_files.hpp"

namespace datagen {

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    throw std::runtime_error(file.string() +
                             " could not be written; check the folder and the free space");
  }
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) {
    throw std::runtime_error(file.string() + " could not be read; check the path");
  }
  return bytes;
}

}  // namespace datagen
