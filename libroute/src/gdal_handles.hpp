// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <filesystem>
#include <memory>
#include <string>
#include <type_traits>

namespace route {

/// Deleter that calls one C function.
template <auto kClose>
struct CloseWith {
  template <class Handle>
  void operator()(Handle* handle) const {
    kClose(handle);
  }
};

template <class Handle, auto kClose>
using GdalHandle = std::unique_ptr<std::remove_pointer_t<Handle>, CloseWith<kClose>>;

using DatasetHandle = GdalHandle<GDALDatasetH, GDALClose>;
using FeatureHandle = GdalHandle<OGRFeatureH, OGR_F_Destroy>;
using GeometryHandle = GdalHandle<OGRGeometryH, OGR_G_DestroyGeometry>;
using SrsHandle = GdalHandle<OGRSpatialReferenceH, OSRRelease>;
using TransformHandle =
    GdalHandle<OGRCoordinateTransformationH, OCTDestroyCoordinateTransformation>;

/// While it lives, GDAL prints nothing and fetches nothing from the network on this thread;
/// `CPLGetLastErrorMsg` still tells.
class QuietGdal {
 public:
  QuietGdal();
  ~QuietGdal();
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal(QuietGdal&&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
  QuietGdal& operator=(QuietGdal&&) = delete;
};

enum class GdalContent : std::uint8_t { Polygons, Heights, Lines, TileImage };

/// Opens a local file, also inside a ZIP or gzip archive (`/vsizip/`, `/vsigzip/`), read-only and
/// with a few drivers that read nothing but that file. GML is read for `Lines` only, by a name that
/// ends in .gml or .xml and without a document type. `encoding` is that of a DBF which does not
/// say. Throws `InputError`.
[[nodiscard]] DatasetHandle open_gdal(const std::filesystem::path& file, GdalContent content,
                                      const std::string& encoding = {});

/// Throws `InputError` unless the name is that of a file here or in an archive here.
void expect_local(const std::filesystem::path& file);

/// The coordinate system with this EPSG code. Throws `InputError` when there is none.
[[nodiscard]] SrsHandle srs_of_epsg(int code);

/// Between longitude/latitude in degrees (WGS 84) and `other`. Throws `InputError` when there is no
/// such transformation; `other` null means that the file does not say.
[[nodiscard]] TransformHandle lon_lat_to(OGRSpatialReferenceH other);
[[nodiscard]] TransformHandle to_lon_lat(OGRSpatialReferenceH other);

}  // namespace route
