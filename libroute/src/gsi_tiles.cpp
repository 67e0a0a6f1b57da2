// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <numbers>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "height_grid.hpp"
#include "route/error.hpp"

// 標高タイル: 256 x 256 heights in the square tiles of the spherical Mercator map. Text: 256 lines
// of 256 numbers in metres, "e" where there is none. PNG: x = 65536 R + 256 G + B; below 2^23 the
// height is x, above it x - 2^24, in centimetres; 2^23 itself, or a transparent pixel, is "no
// data".

namespace route {
namespace {

namespace fs = std::filesystem;

constexpr int kSide = 256;
constexpr int kDeepestZoom = 20;
constexpr int kWebMercator = 3857;
constexpr double kHalfWorldM = std::numbers::pi * 6'378'137;
constexpr int kAlone = -1;

/// Which tiles to look at: all below the root, or one.
struct TileSource {
  fs::path root;
  int zoom = kAlone;
  int x = kAlone;
  int y = kAlone;
};

struct TileRange {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;  // both included
};

[[noreturn]] void refuse_tile(const fs::path& tile, const std::string& why) {
  throw InputError("標高タイル " + tile.string() + " を読めません（" + why +
                   "）。もう一度入手してください");
}

TileRange tiles_under(const Box& area, int zoom) {
  const double side = std::ldexp(1.0, zoom);
  const auto x_of = [side](double lon) { return std::floor((lon + 180) / 360 * side); };
  const auto y_of = [side](double lat) {
    const double radians = lat * std::numbers::pi / 180;
    return std::floor((1 - std::asinh(std::tan(radians)) / std::numbers::pi) / 2 * side);
  };
  const auto within = [side](double tile) {
    return static_cast<int>(std::clamp(tile, 0.0, side - 1));
  };
  return {within(x_of(area.low.lon())), within(y_of(area.high.lat())),
          within(x_of(area.high.lon())), within(y_of(area.low.lat()))};
}

std::vector<float> read_text_tile(const fs::path& tile) {
  std::ifstream in(tile, std::ios::binary);
  std::vector<float> heights;
  heights.reserve(std::size_t{kSide} * kSide);
  std::string line;
  for (int row = 0; row < kSide; ++row) {
    const std::string where = std::to_string(row + 1) + "行目";
    if (!std::getline(in, line)) {
      refuse_tile(tile, where + "がない");
    }
    std::string_view rest = line;
    while (!rest.empty() && (rest.back() == '\r' || rest.back() == ',')) {
      rest.remove_suffix(1);
    }
    for (int column = 0; column < kSide; ++column) {
      const auto comma = rest.find(',');
      if ((comma == std::string_view::npos) != (column == kSide - 1)) {
        refuse_tile(tile, where + "に値が256個ない");
      }
      const std::string_view cell = rest.substr(0, comma);
      rest.remove_prefix(std::min(cell.size() + 1, rest.size()));
      double metres = 0;
      const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), metres);
      const bool number = fault == std::errc() && end == cell.data() + cell.size();
      if (!number && cell != "e") {
        refuse_tile(tile, where + "に数でない値");
      }
      heights.push_back(number ? plausible_height(metres) : kNoHeight);
    }
  }
  return heights;
}

std::vector<float> read_png_tile(const fs::path& tile) {
  const DatasetHandle image = open_gdal(tile, GdalContent::TileImage);
  if (GDALGetRasterXSize(image.get()) != kSide || GDALGetRasterYSize(image.get()) != kSide ||
      GDALGetRasterCount(image.get()) < 3 ||
      GDALGetRasterDataType(GDALGetRasterBand(image.get(), 1)) != GDT_Byte) {
    refuse_tile(tile, "256×256画素のRGBでない");
  }
  constexpr std::size_t kPixels = std::size_t{kSide} * kSide;
  constexpr int kWithAlpha = 4;
  const int bands = std::min(GDALGetRasterCount(image.get()), kWithAlpha);
  std::vector<std::uint8_t> colours(kWithAlpha * kPixels, 255);  // opaque where there is no alpha
  if (GDALDatasetRasterIO(image.get(), GF_Read, 0, 0, kSide, kSide, colours.data(), kSide, kSide,
                          GDT_Byte, bands, nullptr, 0, 0, 0) != CE_None) {
    refuse_tile(tile, CPLGetLastErrorMsg());
  }
  std::vector<float> heights(kPixels);
  for (std::size_t i = 0; i < kPixels; ++i) {
    constexpr int kNone = 1 << 23;
    const int code = colours[i] * 65536 + colours[kPixels + i] * 256 + colours[2 * kPixels + i];
    const int centimetres = code < kNone ? code : code - 2 * kNone;
    const bool none = code == kNone || colours[3 * kPixels + i] == 0;
    heights[i] = none ? kNoHeight : plausible_height(centimetres / 100.0);
  }
  return heights;
}

/// The file of a tile, or an empty path.
fs::path file_of(const TileSource& source, int zoom, int x, int y) {
  const bool wanted = source.zoom == kAlone || (x == source.x && y == source.y);
  std::error_code ignored;
  for (const char* extension : {".txt", ".png"}) {
    fs::path file =
        source.root / std::to_string(zoom) / std::to_string(x) / (std::to_string(y) + extension);
    if (wanted && fs::is_regular_file(file, ignored)) {
      return file;
    }
  }
  return {};
}

std::vector<int> zooms_of(const TileSource& source) {
  if (source.zoom != kAlone) {
    return {source.zoom};
  }
  std::vector<int> zooms;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(source.root, ignored)) {
    const std::string name = entry.path().filename().string();
    int zoom = 0;
    const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), zoom);
    if (fault == std::errc() && end == name.data() + name.size() && zoom <= kDeepestZoom) {
      zooms.push_back(zoom);
    }
  }
  std::ranges::sort(zooms, std::greater<>());
  return zooms;
}

TileSource source_of(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return {path};
  }
  const fs::path column = path.parent_path();
  const fs::path zoom = column.parent_path();
  const auto number = [&path](const fs::path& name) {
    const std::string text = name.stem().string();
    int value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) {
      refuse_tile(path, "z/x/y のフォルダにない");
    }
    return value;
  };
  return {zoom.parent_path(), std::min(number(zoom.filename()), kDeepestZoom),
          number(column.filename()), number(path.filename())};
}

/// All tiles of one zoom under the area, or nothing when there is none.
std::optional<HeightGrid> read_zoom(const TileSource& source, int zoom, const Box& area) {
  const TileRange range = tiles_under(area, zoom);
  const std::int64_t wide = range.right - range.left + 1;
  const std::int64_t high = range.bottom - range.top + 1;
  constexpr std::int64_t kMostTiles = kMostPixels / (std::int64_t{kSide} * kSide);
  if (wide * high > kMostTiles) {
    throw InputError("道路の範囲に標高タイル（ズーム " + std::to_string(zoom) + "）が " +
                     std::to_string(wide * high) +
                     " 枚あり、多すぎます。浅いズームのタイルを使ってください");
  }
  HeightGrid grid;
  for (int y = range.top; y <= range.bottom; ++y) {
    for (int x = range.left; x <= range.right; ++x) {
      const fs::path file = file_of(source, zoom, x, y);
      if (file.empty()) {
        continue;
      }
      if (grid.heights.empty()) {
        grid.columns = static_cast<int>(wide) * kSide;
        grid.rows = static_cast<int>(high) * kSide;
        grid.heights.assign(static_cast<std::size_t>(wide * high) * kSide * kSide, kNoHeight);
      }
      const auto tile = file.extension() == ".txt" ? read_text_tile(file) : read_png_tile(file);
      for (int row = 0; row < kSide; ++row) {
        const auto from = tile.begin() + std::ptrdiff_t{row} * kSide;
        const auto to = (std::ptrdiff_t{y - range.top} * kSide + row) * grid.columns +
                        std::ptrdiff_t{x - range.left} * kSide;
        std::copy(from, from + kSide, grid.heights.begin() + to);
      }
    }
  }
  if (grid.heights.empty()) {
    return std::nullopt;
  }
  const double tile_m = 2 * kHalfWorldM / std::ldexp(1.0, zoom);
  grid.srs = srs_of_epsg(kWebMercator);
  grid.to_place = {range.left * tile_m - kHalfWorldM,
                   tile_m / kSide,
                   0,
                   kHalfWorldM - range.top * tile_m,
                   0,
                   -tile_m / kSide};
  return grid;
}

}  // namespace

HeightGrid read_gsi_tiles(const fs::path& root, const Box& area) {
  const TileSource source = source_of(root);
  std::string tried;
  for (const int zoom : zooms_of(source)) {
    if (auto grid = read_zoom(source, zoom, area)) {
      return std::move(*grid);
    }
    tried += (tried.empty() ? "ズーム " : ", ") + std::to_string(zoom);
  }
  refuse_uncovered(root, area, tried.empty() ? "標高タイル" : "標高タイル、" + tried);
}

}  // namespace route
