// SPDX-License-Identifier: Apache-2.0
#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "documents/map_layers.hpp"

namespace documents {
namespace {

using route::HazardKind;
using route::HazardZone;

struct Colour {
  int red;
  int green;
  int blue;
};

/// Depth colours of 水害ハザードマップ作成の手引き (国土交通省): they darken with depth, so that a
/// grey print keeps the order.
constexpr std::array<Colour, 6> kDepths{{{247, 245, 169},
                                         {255, 216, 192},
                                         {255, 183, 183},
                                         {255, 145, 145},
                                         {242, 133, 201},
                                         {220, 122, 220}}};

/// From this 建物倒壊危険度 on the hatching is crossed.
constexpr int kDenselyHatched = 4;

void set_colour(cairo_t* cairo, Colour colour, double alpha = 1) {
  cairo_set_source_rgba(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0,
                        alpha);
}

/// Parallel lines through the clip; `slope` 1 rises to the right, -1 falls.
void hatch(cairo_t* cairo, double spacing, double slope) {
  double x1 = 0;
  double y1 = 0;
  double x2 = 0;
  double y2 = 0;
  cairo_clip_extents(cairo, &x1, &y1, &x2, &y2);
  const double height = y2 - y1;
  // Counted from the page's corner, so that neighbouring zones share their lines.
  const double first = std::floor((x1 - height) / spacing) * spacing - spacing;
  const int lines = static_cast<int>((x2 + height + spacing - first) / spacing) + 1;
  for (int i = 0; i < lines; ++i) {
    const double x = first + i * spacing;
    cairo_move_to(cairo, x, slope > 0 ? y2 : y1);
    cairo_line_to(cairo, x + height, slope > 0 ? y1 : y2);
  }
  cairo_stroke(cairo);
}

void paint_hatched(cairo_t* cairo, Colour ground, Colour ink, bool crossed) {
  cairo_save(cairo);
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
  set_colour(cairo, ground, 0.45);
  cairo_fill_preserve(cairo);
  set_colour(cairo, ink);
  cairo_set_line_width(cairo, 0.9);
  cairo_stroke_preserve(cairo);
  cairo_clip(cairo);
  cairo_set_line_width(cairo, crossed ? 0.7 : 0.6);
  hatch(cairo, crossed ? 4.5 : 5.5, 1);
  if (crossed) {
    hatch(cairo, 4.5, -1);
  }
  cairo_restore(cairo);
}

bool valid(const route::Box& box) {
  return box.low.lat_e7 <= box.high.lat_e7 && box.low.lon_e7 <= box.high.lon_e7;
}

/// Whether any of the zone is inside the frame; its path is set then.
bool trace_zone(const MapSheet& sheet, const HazardZone& zone) {
  const Frame& frame = sheet.projection.frame();
  const Frame wider{frame.x - 2, frame.y - 2, frame.width + 4, frame.height + 4};
  cairo_new_path(sheet.cairo);
  bool any = false;
  for (const route::Polyline& ring : zone.rings) {
    const auto points = cut_to(wider, thinned(sheet.projection, ring));
    if (points.size() >= 3) {
      trace(sheet.cairo, points);
      cairo_close_path(sheet.cairo);
      any = true;
    }
  }
  return any;
}

}  // namespace

void paint_hazard(cairo_t* cairo, HazardKind kind, int rank) {
  switch (kind) {
    case HazardKind::Landslide:
      if (rank >= 2) {
        paint_hatched(cairo, {250, 200, 190}, {170, 40, 30}, true);
      } else {
        paint_hatched(cairo, {252, 236, 170}, {150, 115, 10}, false);
      }
      return;
    case HazardKind::Fire:
      paint_hatched(cairo, {250, 225, 205}, {190, 95, 40}, false);
      return;
    case HazardKind::Blockage:
      paint_hatched(cairo, {228, 224, 218}, {105, 95, 85}, rank >= kDenselyHatched);
      return;
    case HazardKind::Flood:
    case HazardKind::InlandFlood:
    case HazardKind::StormSurge:
    case HazardKind::Tsunami:
      cairo_save(cairo);
      cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
      set_colour(cairo, kDepths[static_cast<std::size_t>(std::clamp(rank, 1, 6) - 1)]);
      cairo_fill(cairo);
      cairo_restore(cairo);
      return;
  }
}

std::string hazard_legend(HazardKind kind, int rank) {
  constexpr std::array<const char*, 6> kDepthWords{"0.5m未満", "0.5〜3m", "3〜5m",
                                                   "5〜10m",   "10〜20m", "20m以上"};
  switch (kind) {
    case HazardKind::Landslide:
      return rank >= 2 ? "土砂災害特別警戒区域" : "土砂災害警戒区域";
    case HazardKind::Fire:
      return "火災の危険";
    case HazardKind::Blockage:
      return "建物倒壊危険度 " + std::to_string(rank);
    case HazardKind::Flood:
    case HazardKind::InlandFlood:
    case HazardKind::StormSurge:
    case HazardKind::Tsunami:
      return std::string("浸水 ") +
             kDepthWords[static_cast<std::size_t>(std::clamp(rank, 1, 6) - 1)];
  }
  return "";
}

void draw_hazards(const MapSheet& sheet, MapSeen& seen) {
  if (sheet.content.hazards == nullptr) {
    return;
  }
  std::vector<const HazardZone*> zones;
  for (const HazardZone& zone : sheet.content.hazards->zones) {
    if (!valid(zone.box) || sheet.projection.sees(zone.box)) {
      zones.push_back(&zone);
    }
  }
  const auto hatched = [](const HazardZone& zone) { return !is_water(zone.kind); };
  // Water first, hatchings over it; the worst of each on top.
  std::ranges::stable_sort(zones, [&](const HazardZone* a, const HazardZone* b) {
    return std::pair(hatched(*a), a->rank) < std::pair(hatched(*b), b->rank);
  });
  for (const HazardZone* zone : zones) {
    if (trace_zone(sheet, *zone)) {
      // All water is one scale in the legend: what counts is the depth.
      const HazardKind kind = hatched(*zone) ? zone->kind : HazardKind::Flood;
      seen.hazards.insert({kind, zone->rank});
      paint_hazard(sheet.cairo, zone->kind, zone->rank);
    }
  }
}

}  // namespace documents
