// SPDX-License-Identifier: Apache-2.0
#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "documents/map_layers.hpp"

namespace documents {
namespace {

using route::EdgeId;
using route::RoadClass;

/// How a rank of roads looks. Greys only: colours are for hazards and the way.
struct RoadLook {
  double metres;    ///< width in the world
  double least_pt;  ///< width on the page, at least and at most
  double most_pt;
  double fill;    ///< grey
  double casing;  ///< grey; 1 = none
};

enum class Rank : std::uint8_t { Path, Service, Street, Tertiary, Main, Trunk, Count };
constexpr std::size_t kRanks = static_cast<std::size_t>(Rank::Count);

constexpr std::array<RoadLook, kRanks> kLooks{{{2, 0.5, 1.2, 0.62, 1},
                                               {3.5, 0.6, 2.6, 1, 0.74},
                                               {5.5, 0.8, 4.2, 1, 0.68},
                                               {8, 1.2, 6, 1, 0.60},
                                               {11, 1.6, 8, 0.94, 0.54},
                                               {13, 2.0, 9, 0.86, 0.48}}};

constexpr double kTownScale = 0.06;  // points per metre under which small roads are left out

Rank rank_of(RoadClass road_class) {
  switch (road_class) {
    case RoadClass::Motorway:
    case RoadClass::Trunk:
      return Rank::Trunk;
    case RoadClass::Primary:
    case RoadClass::Secondary:
      return Rank::Main;
    case RoadClass::Tertiary:
      return Rank::Tertiary;
    case RoadClass::Unclassified:
    case RoadClass::Residential:
    case RoadClass::LivingStreet:
    case RoadClass::Pedestrian:
      return Rank::Street;
    case RoadClass::Service:
    case RoadClass::Track:
    case RoadClass::Unknown:
      return Rank::Service;
    case RoadClass::Footway:
    case RoadClass::Path:
    case RoadClass::Cycleway:
    case RoadClass::Bridleway:
    case RoadClass::Corridor:
    case RoadClass::Steps:
    case RoadClass::Elevator:
      return Rank::Path;
  }
  return Rank::Path;
}

route::Box box_of(std::span<const route::LatLon> shape) {
  route::Box box;
  for (const route::LatLon p : shape) {
    box.low.lat_e7 = std::min(box.low.lat_e7, p.lat_e7);
    box.low.lon_e7 = std::min(box.low.lon_e7, p.lon_e7);
    box.high.lat_e7 = std::max(box.high.lat_e7, p.lat_e7);
    box.high.lon_e7 = std::max(box.high.lon_e7, p.lon_e7);
  }
  return box;
}

using Lines = std::vector<std::vector<PagePoint>>;

/// Edges in sight, sorted by how they are drawn.
struct VisibleRoads {
  std::array<Lines, kRanks> by_rank;
  std::array<Lines, kRanks> bridges;
  Lines steps;
};

VisibleRoads visible_roads(const MapSheet& sheet) {
  VisibleRoads roads;
  const bool town = sheet.projection.points_per_metre() < kTownScale;
  for (const EdgeId edge : sheet.content.graph.edges()) {
    const auto shape = sheet.content.graph.shape(edge);
    if (!sheet.projection.sees(box_of(shape))) {
      continue;
    }
    const route::Road& road = sheet.content.graph.road(edge);
    const Rank rank = rank_of(road.road_class);
    if (town && rank <= Rank::Service) {
      continue;
    }
    const auto slot = static_cast<std::size_t>(rank);
    auto line = thinned(sheet.projection, shape);
    if (road.road_class == RoadClass::Steps) {
      roads.steps.push_back(std::move(line));
    } else if (road.bridge != 0 && rank != Rank::Path) {
      roads.bridges[slot].push_back(std::move(line));
    } else {
      roads.by_rank[slot].push_back(std::move(line));
    }
  }
  return roads;
}

double width_of(const RoadLook& look, const Projection& projection) {
  return std::clamp(look.metres * projection.points_per_metre(), look.least_pt, look.most_pt);
}

void stroke(cairo_t* cairo, const Lines& lines, double width, double grey) {
  if (lines.empty()) {
    return;
  }
  for (const auto& line : lines) {
    trace(cairo, line);
  }
  cairo_set_line_width(cairo, width);
  cairo_set_source_rgb(cairo, grey, grey, grey);
  cairo_stroke(cairo);
}

}  // namespace

void draw_steps_symbol(cairo_t* cairo, PagePoint from, PagePoint to) {
  cairo_save(cairo);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
  trace(cairo, {from, to});
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_width(cairo, 4.4);
  cairo_stroke_preserve(cairo);
  const std::array<double, 2> treads{1.0, 1.1};
  cairo_set_dash(cairo, treads.data(), static_cast<int>(treads.size()), 0);
  cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
  cairo_set_line_width(cairo, 3.6);
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

void draw_roads(const MapSheet& sheet, MapSeen& seen) {
  const VisibleRoads roads = visible_roads(sheet);
  cairo_t* cairo = sheet.cairo;
  cairo_save(cairo);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  for (std::size_t rank = 0; rank < kRanks; ++rank) {
    const RoadLook& look = kLooks[rank];
    if (look.casing < 1) {
      stroke(cairo, roads.by_rank[rank], width_of(look, sheet.projection) + 0.9, look.casing);
    }
  }
  for (std::size_t rank = 0; rank < kRanks; ++rank) {
    const RoadLook& look = kLooks[rank];
    stroke(cairo, roads.by_rank[rank], width_of(look, sheet.projection), look.fill);
  }
  for (std::size_t rank = 0; rank < kRanks; ++rank) {
    const double width = width_of(kLooks[rank], sheet.projection);
    seen.bridges = seen.bridges || !roads.bridges[rank].empty();
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
    stroke(cairo, roads.bridges[rank], width + 2.4, 0.15);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    stroke(cairo, roads.bridges[rank], width + 0.8, kLooks[rank].fill);
  }
  for (const auto& line : roads.steps) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      draw_steps_symbol(cairo, line[i], line[i + 1]);
    }
  }
  seen.steps = !roads.steps.empty();
  cairo_restore(cairo);
}

}  // namespace documents
