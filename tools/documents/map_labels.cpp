// SPDX-License-Identifier: Apache-2.0
#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <string_view>

#include "documents/map_layers.hpp"
#include "documents/text_block.hpp"

namespace documents {
namespace {

constexpr double kMarkSize = 13;
constexpr double kGap = 2.5;
constexpr double kLabelWidth = 130;
constexpr std::size_t kCalmMap = 8;     // with more marks than this a label may be left out
constexpr std::size_t kMostNames = 14;  // of roads

bool overlap(const Frame& a, const Frame& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool inside(const Frame& outer, const Frame& inner) {
  return inner.x >= outer.x && inner.y >= outer.y &&
         inner.x + inner.width <= outer.x + outer.width &&
         inner.y + inner.height <= outer.y + outer.height;
}

Frame around(PagePoint p, double size) {
  return {p.x - size / 2, p.y - size / 2, size, size};
}

/// Space already taken: marks and labels must not be covered, the way had better not be.
struct Taken {
  std::vector<Frame> solid;
  std::vector<Frame> soft;

  [[nodiscard]] bool hits_solid(const Frame& frame) const {
    return std::ranges::any_of(solid, [&](const Frame& other) { return overlap(frame, other); });
  }
  [[nodiscard]] auto soft_hits(const Frame& frame) const {
    return std::ranges::count_if(soft, [&](const Frame& other) { return overlap(frame, other); });
  }
};

void take_routes(const MapSheet& sheet, Taken& taken) {
  constexpr double kStep = 5;
  if (sheet.content.routes.size() > kCalmMap) {
    return;  // so many ways cannot be kept clear of
  }
  for (const route::Polyline& way : sheet.content.routes) {
    const auto line = thinned(sheet.projection, way);
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const double dx = line[i + 1].x - line[i].x;
      const double dy = line[i + 1].y - line[i].y;
      const int steps = std::max(1, static_cast<int>(std::hypot(dx, dy) / kStep));
      for (int step = 0; step < steps; ++step) {
        const double t = static_cast<double>(step) / steps;
        taken.soft.push_back(around({line[i].x + t * dx, line[i].y + t * dy}, 5));
      }
    }
  }
}

/// Right, left, below, above, then the corners.
std::array<Frame, 8> places_around(PagePoint p, double width, double height) {
  const double near = kMarkSize / 2 + kGap;
  const double left = p.x - near - width;
  const double right = p.x + near;
  const double above = p.y - near - height;
  const double below = p.y + near;
  const double mid_x = p.x - width / 2;
  const double mid_y = p.y - height / 2;
  return {Frame{right, mid_y, width, height}, Frame{left, mid_y, width, height},
          Frame{mid_x, below, width, height}, Frame{mid_x, above, width, height},
          Frame{right, above, width, height}, Frame{right, below, width, height},
          Frame{left, above, width, height},  Frame{left, below, width, height}};
}

void place_label(const MapSheet& sheet, const MapMark& mark, Taken& taken) {
  const TextStyle style{.size = 8.5, .bold = true, .max_lines = 3};
  TextBlock label(sheet.fonts, mark.label, style);
  if (label.width() > kLabelWidth) {
    label = TextBlock(sheet.fonts, mark.label, style, kLabelWidth);
  }
  const PagePoint p = sheet.projection.at(mark.place);
  std::optional<Frame> best;
  std::ptrdiff_t best_cost = 0;
  for (const Frame& place : places_around(p, label.width(), label.height())) {
    const bool bad = !inside(sheet.projection.frame(), place) || taken.hits_solid(place);
    const std::ptrdiff_t cost = taken.soft_hits(place) + (bad ? 10'000 : 0);
    if (!best || cost < best_cost) {
      best = place;
      best_cost = cost;
    }
  }
  if (best_cost >= 10'000 && sheet.content.marks.size() > kCalmMap) {
    return;
  }
  const Frame& frame = sheet.projection.frame();
  best->x = std::clamp(best->x, frame.x + 1,
                       std::max(frame.x + 1, frame.x + frame.width - label.width() - 1));
  best->y = std::clamp(best->y, frame.y + 1,
                       std::max(frame.y + 1, frame.y + frame.height - label.height() - 1));
  label.draw_with_halo(sheet.cairo, best->x, best->y);
  taken.solid.push_back(*best);
}

/// The longest straight piece in sight of the road with a name.
struct NamePlace {
  PagePoint from;
  PagePoint to;
  double length = 0;
};

std::map<std::string_view, NamePlace> name_places(const MapSheet& sheet) {
  std::map<std::string_view, NamePlace> places;
  const route::RoadGraph& graph = sheet.content.graph;
  for (const route::EdgeId edge : graph.edges()) {
    const std::string_view name = graph.name(edge);
    if (name.empty()) {
      continue;
    }
    const auto shape = graph.shape(edge);
    for (std::size_t i = 0; i + 1 < shape.size(); ++i) {
      if (!sheet.projection.view().contains(shape[i]) &&
          !sheet.projection.view().contains(shape[i + 1])) {
        continue;
      }
      const PagePoint from = sheet.projection.at(shape[i]);
      const PagePoint to = sheet.projection.at(shape[i + 1]);
      const double length = std::hypot(to.x - from.x, to.y - from.y);
      NamePlace& place = places[name];
      if (length > place.length) {
        place = {from, to, length};
      }
    }
  }
  return places;
}

/// Whether the name fits along its road without touching anything; draws it then.
bool place_name(const MapSheet& sheet, std::string_view name, const NamePlace& place,
                Taken& taken) {
  const TextBlock text(sheet.fonts, name, {.size = 6.5, .grey = 0.3});
  if (text.width() > place.length) {
    return false;
  }
  const PagePoint middle{(place.from.x + place.to.x) / 2, (place.from.y + place.to.y) / 2};
  double angle = std::atan2(place.to.y - place.from.y, place.to.x - place.from.x);
  if (std::abs(angle) > std::numbers::pi / 2) {
    angle += angle > 0 ? -std::numbers::pi : std::numbers::pi;
  }
  const double cosine = std::abs(std::cos(angle));
  const double sine = std::abs(std::sin(angle));
  const double width = text.width() * cosine + text.height() * sine;
  const double height = text.width() * sine + text.height() * cosine;
  const Frame room{middle.x - width / 2, middle.y - height / 2, width, height};
  if (!inside(sheet.projection.frame(), room) || taken.hits_solid(room) ||
      taken.soft_hits(room) > 0) {
    return false;
  }
  cairo_save(sheet.cairo);
  cairo_translate(sheet.cairo, middle.x, middle.y);
  cairo_rotate(sheet.cairo, angle);
  text.draw_with_halo(sheet.cairo, -text.width() / 2, -text.height() / 2);
  cairo_restore(sheet.cairo);
  taken.solid.push_back(room);
  return true;
}

void draw_names(const MapSheet& sheet, Taken& taken) {
  const auto places = name_places(sheet);
  std::vector<std::pair<std::string_view, NamePlace>> longest(places.begin(), places.end());
  std::ranges::stable_sort(
      longest, [](const auto& a, const auto& b) { return a.second.length > b.second.length; });
  std::size_t drawn = 0;
  for (const auto& [name, place] : longest) {
    if (drawn == kMostNames) {
      return;
    }
    drawn += place_name(sheet, name, place, taken) ? std::size_t{1} : std::size_t{0};
  }
}

void house(cairo_t* cairo, PagePoint p) {
  const double r = kMarkSize / 2;
  cairo_move_to(cairo, p.x, p.y - r);
  cairo_line_to(cairo, p.x + r, p.y - r * 0.1);
  cairo_line_to(cairo, p.x + r * 0.72, p.y - r * 0.1);
  cairo_line_to(cairo, p.x + r * 0.72, p.y + r * 0.9);
  cairo_line_to(cairo, p.x - r * 0.72, p.y + r * 0.9);
  cairo_line_to(cairo, p.x - r * 0.72, p.y - r * 0.1);
  cairo_line_to(cairo, p.x - r, p.y - r * 0.1);
  cairo_close_path(cairo);
}

}  // namespace

void draw_mark_symbol(const MapSheet& sheet, PagePoint at, MapMark::Kind kind) {
  cairo_t* cairo = sheet.cairo;
  cairo_save(cairo);
  if (kind == MapMark::Kind::Home) {
    house(cairo, at);
    cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
  } else {
    cairo_rectangle(cairo, at.x - kMarkSize / 2, at.y - kMarkSize / 2, kMarkSize, kMarkSize);
    cairo_set_source_rgb(cairo, 0.0, 0.36, 0.22);
  }
  cairo_fill_preserve(cairo);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_width(cairo, 1.4);
  cairo_stroke(cairo);
  if (kind != MapMark::Kind::Home) {
    const TextBlock sign(sheet.fonts, kind == MapMark::Kind::Shelter ? "避" : "福",
                         {.size = 9, .bold = true, .grey = 1});
    sign.draw(cairo, at.x - sign.width() / 2, at.y - sign.height() / 2);
  }
  cairo_restore(cairo);
}

void draw_marks_and_names(const MapSheet& sheet) {
  Taken taken;
  take_routes(sheet, taken);
  for (const MapMark& mark : sheet.content.marks) {
    const PagePoint p = sheet.projection.at(mark.place);
    draw_mark_symbol(sheet, p, mark.kind);
    taken.solid.push_back(around(p, kMarkSize));
  }
  for (const MapMark& mark : sheet.content.marks) {
    if (!mark.label.empty() && sheet.projection.view().contains(mark.place)) {
      place_label(sheet, mark, taken);
    }
  }
  draw_names(sheet, taken);
}

}  // namespace documents
