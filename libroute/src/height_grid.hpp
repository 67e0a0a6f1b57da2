// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "gdal_handles.hpp"
#include "route/geo.hpp"

namespace route {

constexpr float kNoHeight = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t kMostPixels = 400'000'000;  // 1.6 GB: more than a town needs

/// The height, or `kNoHeight` for what no place on Earth has: -9999, -32768, 1e20 and the like.
[[nodiscard]] float plausible_height(double metres);

/// Heights of one or many sheets of an elevation model as one raster.
struct HeightGrid {
  SrsHandle srs;
  std::array<double, 6> to_place{};  ///< geotransform of GDAL: pixel corner to coordinates
  int columns = 0;
  int rows = 0;
  std::vector<float> heights;  ///< row by row; NaN where there is no data
};

/// The elevation models that GDAL does not put together, or nothing when `path` is none of them:
///   a folder of 標高タイル, z/x/y.txt or z/x/y.png, or one tile in such folders;
///   基盤地図情報 数値標高モデル (.xml), a ZIP of them (also of ZIPs), or a folder of both.
/// Only what lies under `area` is read. Throws `InputError` for what is damaged, for a folder with
/// neither, and when nothing lies under the area.
[[nodiscard]] std::optional<HeightGrid> read_height_sheets(const std::filesystem::path& path,
                                                           const Box& area);

/// 標高タイル below `root`; the deepest zoom that has a tile under the area.
/// Spec: <https://maps.gsi.go.jp/development/demtile.html>.
[[nodiscard]] HeightGrid read_gsi_tiles(const std::filesystem::path& root, const Box& area);

/// Sheets of 基盤地図情報 数値標高モデル (JPGIS 2014), all of the same spacing.
[[nodiscard]] HeightGrid read_fg_sheets(const std::filesystem::path& path, const Box& area);

/// "34.80–34.90, 138.20–138.30": a range of latitude and longitude for messages.
[[nodiscard]] std::string range_text(const Box& box);

/// Throws: the model at `path` has nothing under the roads.
[[noreturn]] void refuse_uncovered(const std::filesystem::path& path, const Box& roads,
                                   const std::string& model_range);

}  // namespace route
