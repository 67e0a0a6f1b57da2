// SPDX-License-Identifier: Apache-2.0
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <memory>
#include <stdexcept>
#include <vector>

#include "datagen/town_files.hpp"

namespace datagen {
namespace {

constexpr double kPixel = 0.2 / 3600;   // degrees, the grid of 基盤地図情報 DEM5A
constexpr double kTerrainMargin = 200;  // metres around the town
constexpr int kJgd2011 = 6668;

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::runtime_error(file.string() + " could not be written: " + CPLGetLastErrorMsg() +
                           "; check the folder and the free space");
}

}  // namespace

void write_terrain(const std::filesystem::path& file, const TownPlan& plan) {
  const registry::Position south_west = to_position({-kTerrainMargin, -kTerrainMargin});
  const registry::Position north_east = to_position({4000 + kTerrainMargin, 3000 + kTerrainMargin});
  const double west = std::floor(south_west.lon / kPixel) * kPixel;
  const double north = std::ceil(north_east.lat / kPixel) * kPixel;
  const int width = static_cast<int>(std::ceil((north_east.lon - west) / kPixel));
  const int height = static_cast<int>(std::ceil((north - south_west.lat) / kPixel));

  GDALRegister_GTiff();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  char compress[] = "COMPRESS=DEFLATE";
  char predictor[] = "PREDICTOR=3";
  char* options[] = {compress, predictor, nullptr};
  const std::unique_ptr<GDALDataset, CloseDataset> image(
      driver->Create(file.c_str(), width, height, 1, GDT_Float32, options));
  if (!image) {
    fail(file);
  }
  double transform[] = {west, kPixel, 0, north, 0, -kPixel};
  OGRSpatialReference reference;
  reference.importFromEPSG(kJgd2011);
  if (image->SetGeoTransform(transform) != CE_None || image->SetSpatialRef(&reference) != CE_None) {
    fail(file);
  }
  std::vector<float> row(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const registry::Position middle{north - (y + 0.5) * kPixel, west + (x + 0.5) * kPixel};
      const double metres = plan.height(plan.to_plan(from_position(middle)));
      row[static_cast<std::size_t>(x)] = static_cast<float>(std::round(metres * 100) / 100);
    }
    if (image->GetRasterBand(1)->RasterIO(GF_Write, 0, y, width, 1, row.data(), width, 1,
                                          GDT_Float32, 0, 0, nullptr) != CE_None) {
      fail(file);
    }
  }
  if (image->FlushCache(true); CPLGetLastErrorType() >= CE_Failure) {
    fail(file);
  }
}

}  // namespace datagen
