// SPDX-License-Identifier: Apache-2.0
#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "documents/map_layers.hpp"

namespace documents {
namespace {

constexpr double kRouteWidth = 3.4;
constexpr double kRouteRim = 6.4;
constexpr double kArrowLength = 10;
constexpr std::size_t kSingleRoutes = 8;
constexpr double kMarkRadius = 8;     // of a mark with its rim
constexpr double kArrowSpacing = 70;  // along the way, between arrows on it

void set_route_colour(cairo_t* cairo) {
  cairo_set_source_rgb(cairo, 0.02, 0.19, 0.52);
}

/// Cuts `length` off the end, so that the line does not stick out of the arrow's tip.
std::vector<PagePoint> shortened(std::vector<PagePoint> line, double length) {
  while (line.size() >= 2) {
    const PagePoint from = line[line.size() - 2];
    PagePoint& end = line.back();
    const double last = std::hypot(end.x - from.x, end.y - from.y);
    if (last > length) {
      const double t = (last - length) / last;
      end = {from.x + t * (end.x - from.x), from.y + t * (end.y - from.y)};
      return line;
    }
    length -= last;
    line.pop_back();
  }
  return line;
}

void arrow_head(cairo_t* cairo, PagePoint tip, double direction, double length) {
  constexpr double kSpread = std::numbers::pi / 7;
  cairo_move_to(cairo, tip.x, tip.y);
  for (const double side : {kSpread, -kSpread}) {
    cairo_line_to(cairo, tip.x - length * std::cos(direction + side),
                  tip.y - length * std::sin(direction + side));
  }
  cairo_close_path(cairo);
}

/// Small white arrows on the line, so that the direction shows in the middle of it too.
void draw_direction(cairo_t* cairo, const std::vector<PagePoint>& line) {
  double until = kArrowSpacing / 2;
  cairo_set_source_rgb(cairo, 1, 1, 1);
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double dx = line[i + 1].x - line[i].x;
    const double dy = line[i + 1].y - line[i].y;
    const double length = std::hypot(dx, dy);
    double done = 0;
    while (length - done > until) {
      done += until;
      const double t = done / length;
      arrow_head(cairo, {line[i].x + t * dx, line[i].y + t * dy}, std::atan2(dy, dx), 3.6);
      cairo_fill(cairo);
      until = kArrowSpacing;
    }
    until -= length - done;
  }
}

void draw_route(cairo_t* cairo, const std::vector<PagePoint>& line) {
  const auto body = shortened(line, kArrowLength * 0.7);
  trace(cairo, line);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_width(cairo, kRouteRim);
  cairo_stroke(cairo);
  trace(cairo, body);
  set_route_colour(cairo);
  cairo_set_line_width(cairo, kRouteWidth);
  cairo_stroke(cairo);
  draw_direction(cairo, body);
  const PagePoint tip = line.back();
  const PagePoint before = shortened(line, kArrowLength).back();
  arrow_head(cairo, tip, std::atan2(tip.y - before.y, tip.x - before.x), kArrowLength);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_width(cairo, 1.6);
  cairo_stroke_preserve(cairo);
  set_route_colour(cairo);
  cairo_fill(cairo);
}

/// Dashes on a white rim, thinner than the way itself.
void draw_second_way(cairo_t* cairo, const std::vector<PagePoint>& line) {
  constexpr std::array<double, 2> kDashes{6, 4.5};
  cairo_save(cairo);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
  trace(cairo, line);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_width(cairo, 4.2);
  cairo_stroke_preserve(cairo);
  set_route_colour(cairo);
  cairo_set_line_width(cairo, 2);
  cairo_set_dash(cairo, kDashes.data(), static_cast<int>(kDashes.size()), 0);
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

/// Whether a mark would cover the arrow's tip.
bool ends_in_mark(const MapSheet& sheet, const route::Polyline& way) {
  const PagePoint end = sheet.projection.at(way.back());
  return std::ranges::any_of(sheet.content.marks, [&](const MapMark& mark) {
    const PagePoint p = sheet.projection.at(mark.place);
    return std::hypot(p.x - end.x, p.y - end.y) < kMarkRadius;
  });
}

/// Many ways at once: thin lines that add up where people share a road.
void draw_bundle(const MapSheet& sheet) {
  cairo_save(sheet.cairo);
  cairo_set_line_join(sheet.cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgba(sheet.cairo, 0.02, 0.19, 0.52, 0.35);
  cairo_set_line_width(sheet.cairo, 1.4);
  for (const route::Polyline& way : sheet.content.routes) {
    trace(sheet.cairo, thinned(sheet.projection, way));
    cairo_stroke(sheet.cairo);
  }
  cairo_restore(sheet.cairo);
}

}  // namespace

void trace(cairo_t* cairo, const std::vector<PagePoint>& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i == 0) {
      cairo_move_to(cairo, line[i].x, line[i].y);
    } else {
      cairo_line_to(cairo, line[i].x, line[i].y);
    }
  }
}

void draw_route_symbol(cairo_t* cairo, PagePoint from, PagePoint to) {
  draw_route(cairo, {from, to});
}

void draw_routes(const MapSheet& sheet) {
  if (sheet.content.routes.size() > kSingleRoutes) {
    draw_bundle(sheet);
    return;
  }
  cairo_t* cairo = sheet.cairo;
  cairo_save(cairo);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  for (const route::Polyline& way : sheet.content.second_ways) {
    draw_second_way(cairo, thinned(sheet.projection, way));
  }
  for (const route::Polyline& piece : sheet.content.off_road) {
    const auto line = thinned(sheet.projection, piece);
    const std::array<double, 2> dots{0.1, 4.2};
    trace(cairo, line);
    cairo_set_line_width(cairo, 2.4);
    set_route_colour(cairo);
    cairo_save(cairo);
    cairo_set_dash(cairo, dots.data(), static_cast<int>(dots.size()), 0);
    cairo_stroke(cairo);
    cairo_restore(cairo);
  }
  for (const route::Polyline& way : sheet.content.routes) {
    auto line = thinned(sheet.projection, way);
    if (line.size() >= 2 && ends_in_mark(sheet, way)) {
      line = shortened(std::move(line), kMarkRadius);
    }
    if (line.size() >= 2) {
      draw_route(cairo, line);
    }
  }
  cairo_restore(cairo);
}

}  // namespace documents
