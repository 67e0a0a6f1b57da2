// SPDX-License-Identifier: Apache-2.0
#include "gdal_handles.hpp"

#include <array>
#include <string>
#include <string_view>

#include "route/error.hpp"

namespace route {
namespace {

constexpr int kWgs84 = 4326;
// Drivers that follow references to other files or the network (VRT, GML, WMS, ...) stay out.
constexpr std::array<const char*, 4> kVectorDrivers{"GeoJSON", "ESRI Shapefile", "GPKG", nullptr};
constexpr std::array<const char*, 4> kRasterDrivers{"GTiff", "SRTMHGT", "AAIGrid", nullptr};

/// Some drivers take addresses or whole documents for a file name, so a plain name must be a file.
void expect_local(const std::filesystem::path& file) {
  constexpr std::array<std::string_view, 2> kArchives{"/vsizip/", "/vsigzip/"};
  const std::string name = file.string();
  if (name.rfind("/vsi", 0) != 0) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) {
      throw InputError(name + " がないか、ファイルではありません。場所を確かめてください");
    }
    return;
  }
  const std::string_view archive = name.rfind(kArchives[0], 0) == 0 ? kArchives[0] : kArchives[1];
  if (name.rfind(archive, 0) != 0 || name.find("/vsi", archive.size() - 1) != std::string::npos) {
    throw InputError(name + " は読めません。この機械の中のファイルか、その書庫だけを読みます");
  }
}

SrsHandle lon_lat() {
  SrsHandle srs(OSRNewSpatialReference(nullptr));
  OSRImportFromEPSG(srs.get(), kWgs84);
  OSRSetAxisMappingStrategy(srs.get(), OAMS_TRADITIONAL_GIS_ORDER);
  return srs;
}

SrsHandle in_gis_order(OGRSpatialReferenceH srs) {
  if (srs == nullptr) {
    throw InputError(
        "座標系が書かれていません。.prj ファイル、crs、GeoTIFF "
        "キーのどれかで座標系を補ってください");
  }
  SrsHandle copy(OSRClone(srs));
  OSRSetAxisMappingStrategy(copy.get(), OAMS_TRADITIONAL_GIS_ORDER);
  return copy;
}

TransformHandle transform(const SrsHandle& from, const SrsHandle& to) {
  TransformHandle result(OCTNewCoordinateTransformation(from.get(), to.get()));
  if (result == nullptr) {
    throw InputError("座標系を緯度経度に直せません: " + std::string(CPLGetLastErrorMsg()));
  }
  return result;
}

}  // namespace

DatasetHandle open_gdal(const std::filesystem::path& file, GdalContent content) {
  static const bool registered = (GDALAllRegister(), true);
  static_cast<void>(registered);
  expect_local(file);
  const bool polygons = content == GdalContent::Polygons;
  const unsigned kind = polygons ? GDAL_OF_VECTOR : GDAL_OF_RASTER;
  DatasetHandle dataset(GDALOpenEx(file.c_str(), kind | GDAL_OF_READONLY,
                                   polygons ? kVectorDrivers.data() : kRasterDrivers.data(),
                                   nullptr, nullptr));
  if (dataset == nullptr) {
    throw InputError(file.string() + " を" +
                     (polygons ? "GeoJSON、シェープファイル、GeoPackage"
                               : "GeoTIFF、SRTM（.hgt）、Esri ASCII グリッド") +
                     "のどれとしても読めません（" + CPLGetLastErrorMsg() + "）");
  }
  return dataset;
}

TransformHandle lon_lat_to(OGRSpatialReferenceH other) {
  return transform(lon_lat(), in_gis_order(other));
}

TransformHandle to_lon_lat(OGRSpatialReferenceH other) {
  return transform(in_gis_order(other), lon_lat());
}

}  // namespace route
