// SPDX-License-Identifier: Apache-2.0
#include "gdal_handles.hpp"

#include <cpl_conv.h>
#include <cpl_http.h>

#include <array>
#include <string_view>

#include "route/error.hpp"
#include "xml_reader.hpp"

namespace route {
namespace {

constexpr int kWgs84 = 4326;
constexpr const char* kFollowLinks = "GML_SKIP_RESOLVE_ELEMS";

/// What may be in a file and by which drivers it is read. Drivers that follow references to other
/// files or the network (VRT, WMS, ...) stay out.
struct Way {
  unsigned kind;
  std::array<const char*, 5> drivers;
  const char* formats;
};

Way way_to_read(const std::filesystem::path& file, GdalContent content) {
  const std::string extension = file.extension().string();
  const bool gml = extension == ".gml" || extension == ".GML" || extension == ".xml";
  switch (content) {
    case GdalContent::Polygons:
      return {GDAL_OF_VECTOR,
              {"GeoJSON", "ESRI Shapefile", "GPKG"},
              "GeoJSON、シェープファイル、GeoPackage"};
    case GdalContent::Lines:
      return {GDAL_OF_VECTOR,
              {"GeoJSON", "ESRI Shapefile", "GPKG", gml ? "GML" : nullptr},
              "GeoJSON、シェープファイル、GeoPackage、GML"};
    case GdalContent::Heights:
      return {GDAL_OF_RASTER,
              {"GTiff", "SRTMHGT", "AAIGrid"},
              "GeoTIFF、SRTM（.hgt）、Esri ASCII グリッド"};
    case GdalContent::TileImage:
      return {GDAL_OF_RASTER, {"PNG"}, "PNG"};
  }
  TOMONI_EXPECT(false);
  return {};
}

/// Stands in for the network, which is never there.
CPLHTTPResult* fetch_nothing(const char* /*url*/, CSLConstList /*options*/,
                             GDALProgressFunc /*progress*/, void* /*progress_data*/,
                             CPLHTTPFetchWriteFunc /*write*/, void* /*write_data*/,
                             void* /*data*/) {
  auto* const result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup("no network");
  return result;
}

/// A DBF says its encoding in a .cpg file or in its header, or not at all.
bool says_encoding(GDALDatasetH dataset) {
  OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
  const auto says = [layer](const char* key) {
    return layer != nullptr && GDALGetMetadataItem(layer, key, "SHAPEFILE") != nullptr;
  };
  return says("ENCODING_FROM_CPG") || says("ENCODING_FROM_LDID");
}

SrsHandle lon_lat() {
  SrsHandle srs = srs_of_epsg(kWgs84);
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

QuietGdal::QuietGdal() {
  CPLPushErrorHandler(CPLQuietErrorHandler);
  CPLHTTPPushFetchCallback(fetch_nothing, nullptr);
  CPLSetThreadLocalConfigOption(kFollowLinks, "ALL");
}

QuietGdal::~QuietGdal() {
  CPLSetThreadLocalConfigOption(kFollowLinks, nullptr);
  CPLHTTPPopFetchCallback();
  CPLPopErrorHandler();
}

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

SrsHandle srs_of_epsg(int code) {
  SrsHandle srs(OSRNewSpatialReference(nullptr));
  if (OSRImportFromEPSG(srs.get(), code) != OGRERR_NONE) {
    throw InputError("座標系 EPSG:" + std::to_string(code) +
                     " がありません。コードを確かめてください");
  }
  return srs;
}

DatasetHandle open_gdal(const std::filesystem::path& file, GdalContent content,
                        const std::string& encoding) {
  static const bool registered = (GDALAllRegister(), true);
  static_cast<void>(registered);
  expect_local(file);
  const Way way = way_to_read(file, content);
  const bool gml = way.drivers[3] != nullptr;
  if (gml) {
    expect_plain_xml(file.string());
  }
  constexpr std::array<const char*, 4> kGmlOptions{"WRITE_GFS=NO", "DOWNLOAD_SCHEMA=NO",
                                                   "FORCE_SRS_DETECTION=YES", nullptr};
  const auto open = [&](const char* const* options) {
    return DatasetHandle(GDALOpenEx(file.c_str(), way.kind | GDAL_OF_READONLY, way.drivers.data(),
                                    options, nullptr));
  };
  DatasetHandle dataset = open(gml ? kGmlOptions.data() : nullptr);
  if (dataset == nullptr) {
    throw InputError(file.string() + " を" + way.formats + "のどれとしても読めません（" +
                     CPLGetLastErrorMsg() + "）");
  }
  const bool shapefile =
      std::string_view(GDALGetDriverShortName(GDALGetDatasetDriver(dataset.get()))) ==
      "ESRI Shapefile";
  if (shapefile && !encoding.empty() && !says_encoding(dataset.get())) {
    const std::string option = "ENCODING=" + encoding;
    const std::array<const char*, 2> options{option.c_str(), nullptr};
    if (DatasetHandle again = open(options.data())) {
      return again;
    }
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
