// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "route/isochrone.hpp"

namespace route {

/// Draws the area around lines: distances to the lines at the vertices of a grid, and the contour
/// at the margin.
class AreaGrid {
 public:
  /// A grid for lines within `box`.
  AreaGrid(const Box& box, const AreaStyle& style);

  void add(std::span<const LatLon> line);
  /// The outline of everything added so far; it only grows.
  [[nodiscard]] std::vector<Polygon> outline() const;
  [[nodiscard]] double accuracy_m() const;

 private:
  using Vertex = std::uint32_t;
  using GridEdge = std::uint32_t;  // lower left vertex * 3 + direction
  using Link = std::pair<GridEdge, GridEdge>;

  struct Point {
    double x = 0;  // metres east of the grid's corner
    double y = 0;  // metres north
  };

  [[nodiscard]] Point plane(LatLon place) const;
  void stamp(Point a, Point b);
  [[nodiscard]] bool within(Vertex vertex) const { return distance_[vertex] <= margin_m_; }
  [[nodiscard]] std::vector<Link> contour() const;
  void cross(std::span<const Vertex, 3> triangle, std::vector<Link>& links) const;
  [[nodiscard]] GridEdge edge_between(Vertex a, Vertex b) const;
  [[nodiscard]] std::pair<Vertex, Vertex> ends(GridEdge edge) const;
  [[nodiscard]] LatLon crossing(GridEdge edge) const;
  [[nodiscard]] Vertex inner_end(GridEdge edge) const;
  [[nodiscard]] std::vector<std::uint32_t> parts() const;

  std::int32_t lat0_ = 0;
  std::int32_t lon0_ = 0;
  std::int32_t lat_step_ = 0;  // in 1e-7 degrees, multiples of kSteps
  std::int32_t lon_step_ = 0;
  double north_m_per_e7_ = 0;
  double east_m_per_e7_ = 0;
  double margin_m_ = 0;
  double cell_m_ = 0;  // diagonal of a cell
  std::uint32_t columns_ = 0;
  std::uint32_t rows_ = 0;
  std::vector<float> distance_;  // to the nearest line, at most margin and a cell
};

}  // namespace route
