// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "documents/font_book.hpp"
#include "documents/map_projection.hpp"

namespace documents {

/// What is in sight and therefore explained in the legend.
struct MapSeen {
  std::set<std::pair<route::HazardKind, int>> hazards;
  bool steps = false;
  bool bridges = false;
};

/// Where one layer draws.
struct MapSheet {
  cairo_t* cairo;
  FontBook& fonts;
  const Projection& projection;
  const MapContent& content;
};

// From the ground up.
void draw_hazards(const MapSheet& sheet, MapSeen& seen);
void draw_roads(const MapSheet& sheet, MapSeen& seen);
void draw_routes(const MapSheet& sheet);
/// Marks with labels that keep clear of each other and of the way; then names of roads where
/// there is room.
void draw_marks_and_names(const MapSheet& sheet);
void draw_furniture(const MapSheet& sheet);

/// Fills a path already set with the colour or hatching of a hazard.
void paint_hazard(cairo_t* cairo, route::HazardKind kind, int rank);
[[nodiscard]] std::string hazard_legend(route::HazardKind kind, int rank);

/// Symbols of the legend are those of the map.
void draw_steps_symbol(cairo_t* cairo, PagePoint from, PagePoint to);
void draw_route_symbol(cairo_t* cairo, PagePoint from, PagePoint to);
void draw_mark_symbol(const MapSheet& sheet, PagePoint at, MapMark::Kind kind);

/// Draws the legend from the frame's top down and gives the height it needs; with no `cairo` in
/// the sheet it only measures.
[[nodiscard]] double draw_legend(const MapSheet& sheet, const MapSeen& seen, const Frame& frame);

void trace(cairo_t* cairo, const std::vector<PagePoint>& line);

}  // namespace documents
