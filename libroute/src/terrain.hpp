// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <vector>

#include "gdal_handles.hpp"
#include "height_grid.hpp"
#include "route/geo.hpp"

namespace route {

/// Heights of an elevation model around a place, held in memory. Not thread-safe (the coordinate
/// transformation keeps state).
class Terrain {
 public:
  /// Reads the part of the model that lies under `area`: a file GDAL can read, or the sheets and
  /// tiles of `read_height_sheets`. Throws `InputError` for a file that is no raster, has no
  /// position or no usable coordinate system, or does not touch the area.
  Terrain(const std::filesystem::path& path, const Box& area);

  /// Height in metres: the mean over a small disc (about one pixel, 5 to 30 m) of bilinear samples;
  /// nothing outside the model or where most of the disc has no data.
  [[nodiscard]] std::optional<double> height(LatLon place) const;
  /// Side of a pixel on the ground.
  [[nodiscard]] double pixel_m() const { return pixel_m_; }

 private:
  struct PixelXY {
    double x = 0;
    double y = 0;
  };
  [[nodiscard]] std::optional<PixelXY> to_pixel(LatLon place) const;
  [[nodiscard]] std::optional<double> bilinear(PixelXY at) const;
  void take_grid(HeightGrid grid);
  void read_gdal(const std::filesystem::path& file, const Box& area);
  [[nodiscard]] bool measure_pixels(LatLon middle);
  [[nodiscard]] bool find_window(GDALDatasetH dataset, const Box& area);
  void read_window(GDALRasterBandH band);

  TransformHandle from_degrees_;
  std::array<double, 6> to_pixel_{};  // inverse of the raster's geotransform
  PixelXY pixels_per_m_east_;
  PixelXY pixels_per_m_north_;
  double pixel_m_ = 0;
  int left_ = 0;
  int top_ = 0;
  int width_ = 0;
  int height_ = 0;
  std::vector<float> heights_;  // row by row; NaN where there is no data
};

}  // namespace route
