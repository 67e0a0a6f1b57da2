// SPDX-License-Identifier: Apache-2.0
#include "height_grid.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include "route/error.hpp"

namespace route {
namespace {

namespace fs = std::filesystem;

bool is_number(const fs::path& name) {
  const std::string text = name.stem().string();
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return extension;
}

bool is_tile(const fs::path& path) {
  const std::string extension = lower_extension(path);
  return (extension == ".txt" || extension == ".png") && is_number(path) &&
         is_number(path.parent_path()) && is_number(path.parent_path().parent_path());
}

bool holds_tiles(const fs::path& folder) {
  std::error_code ignored;
  return std::ranges::any_of(fs::directory_iterator(folder, ignored),
                             [](const fs::directory_entry& entry) {
                               return entry.is_directory() && is_number(entry.path());
                             });
}

}  // namespace

float plausible_height(double metres) {
  constexpr double kLowestM = -500;
  constexpr double kHighestM = 9000;
  return metres >= kLowestM && metres <= kHighestM ? static_cast<float>(metres) : kNoHeight;
}

std::string range_text(const Box& box) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(3) << "北緯 " << box.low.lat() << "〜" << box.high.lat()
       << "、東経 " << box.low.lon() << "〜" << box.high.lon();
  return text.str();
}

void refuse_uncovered(const fs::path& path, const Box& roads, const std::string& model_range) {
  throw InputError("標高データ " + path.string() + "（" + model_range +
                   "）は道路の範囲にありません（道路は" + range_text(roads) +
                   "）。この町の図郭のデータを使ってください");
}

std::optional<HeightGrid> read_height_sheets(const fs::path& path, const Box& area) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return holds_tiles(path) ? read_gsi_tiles(path, area) : read_fg_sheets(path, area);
  }
  if (is_tile(path)) {
    return read_gsi_tiles(path, area);
  }
  const std::string extension = lower_extension(path);
  if (extension == ".xml" || extension == ".zip") {
    return read_fg_sheets(path, area);
  }
  return std::nullopt;
}

}  // namespace route
