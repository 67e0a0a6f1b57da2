// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "documents/cairo_names.hpp"
#include "route/hazard.hpp"
#include "route/road_graph.hpp"

namespace documents {

/// A place drawn with a mark and a short label.
struct MapMark {
  enum class Kind { Home, Shelter, WelfareShelter };
  route::LatLon place;
  Kind kind = Kind::Shelter;
  std::string label;  ///< UTF-8; empty = mark only
};

/// What a map shows. Everything is borrowed for one call.
struct MapContent {
  const route::RoadGraph& graph;
  const route::HazardMap* hazards = nullptr;
  std::vector<route::Polyline> routes = {};
  std::vector<route::Polyline> second_ways = {};  ///< dashed, below the routes
  std::vector<route::Polyline> off_road = {};     ///< dotted: from a door to the road and back
  std::vector<MapMark> marks = {};
  route::Box box;           ///< what must be visible
  std::string attribution;  ///< e.g. © OpenStreetMap contributors
};

/// A rectangle on the page, in points (1/72 inch).
struct Frame {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// Draws hazards, roads by class, bridges, steps, routes, marks, north arrow, scale bar and
/// attribution into the frame, clipped to it. Local equirectangular projection, north up.
void draw_map(cairo_t* cairo, const Frame& frame, const MapContent& content);

/// One A4 landscape page with the map, as PDF bytes. Same input, same bytes.
[[nodiscard]] std::string town_map_pdf(const MapContent& content, const std::string& title);

}  // namespace documents
