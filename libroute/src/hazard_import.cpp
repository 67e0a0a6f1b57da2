// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "depth_raster.hpp"
#include "gdal_handles.hpp"
#include "hazard_columns.hpp"
#include "polygon.hpp"
#include "route/error.hpp"
#include "route/hazard.hpp"

// Every polygon of a multipolygon becomes a zone of its own: polygons that overlap must not cancel
// each other out under the even-odd rule.

namespace route {
namespace {

class FeatureImporter {
 public:
  FeatureImporter(OGRLayerH layer, HazardImport& result)
      : layer_(layer),
        layer_name_(OGR_L_GetName(layer)),
        to_degrees_(to_lon_lat(OGR_L_GetSpatialRef(layer))),
        result_(result) {}

  void import_all() {
    OGR_L_ResetReading(layer_);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer_)}) {
      ++result_.report.features_read;
      import(feature.get());
    }
  }

 private:
  void import(OGRFeatureH feature) {
    const auto column = [feature](const char* name) -> std::optional<std::string> {
      const int index = OGR_F_GetFieldIndex(feature, name);
      if (index < 0 || OGR_F_IsFieldSetAndNotNull(feature, index) == 0) {
        return std::nullopt;
      }
      std::string text = OGR_F_GetFieldAsString(feature, index);
      return text.empty() ? std::nullopt : std::optional(std::move(text));
    };
    const auto answer = classify_hazard(column, layer_name_);
    if (const auto* fault = std::get_if<NotAHazard>(&answer)) {
      drop(fault->reason);
      return;
    }
    hazard_ = std::get<HazardClass>(answer);
    if (!hazard_.note.empty()) {
      repaired(hazard_.note);
    }
    const std::size_t before = result_.map.zones.size();
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (geometry != nullptr) {
      const GeometryHandle straight(OGR_G_GetLinearGeometry(geometry, 0, nullptr));
      import_geometry(straight.get());
    }
    if (result_.map.zones.size() == before) {
      drop("面積のある多角形がない");
    }
  }

  void import_geometry(OGRGeometryH geometry) {
    const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
    if (type == wkbPolygon) {
      import_polygon(geometry);
    } else if (type == wkbMultiPolygon || type == wkbGeometryCollection) {
      for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
        import_geometry(OGR_G_GetGeometryRef(geometry, i));
      }
    }
  }

  void import_polygon(OGRGeometryH polygon) {
    HazardZone zone{hazard_.kind, hazard_.rank, hazard_.arrival_s, {}, {}, hazard_.depth_cm};
    for (int i = 0; i < OGR_G_GetGeometryCount(polygon); ++i) {
      Polyline ring = read_ring(OGR_G_GetGeometryRef(polygon, i));
      if (ring.empty() && i == 0) {
        return;  // without its outline a polygon is nothing
      }
      if (!ring.empty()) {
        zone.rings.push_back(std::move(ring));
      }
    }
    for (const Polyline& ring : zone.rings) {
      for (const LatLon point : ring) {
        zone.box.add(point);
      }
    }
    if (!zone.rings.empty()) {
      result_.map.zones.push_back(std::move(zone));
    }
  }

  /// A closed ring of at least three different places, or nothing.
  Polyline read_ring(OGRGeometryH ring) {
    Polyline points;
    const int count = OGR_G_GetPointCount(ring);
    int unusable = 0;
    for (int i = 0; i < count; ++i) {
      double lon = OGR_G_GetX(ring, i);
      double lat = OGR_G_GetY(ring, i);
      if (!std::isfinite(lon) || !std::isfinite(lat) ||
          OCTTransform(to_degrees_.get(), 1, &lon, &lat, nullptr) == 0 || !is_place(lon, lat)) {
        ++unusable;
        continue;
      }
      const LatLon point = from_degrees(lat, lon);
      if (points.empty() || points.back() != point) {
        points.push_back(point);
      }
    }
    if (unusable > 0) {
      repaired("地球上にない点を" + std::to_string(unusable) + "個除いた");
    }
    if (points.size() > 1 && points.front() == points.back()) {
      points.pop_back();
    } else if (points.size() >= 3) {
      repaired("閉じていない輪を閉じた");
    }
    if (points.size() < 3) {
      repaired("3点に満たない輪を除いた");
      return {};
    }
    points.push_back(points.front());
    if (crosses_itself(points)) {
      repaired("輪が自分自身と交わるため、二度囲まれた所は区域の外とみなす");
    }
    return points;
  }

  static bool is_place(double lon, double lat) {
    return std::abs(lat) <= 90 && std::abs(lon) <= 180;
  }

  [[nodiscard]] std::string feature_name() const {
    return std::to_string(result_.report.features_read) + "番目の図形: ";
  }
  void drop(const std::string& reason) {
    result_.report.dropped.push_back(feature_name() + reason);
  }
  void repaired(const std::string& what) {
    result_.report.repaired.push_back(feature_name() + what);
  }

  OGRLayerH layer_;
  std::string layer_name_;
  TransformHandle to_degrees_;
  HazardImport& result_;
  HazardClass hazard_;
};

HazardImport zones_of(const DatasetHandle& dataset, const std::filesystem::path& file) {
  HazardImport result;
  for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
    FeatureImporter(GDALDatasetGetLayer(dataset.get(), i), result).import_all();
  }
  result.report.zones = result.map.zones.size();
  if (result.map.zones.empty()) {
    const auto& dropped = result.report.dropped;
    throw InputError(file.string() + " に危険区域がありません（" +
                     (dropped.empty() ? "図形が一つもない" : dropped.front()) + "）");
  }
  return result;
}

}  // namespace

HazardImport import_hazards(const std::filesystem::path& file) {
  const QuietGdal quiet;
  return zones_of(open_gdal(file, GdalContent::Polygons), file);
}

HazardImport import_depth_raster(const std::filesystem::path& file, HazardKind kind) {
  const QuietGdal quiet;
  return zones_of(depth_polygons(file, kind), file);
}

}  // namespace route
