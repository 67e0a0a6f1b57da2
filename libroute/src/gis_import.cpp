// SPDX-License-Identifier: Apache-2.0
#include "route/gis_import.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <variant>

#include "gdal_handles.hpp"
#include "gis_columns.hpp"
#include "gis_lines.hpp"
#include "gis_place.hpp"
#include "route/error.hpp"

namespace route {
namespace {

/// Says the progress of a file at every twentieth.
class Steps {
 public:
  Steps(const Progress& progress, std::string_view step) : progress_(progress), step_(step) {
    tell(0);
  }
  void tell(double share) {
    constexpr double kStep = 0.05;
    if (progress_ && (share >= next_ || share >= 1)) {
      progress_(step_, share);
      next_ = share + kStep;
    }
  }

 private:
  const Progress& progress_;
  std::string_view step_;
  double next_ = 0;
};

SrsHandle srs_of(OGRLayerH layer, const GisColumns& columns) {
  OGRSpatialReferenceH known = OGR_L_GetSpatialRef(layer);
  if (known != nullptr) {
    return SrsHandle(OSRClone(known));
  }
  if (columns.epsg == 0) {
    throw InputError(
        "座標系が書かれていません。.prj ファイルや crs で補うか、列の対応表に epsg "
        "を書いてください");
  }
  return srs_of_epsg(columns.epsg);
}

class LayerReader {
 public:
  LayerReader(OGRLayerH layer, const GisColumns& columns, GisLines& lines, BuildReport& report)
      : layer_(layer),
        lines_(lines),
        report_(report),
        reader_(layer, columns),
        placer_(srs_of(layer, columns)) {}

  /// Reads the features and returns how many there were; the first has the number `number` + 1.
  std::size_t read(std::size_t number, Steps& steps) {
    const std::size_t before = number;
    const auto all = static_cast<double>(OGR_L_GetFeatureCount(layer_, 1));
    OGR_L_ResetReading(layer_);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer_)}) {
      ++number;
      read_feature(feature.get(), number);
      steps.tell(std::min(static_cast<double>(number - before) / std::max(all, 1.0), 0.99));
    }
    lines_.has_ids = lines_.has_ids || reader_.has_ids();
    reader_.complete(report_);
    placer_.place_all(lines_, report_);
    return number - before;
  }

 private:
  void drop(const std::string& reason) {
    ++report_.ways_read;
    ++report_.ways_dropped[reason];
  }

  void read_feature(OGRFeatureH feature, std::size_t number) {
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
      drop("図形がない");
      return;
    }
    const auto road = reader_.read(feature, number);
    if (const auto* dropped = std::get_if<DroppedWay>(&road)) {
      drop(dropped->reason);
      return;
    }
    const GeometryHandle straight(OGR_G_GetLinearGeometry(geometry, 0, nullptr));
    const std::size_t lines_before = lines_.lines.size();
    read_lines(straight.get(), std::get<GisRoad>(road));
    if (lines_.lines.size() == lines_before) {
      drop("線でない図形");
    }
  }

  void read_lines(OGRGeometryH geometry, const GisRoad& road) {
    const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
    if (type == wkbMultiLineString || type == wkbGeometryCollection) {
      for (int part = 0; part < OGR_G_GetGeometryCount(geometry); ++part) {
        read_lines(OGR_G_GetGeometryRef(geometry, part), road);
      }
    } else if (type == wkbLineString && OGR_G_GetPointCount(geometry) > 0) {
      ++report_.ways_read;
      const std::size_t first = placer_.size();
      for (int point = 0; point < OGR_G_GetPointCount(geometry); ++point) {
        placer_.add(OGR_G_GetX(geometry, point), OGR_G_GetY(geometry, point));
      }
      const std::size_t base = lines_.points.size();  // where this layer's points will begin
      lines_.lines.push_back({road.road, road.name, base + first, base + placer_.size()});
    }
  }

  OGRLayerH layer_;
  GisLines& lines_;
  BuildReport& report_;
  GisColumnReader reader_;
  PointPlacer placer_;
};

GisLines read_layers(const std::filesystem::path& file, const GisColumns& columns,
                     const Progress& progress, BuildReport& report) {
  const DatasetHandle dataset = open_gdal(file, GdalContent::Lines, columns.encoding);
  GisLines lines;
  std::size_t number = 0;
  std::string there;
  bool found = false;
  Steps steps(progress, "道路の読み込み");
  for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
    OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), i);
    const std::string name = OGR_L_GetName(layer);
    there += (there.empty() ? "" : ", ") + name;
    if (!columns.layer.empty() && name != columns.layer) {
      continue;
    }
    found = true;
    if (OGR_L_GetGeomType(layer) != wkbNone) {  // a table without shapes is no layer of roads
      number += LayerReader(layer, columns, lines, report).read(number, steps);
    }
  }
  if (!found) {
    throw InputError(
        "読むべきレイヤがありません（ファイルのレイヤ: " + (there.empty() ? "なし" : there) +
        "）。列の対応表の from_layer を確かめてください");
  }
  steps.tell(1);
  return lines;
}

}  // namespace

RoadImport import_gis(const std::filesystem::path& file, const GisColumns& columns,
                      const Progress& progress) {
  const QuietGdal quiet;
  BuildReport report;
  GisLines lines;
  try {
    lines = read_layers(file, columns, progress, report);
  } catch (const InputError& problem) {
    const std::string what = problem.what();
    const bool named = what.find(file.string()) != std::string::npos;
    throw InputError(named ? what : file.string() + ": " + what);
  }
  Steps steps(progress, "道路網の組み立て");
  RoadGraph graph = cut_ways(join_lines(lines, columns.tolerance_m, report), report);
  if (graph.edge_count() == 0) {
    std::string reasons;
    for (const auto& [reason, count] : report.ways_dropped) {
      reasons += "、" + reason + " " + std::to_string(count);
    }
    throw InputError(file.string() + " には使える道路が1本もありません（読んだ線 " +
                     std::to_string(report.ways_read) + reasons +
                     "）。対象地域の道路の線を含むデータを使ってください");
  }
  steps.tell(1);
  return {std::move(graph), std::move(report)};
}

}  // namespace route
