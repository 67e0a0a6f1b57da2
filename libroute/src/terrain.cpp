// SPDX-License-Identifier: Apache-2.0
#include "terrain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

#include "route/error.hpp"

namespace route {
namespace {

constexpr int kMarginPixels = 4;
constexpr int kDiscSamples = 8;
constexpr int kFewestSamples = 5;  // of the disc and its middle
constexpr double kSmallestDiscM = 5;
constexpr double kLargestDiscM = 30;

/// Latitudes and longitudes a raster covers, for a message.
std::string range_of(GDALDatasetH dataset) {
  std::array<double, 6> to_place{};
  GDALGetGeoTransform(dataset, to_place.data());
  const TransformHandle to_degrees = to_lon_lat(GDALGetSpatialRef(dataset));
  Box box;
  for (const double column : {0, GDALGetRasterXSize(dataset)}) {
    for (const double row : {0, GDALGetRasterYSize(dataset)}) {
      double x = to_place[0] + column * to_place[1] + row * to_place[2];
      double y = to_place[3] + column * to_place[4] + row * to_place[5];
      const bool found = OCTTransform(to_degrees.get(), 1, &x, &y, nullptr) != 0;
      if (!found || !(std::abs(y) <= 90 && std::abs(x) <= 180)) {
        return "範囲は不明";
      }
      box.add(from_degrees(y, x));
    }
  }
  return range_text(box);
}

}  // namespace

Terrain::Terrain(const std::filesystem::path& path, const Box& area) {
  const QuietGdal quiet;
  if (area.low.lat_e7 > area.high.lat_e7) {
    throw InputError("勾配を求める道路がありません。先に道路を読み込んでください");
  }
  if (auto grid = read_height_sheets(path, area)) {
    take_grid(std::move(*grid));
    if (!measure_pixels(interpolate(area.low, area.high, 0.5))) {
      refuse_uncovered(path, area, "範囲は不明");
    }
    return;
  }
  read_gdal(path, area);
}

void Terrain::take_grid(HeightGrid grid) {
  TOMONI_EXPECT(GDALInvGeoTransform(grid.to_place.data(), to_pixel_.data()) != 0);
  from_degrees_ = lon_lat_to(grid.srs.get());
  width_ = grid.columns;
  height_ = grid.rows;
  heights_ = std::move(grid.heights);
}

void Terrain::read_gdal(const std::filesystem::path& file, const Box& area) {
  const DatasetHandle dataset = open_gdal(file, GdalContent::Heights);
  std::array<double, 6> to_place{};
  if (GDALGetGeoTransform(dataset.get(), to_place.data()) != CE_None ||
      GDALInvGeoTransform(to_place.data(), to_pixel_.data()) == 0) {
    throw InputError(file.string() +
                     " に位置の情報がありません。座標つきの標高データを使ってください");
  }
  from_degrees_ = lon_lat_to(GDALGetSpatialRef(dataset.get()));
  if (!measure_pixels(interpolate(area.low, area.high, 0.5)) || !find_window(dataset.get(), area)) {
    refuse_uncovered(file, area, range_of(dataset.get()));
  }
  read_window(GDALGetRasterBand(dataset.get(), 1));
}

std::optional<double> Terrain::height(LatLon place) const {
  const auto middle = to_pixel(place);
  if (!middle.has_value()) {
    return std::nullopt;
  }
  double sum = 0;
  int samples = 0;
  const auto take = [&](double east_m, double north_m) {
    const auto sample =
        bilinear({middle->x + east_m * pixels_per_m_east_.x + north_m * pixels_per_m_north_.x,
                  middle->y + east_m * pixels_per_m_east_.y + north_m * pixels_per_m_north_.y});
    sum += sample.value_or(0);
    samples += sample.has_value() ? 1 : 0;
  };
  const double radius_m = std::clamp(pixel_m_, kSmallestDiscM, kLargestDiscM);
  take(0, 0);
  for (int i = 0; i < kDiscSamples; ++i) {
    const double angle = 2 * std::numbers::pi * i / kDiscSamples;
    take(radius_m * std::cos(angle), radius_m * std::sin(angle));
  }
  return samples >= kFewestSamples ? std::optional(sum / samples) : std::nullopt;
}

/// Position in the raster; the middle of the first pixel is (0, 0).
std::optional<Terrain::PixelXY> Terrain::to_pixel(LatLon place) const {
  double x = place.lon();
  double y = place.lat();
  if (OCTTransform(from_degrees_.get(), 1, &x, &y, nullptr) == 0) {
    return std::nullopt;
  }
  return PixelXY{to_pixel_[0] + x * to_pixel_[1] + y * to_pixel_[2] - 0.5,
                 to_pixel_[3] + x * to_pixel_[4] + y * to_pixel_[5] - 0.5};
}

/// Mean of the four pixels around, by nearness; pixels without data do not count, and where they
/// have more than half of the weight there is no answer.
std::optional<double> Terrain::bilinear(PixelXY at) const {
  const double x = std::floor(at.x);
  const double y = std::floor(at.y);
  double sum = 0;
  double weights = 0;
  for (const int down : {0, 1}) {
    for (const int right : {0, 1}) {
      const double column = x + right - left_;
      const double row = y + down - top_;
      if (column < 0 || row < 0 || column >= width_ || row >= height_) {
        continue;
      }
      const float height =
          heights_[static_cast<std::size_t>(row) * static_cast<std::size_t>(width_) +
                   static_cast<std::size_t>(column)];
      if (!std::isnan(height)) {
        const double weight = (1 - std::abs(at.x - x - right)) * (1 - std::abs(at.y - y - down));
        sum += weight * height;
        weights += weight;
      }
    }
  }
  return weights > 0.5 ? std::optional(sum / weights) : std::nullopt;
}

/// How many pixels one metre is, found by going a little way east and north.
bool Terrain::measure_pixels(LatLon middle) {
  constexpr std::int32_t kStepE7 = 10'000;  // about 100 m
  const LatLon east{middle.lat_e7, middle.lon_e7 + kStepE7};
  const LatLon north{middle.lat_e7 + kStepE7, middle.lon_e7};
  const auto at = to_pixel(middle);
  const auto at_east = to_pixel(east);
  const auto at_north = to_pixel(north);
  if (!at.has_value() || !at_east.has_value() || !at_north.has_value()) {
    return false;
  }
  const double east_m = distance_m(middle, east);
  const double north_m = distance_m(middle, north);
  pixels_per_m_east_ = {(at_east->x - at->x) / east_m, (at_east->y - at->y) / east_m};
  pixels_per_m_north_ = {(at_north->x - at->x) / north_m, (at_north->y - at->y) / north_m};
  const double pixels_per_m2 = std::abs(pixels_per_m_east_.x * pixels_per_m_north_.y -
                                        pixels_per_m_east_.y * pixels_per_m_north_.x);
  pixel_m_ = 1 / std::sqrt(pixels_per_m2);
  return std::isfinite(pixel_m_);
}

/// The part of the raster under the area; false when there is none.
bool Terrain::find_window(GDALDatasetH dataset, const Box& area) {
  double left = std::numeric_limits<double>::max();
  double top = left;
  double right = -left;
  double bottom = -left;
  const std::array<LatLon, 4> corners{area.low, area.high,
                                      LatLon{area.low.lat_e7, area.high.lon_e7},
                                      LatLon{area.high.lat_e7, area.low.lon_e7}};
  for (const LatLon corner : corners) {
    const auto at = to_pixel(corner);
    if (at.has_value()) {
      left = std::min(left, at->x);
      right = std::max(right, at->x);
      top = std::min(top, at->y);
      bottom = std::max(bottom, at->y);
    }
  }
  const double columns = GDALGetRasterXSize(dataset);
  const double rows = GDALGetRasterYSize(dataset);
  left = std::max(0.0, std::floor(left) - kMarginPixels);
  top = std::max(0.0, std::floor(top) - kMarginPixels);
  right = std::min(columns, std::ceil(right) + kMarginPixels);
  bottom = std::min(rows, std::ceil(bottom) + kMarginPixels);
  if (!(left < right && top < bottom)) {
    return false;
  }
  if ((right - left) * (bottom - top) > static_cast<double>(kMostPixels)) {
    throw InputError("標高データの画素が多すぎます。範囲を切り出すか粗いデータを使ってください");
  }
  left_ = static_cast<int>(left);
  top_ = static_cast<int>(top);
  width_ = static_cast<int>(right - left);
  height_ = static_cast<int>(bottom - top);
  return true;
}

void Terrain::read_window(GDALRasterBandH band) {
  heights_.resize(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
  if (GDALRasterIO(band, GF_Read, left_, top_, width_, height_, heights_.data(), width_, height_,
                   GDT_Float32, 0, 0) != CE_None) {
    throw Error("標高データを読めません: " + std::string(CPLGetLastErrorMsg()));
  }
  int declared = 0;
  const auto no_data = static_cast<float>(GDALGetRasterNoDataValue(band, &declared));
  for (float& height : heights_) {
    height = declared != 0 && height == no_data ? kNoHeight : plausible_height(height);
  }
}

}  // namespace route
