// SPDX-License-Identifier: Apache-2.0
#include "depth_raster.hpp"

#include <gdal_alg.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "hazard_columns.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr std::int64_t kMostCells = 100'000'000;
constexpr double kDeepestM = 100;

/// Depths are kept as the upper end of their class, so that a road is never taken for drier than it
/// is: tenths of a metre up to one, whole metres above.
std::int32_t class_cm(double depth_m) {
  const double step_m = depth_m <= 1 ? 0.1 : 1;
  constexpr double kNoise = 1e-6;  // 0.3 m as a float is a little more
  return static_cast<std::int32_t>(
      std::lround(std::ceil(depth_m / step_m - kNoise) * step_m * 100));
}

struct Cells {
  int width = 0;
  int height = 0;
  std::vector<std::int32_t> depth_cm;  ///< row by row; 0 = dry or no data
};

Cells read_cells(GDALDatasetH raster, const std::string& file) {
  Cells cells{
      .width = GDALGetRasterXSize(raster), .height = GDALGetRasterYSize(raster), .depth_cm = {}};
  if (GDALGetRasterCount(raster) < 1 || std::int64_t{cells.width} * cells.height > kMostCells) {
    throw InputError(file + " は浸水深のラスターとして大きすぎるか、バンドがありません（" +
                     std::to_string(cells.width) + "×" + std::to_string(cells.height) +
                     "）。市の範囲に切り出してください");
  }
  GDALRasterBandH band = GDALGetRasterBand(raster, 1);
  int has_no_data = 0;
  const double no_data = GDALGetRasterNoDataValue(band, &has_no_data);
  std::vector<double> row(static_cast<std::size_t>(cells.width));
  cells.depth_cm.reserve(row.size() * static_cast<std::size_t>(cells.height));
  for (int y = 0; y < cells.height; ++y) {
    if (GDALRasterIO(band, GF_Read, 0, y, cells.width, 1, row.data(), cells.width, 1, GDT_Float64,
                     0, 0) != CE_None) {
      throw InputError(file + " の途中が読めません（" + CPLGetLastErrorMsg() + "）");
    }
    for (const double depth_m : row) {
      const bool known = std::isfinite(depth_m) && (has_no_data == 0 || depth_m != no_data);
      if (known && depth_m > kDeepestM) {
        throw InputError(file + " に " + std::to_string(std::llround(depth_m)) +
                         " m の深さがあります。単位がメートルか確かめてください");
      }
      cells.depth_cm.push_back(known && depth_m > 0 ? class_cm(depth_m) : 0);
    }
  }
  return cells;
}

/// The classes as a raster in memory, to be its own mask: what is 0 makes no polygon.
DatasetHandle class_raster(Cells& cells, std::array<double, 6>& place) {
  DatasetHandle raster(
      GDALCreate(GDALGetDriverByName("MEM"), "", cells.width, cells.height, 1, GDT_Int32, nullptr));
  if (raster == nullptr || GDALSetGeoTransform(raster.get(), place.data()) != CE_None ||
      GDALRasterIO(GDALGetRasterBand(raster.get(), 1), GF_Write, 0, 0, cells.width, cells.height,
                   cells.depth_cm.data(), cells.width, cells.height, GDT_Int32, 0, 0) != CE_None) {
    throw Error(std::string("浸水深のラスターを区域に直せません（") + CPLGetLastErrorMsg() + "）");
  }
  return raster;
}

}  // namespace

DatasetHandle depth_polygons(const std::filesystem::path& file, HazardKind kind) {
  if (!is_water(kind)) {
    throw InputError(file.string() + " は浸水深のラスターです。水の災害だけに使えます");
  }
  const DatasetHandle source = open_gdal(file, GdalContent::Heights);
  std::array<double, 6> place{};
  if (GDALGetGeoTransform(source.get(), place.data()) != CE_None) {
    throw InputError(file.string() + " に位置（GeoTransform）がありません。GeoTIFF にしてください");
  }
  Cells cells = read_cells(source.get(), file.string());
  const DatasetHandle classes = class_raster(cells, place);
  DatasetHandle polygons(
      GDALCreate(GDALGetDriverByName("Memory"), "", 0, 0, 0, GDT_Unknown, nullptr));
  OGRLayerH layer = GDALDatasetCreateLayer(polygons.get(), "depth", GDALGetSpatialRef(source.get()),
                                           wkbPolygon, nullptr);
  const auto add_field = [layer](const char* name, OGRFieldType type) {
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    OGR_L_CreateField(layer, field, 0);
    OGR_Fld_Destroy(field);
  };
  add_field("kind", OFTString);
  add_field("depth_cm", OFTInteger);
  GDALRasterBandH band = GDALGetRasterBand(classes.get(), 1);
  if (GDALPolygonize(band, band, layer, 1, nullptr, nullptr, nullptr) != CE_None) {
    throw Error(std::string("浸水深のラスターを区域に直せません（") + CPLGetLastErrorMsg() + "）");
  }
  const std::string name(hazard_name(kind));
  OGR_L_ResetReading(layer);
  while (const FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
    OGR_F_SetFieldString(feature.get(), 0, name.c_str());
    if (OGR_L_SetFeature(layer, feature.get()) != OGRERR_NONE) {
      throw Error(std::string("浸水深の区域に災害の種類を書けません（") + CPLGetLastErrorMsg() +
                  "）");
    }
  }
  return polygons;
}

}  // namespace route
