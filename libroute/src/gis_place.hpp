// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "gdal_handles.hpp"
#include "gis_lines.hpp"

namespace route {

/// Turns the coordinates of a layer into places on Earth and judges whether they can be meant.
class PointPlacer {
 public:
  explicit PointPlacer(SrsHandle srs);

  void add(double x, double y);
  [[nodiscard]] std::size_t size() const { return x_.size(); }

  /// Appends the places of all points. Throws `InputError` when most of them lie where the
  /// coordinate system is not used, naming exchanged axes where these explain it; the others of
  /// that kind are nowhere and told in the report.
  void place_all(GisLines& lines, BuildReport& report);

 private:
  struct Area {
    double west = -180;
    double south = -90;
    double east = 180;
    double north = 90;
    std::string name = "地球上";
  };
  [[nodiscard]] std::vector<std::optional<LatLon>> places(std::vector<double> x,
                                                          std::vector<double> y) const;
  [[nodiscard]] bool in_area(double lon, double lat) const;

  SrsHandle srs_;
  TransformHandle to_degrees_;
  Area area_;
  std::vector<double> x_;
  std::vector<double> y_;
};

}  // namespace route
