// SPDX-License-Identifier: Apache-2.0

// Marching triangles: every cell is cut along its diagonal, the distance is taken as linear on each
// triangle, and the contour runs where it equals the margin. A triangle has no ambiguous case, so
// the contour is a set of simple rings; each crosses an edge of the grid at a point of its own,
// which lies on a 64th of the edge and never at its ends. Steps of the grid are multiples of 64
// units, hence all points are exact and no two rings touch.
//
// What is promised: a point of a line lies within a cell's diagonal d of all three corners of its
// triangle, so with margin >= d the whole triangle is inside. A triangle with anything inside has a
// corner within the margin of a line, so nothing inside is further away than margin + d. More lines
// make distances smaller, never larger, so the area only grows.

#include "area_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ellipsoid.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr std::int32_t kSteps = 64;          // places where a contour may cross an edge
constexpr double kMostVertices = 4'000'000;  // 16 MB
constexpr double kScaleSlack = 1.01;         // one scale for the whole grid
constexpr std::uint32_t kNoPart = 0xFFFFFFFF;

std::int32_t step_for(double cell_m, double m_per_e7) {
  const double steps = std::max(std::round(cell_m / m_per_e7 / kSteps), 1.0);
  return static_cast<std::int32_t>(steps) * kSteps;
}

double signed_area(const Polyline& ring) {
  double area = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const double ax = static_cast<double>(ring[i - 1].lon_e7) - ring[0].lon_e7;
    const double ay = static_cast<double>(ring[i - 1].lat_e7) - ring[0].lat_e7;
    const double bx = static_cast<double>(ring[i].lon_e7) - ring[0].lon_e7;
    const double by = static_cast<double>(ring[i].lat_e7) - ring[0].lat_e7;
    area += ax * by - ay * bx;
  }
  return area;
}

bool straight(LatLon a, LatLon b, LatLon c) {
  const std::int64_t east = std::int64_t{b.lon_e7} - a.lon_e7;
  const std::int64_t north = std::int64_t{b.lat_e7} - a.lat_e7;
  return east * (std::int64_t{c.lat_e7} - b.lat_e7) == north * (std::int64_t{c.lon_e7} - b.lon_e7);
}

/// Closed, without points in the middle of straight stretches.
Polyline close_ring(const Polyline& points) {
  Polyline ring;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const LatLon before = points[(i + points.size() - 1) % points.size()];
    if (!straight(before, points[i], points[(i + 1) % points.size()])) {
      ring.push_back(points[i]);
    }
  }
  ring.push_back(ring.front());
  return ring;
}

}  // namespace

AreaGrid::AreaGrid(const Box& box, const AreaStyle& style) {
  TOMONI_EXPECT(style.cell_m > 0 && style.margin_m >= 0);
  const GroundScale scale = scale_at((static_cast<double>(box.low.lat_e7) + box.high.lat_e7) / 2);
  north_m_per_e7_ = scale.north_m_per_e7;
  east_m_per_e7_ = scale.east_m_per_e7;
  const double height = (static_cast<double>(box.high.lat_e7) - box.low.lat_e7) * north_m_per_e7_;
  const double width = (static_cast<double>(box.high.lon_e7) - box.low.lon_e7) * east_m_per_e7_;
  double cell = style.cell_m;
  double pad = 0;
  double vertices = 0;
  do {
    lat_step_ = step_for(cell, north_m_per_e7_);
    lon_step_ = step_for(cell, east_m_per_e7_);
    cell_m_ = std::hypot(lat_step_ * north_m_per_e7_, lon_step_ * east_m_per_e7_);
    margin_m_ = std::max(style.margin_m, cell_m_ * kScaleSlack);
    pad = margin_m_ + 2 * cell_m_;
    vertices = ((height + 2 * pad) / (lat_step_ * north_m_per_e7_) + 2) *
               ((width + 2 * pad) / (lon_step_ * east_m_per_e7_) + 2);
    cell *= 1.1 * std::max(1.0, std::sqrt(vertices / kMostVertices) / 1.1);
  } while (vertices > kMostVertices);
  lat0_ = static_cast<std::int32_t>(std::floor(box.low.lat_e7 - pad / north_m_per_e7_));
  lon0_ = static_cast<std::int32_t>(std::floor(box.low.lon_e7 - pad / east_m_per_e7_));
  rows_ = static_cast<std::uint32_t>((height + 2 * pad) / (lat_step_ * north_m_per_e7_)) + 2;
  columns_ = static_cast<std::uint32_t>((width + 2 * pad) / (lon_step_ * east_m_per_e7_)) + 2;
  distance_.assign(std::size_t{rows_} * columns_, static_cast<float>(margin_m_ + cell_m_));
}

double AreaGrid::accuracy_m() const {
  constexpr double kRoundingM = 0.02;  // of places to 1e-7 degrees
  return (margin_m_ + cell_m_) * kScaleSlack + kRoundingM;
}

AreaGrid::Point AreaGrid::plane(LatLon place) const {
  return {(static_cast<double>(place.lon_e7) - lon0_) * east_m_per_e7_,
          (static_cast<double>(place.lat_e7) - lat0_) * north_m_per_e7_};
}

void AreaGrid::add(std::span<const LatLon> line) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Point a = plane(line[i - 1]);
    const Point b = plane(line[i]);
    // A long slanting segment has a large box around it; short pieces of it do not.
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    const auto pieces = static_cast<std::uint32_t>(length / (8 * cell_m_)) + 1;
    Point from = a;
    for (std::uint32_t piece = 1; piece <= pieces; ++piece) {
      const double share = static_cast<double>(piece) / pieces;
      const Point to{a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
      stamp(from, to);
      from = to;
    }
  }
}

void AreaGrid::stamp(Point a, Point b) {
  const double dx = lon_step_ * east_m_per_e7_;
  const double dy = lat_step_ * north_m_per_e7_;
  const double far = margin_m_ + cell_m_;
  const auto index = [](double place, double step, std::uint32_t count) {
    return static_cast<std::uint32_t>(std::clamp(place / step, 0.0, count - 1.0));
  };
  const std::uint32_t left = index(std::min(a.x, b.x) - far, dx, columns_);
  const std::uint32_t right = index(std::max(a.x, b.x) + far + dx, dx, columns_);
  const std::uint32_t low = index(std::min(a.y, b.y) - far, dy, rows_);
  const std::uint32_t high = index(std::max(a.y, b.y) + far + dy, dy, rows_);
  const double ex = b.x - a.x;
  const double ey = b.y - a.y;
  const double squared = ex * ex + ey * ey;
  for (std::uint32_t row = low; row <= high; ++row) {
    for (std::uint32_t column = left; column <= right; ++column) {
      const double px = column * dx - a.x;
      const double py = row * dy - a.y;
      const double share = squared > 0 ? std::clamp((px * ex + py * ey) / squared, 0.0, 1.0) : 0;
      const double qx = px - share * ex;
      const double qy = py - share * ey;
      float& known = distance_[std::size_t{row} * columns_ + column];
      known = std::min(known, static_cast<float>(std::sqrt(qx * qx + qy * qy)));
    }
  }
}

std::pair<AreaGrid::Vertex, AreaGrid::Vertex> AreaGrid::ends(GridEdge edge) const {
  const Vertex from = edge / 3;
  const std::array<Vertex, 3> offsets{1, columns_, columns_ + 1};
  return {from, from + offsets.at(edge % 3)};
}

AreaGrid::GridEdge AreaGrid::edge_between(Vertex a, Vertex b) const {
  const auto [low, high] = std::minmax(a, b);
  const Vertex offset = high - low;
  return low * 3 + (offset == 1 ? 0 : (offset == columns_ ? 1 : 2));
}

AreaGrid::Vertex AreaGrid::inner_end(GridEdge edge) const {
  const auto [a, b] = ends(edge);
  return within(a) ? a : b;
}

LatLon AreaGrid::crossing(GridEdge edge) const {
  const auto [a, b] = ends(edge);
  const Vertex inner = within(a) ? a : b;
  const Vertex outer = within(a) ? b : a;
  const double share =
      (margin_m_ - distance_[inner]) / (static_cast<double>(distance_[outer]) - distance_[inner]);
  const auto steps =
      static_cast<std::int32_t>(std::clamp(std::round(share * kSteps), 1.0, kSteps - 1.0));
  const auto along = [&](Vertex from, Vertex to, std::int32_t step) {
    const auto begin = static_cast<std::int32_t>(from);
    const auto end = static_cast<std::int32_t>(to);
    return begin * step + (end - begin) * (step / kSteps) * steps;
  };
  return {lat0_ + along(inner / columns_, outer / columns_, lat_step_),
          lon0_ + along(inner % columns_, outer % columns_, lon_step_)};
}

/// The stretch of the contour in a triangle, with the area to its left.
void AreaGrid::cross(std::span<const Vertex, 3> triangle, std::vector<Link>& links) const {
  const auto inside = std::ranges::count_if(triangle, [this](Vertex v) { return within(v); });
  if (inside == 0 || inside == 3) {
    return;
  }
  // Turn the triangle until the corner that differs from the others stands first.
  const bool lone = inside == 1;
  std::size_t first = 0;
  while (within(triangle[first]) != lone) {
    ++first;
  }
  const Vertex a = triangle[first];
  const GridEdge to_next = edge_between(a, triangle[(first + 1) % 3]);
  const GridEdge from_last = edge_between(triangle[(first + 2) % 3], a);
  links.push_back(lone ? Link{to_next, from_last} : Link{from_last, to_next});
}

std::vector<AreaGrid::Link> AreaGrid::contour() const {
  std::vector<Link> links;
  for (std::uint32_t row = 0; row + 1 < rows_; ++row) {
    for (std::uint32_t column = 0; column + 1 < columns_; ++column) {
      const Vertex corner = row * columns_ + column;
      const std::array<Vertex, 3> lower{corner, corner + 1, corner + columns_ + 1};
      const std::array<Vertex, 3> upper{corner, corner + columns_ + 1, corner + columns_};
      cross(lower, links);
      cross(upper, links);
    }
  }
  std::ranges::sort(links);
  return links;
}

/// Numbers the connected parts of the vertices within the margin.
std::vector<std::uint32_t> AreaGrid::parts() const {
  std::vector<std::uint32_t> part(distance_.size(), kNoPart);
  std::vector<Vertex> waiting;
  std::uint32_t count = 0;
  for (Vertex start = 0; start < distance_.size(); ++start) {
    if (part[start] != kNoPart || !within(start)) {
      continue;
    }
    part[start] = count;
    waiting.push_back(start);
    while (!waiting.empty()) {
      const Vertex vertex = waiting.back();
      waiting.pop_back();
      // No vertex at the rim is within the margin, so neighbours exist.
      for (const Vertex next : {vertex + 1, vertex - 1, vertex + columns_, vertex - columns_,
                                vertex + columns_ + 1, vertex - columns_ - 1}) {
        if (part[next] == kNoPart && within(next)) {
          part[next] = count;
          waiting.push_back(next);
        }
      }
    }
    ++count;
  }
  return part;
}

std::vector<Polygon> AreaGrid::outline() const {
  const std::vector<Link> links = contour();
  const std::vector<std::uint32_t> part = parts();
  std::vector<bool> done(links.size());
  std::vector<std::pair<std::uint32_t, Polyline>> rings;  // part, ring
  for (std::size_t start = 0; start < links.size(); ++start) {
    if (done[start]) {
      continue;
    }
    Polyline points;
    for (std::size_t at = start; !done[at];) {
      done[at] = true;
      points.push_back(crossing(links[at].first));
      const auto next = std::ranges::lower_bound(links, links[at].second, {}, &Link::first);
      at = static_cast<std::size_t>(next - links.begin());
    }
    rings.emplace_back(part[inner_end(links[start].first)], close_ring(points));
  }
  // One outline to a part; it comes before the holes of the part.
  std::ranges::stable_sort(rings, [](const auto& a, const auto& b) {
    const bool a_hole = signed_area(a.second) < 0;
    const bool b_hole = signed_area(b.second) < 0;
    return std::pair(a.first, a_hole) < std::pair(b.first, b_hole);
  });
  std::vector<Polygon> polygons;
  std::uint32_t last = kNoPart;
  for (auto& [of, ring] : rings) {
    if (of != last) {
      polygons.emplace_back();
    }
    last = of;
    polygons.back().push_back(std::move(ring));
  }
  return polygons;
}

}  // namespace route
