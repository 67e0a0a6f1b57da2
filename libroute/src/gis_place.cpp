// SPDX-License-Identifier: Apache-2.0
#include "gis_place.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "route/error.hpp"

namespace route {
namespace {

constexpr double kMarginDegrees = 0.1;  // roads may leave the area a coordinate system is made for

std::size_t nowhere_in(const std::vector<std::optional<LatLon>>& places) {
  return static_cast<std::size_t>(std::ranges::count_if(
      places, [](const std::optional<LatLon>& place) { return !place.has_value(); }));
}

}  // namespace

PointPlacer::PointPlacer(SrsHandle srs)
    : srs_(std::move(srs)), to_degrees_(to_lon_lat(srs_.get())) {
  Area area;
  const char* name = nullptr;
  constexpr double kUnknown = -1000;
  if (OSRGetAreaOfUse(srs_.get(), &area.west, &area.south, &area.east, &area.north, &name) != 0 &&
      area.west != kUnknown && area.west < area.east) {
    area.name = name == nullptr ? "" : name;
    area_ = area;
  }
}

void PointPlacer::add(double x, double y) {
  x_.push_back(x);
  y_.push_back(y);
}

bool PointPlacer::in_area(double lon, double lat) const {
  return std::abs(lat) <= 90 && std::abs(lon) <= 180 && lon >= area_.west - kMarginDegrees &&
         lon <= area_.east + kMarginDegrees && lat >= area_.south - kMarginDegrees &&
         lat <= area_.north + kMarginDegrees;
}

std::vector<std::optional<LatLon>> PointPlacer::places(std::vector<double> x,
                                                       std::vector<double> y) const {
  std::vector<std::optional<LatLon>> result(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    // One by one: a point that fails would make the whole array fail.
    const bool finite = std::isfinite(x[i]) && std::isfinite(y[i]);
    if (finite && OCTTransform(to_degrees_.get(), 1, &x[i], &y[i], nullptr) != 0 &&
        std::isfinite(x[i]) && std::isfinite(y[i]) && in_area(x[i], y[i])) {
      result[i] = from_degrees(y[i], x[i]);
    }
  }
  return result;
}

void PointPlacer::place_all(GisLines& lines, BuildReport& report) {
  const auto found = places(x_, y_);
  const std::size_t nowhere = nowhere_in(found);
  if (2 * nowhere > found.size()) {
    const bool exchanged = 2 * nowhere_in(places(y_, x_)) < found.size();
    const std::string where = "座標の半分以上が座標系の範囲（" + area_.name + "）の外にあります";
    throw InputError(where + (exchanged ? "。緯度と経度（XとY）が入れ替わっています。正しい順に"
                                          "書き出してください"
                                        : "。座標系の指定と座標を確かめてください"));
  }
  if (nowhere > 0) {
    report.remarks["座標系の範囲の外か数でない点（線をそこで切った）"] += nowhere;
  }
  for (const auto& place : found) {
    lines.points.push_back(place.value_or(LatLon{}));
    lines.placed.push_back(place.has_value());
  }
}

}  // namespace route
