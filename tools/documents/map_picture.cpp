// SPDX-License-Identifier: Apache-2.0
#include "documents/map_picture.hpp"

#include <cairo.h>

#include <algorithm>

#include "documents/map_layers.hpp"
#include "documents/pdf_document.hpp"
#include "documents/text_block.hpp"

namespace documents {
namespace {

constexpr double kLegendPadding = 4;

/// What the legend must explain is known only after drawing; a dry run on paper nobody sees would
/// cost as much as the map. So room is kept for every kind that the box touches.
MapSeen expected(const Projection& projection, const MapContent& content) {
  MapSeen seen;
  seen.steps = true;
  seen.bridges = true;
  if (content.hazards != nullptr) {
    for (const route::HazardZone& zone : content.hazards->zones) {
      if (projection.sees(zone.box)) {
        seen.hazards.insert(
            {is_water(zone.kind) ? route::HazardKind::Flood : zone.kind, zone.rank});
      }
    }
  }
  return seen;
}

void outline(cairo_t* cairo, const Frame& frame, double grey) {
  cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
  cairo_set_source_rgb(cairo, grey, grey, grey);
  cairo_set_line_width(cairo, 0.8);
  cairo_stroke(cairo);
}

}  // namespace

void draw_map(cairo_t* cairo, const Frame& frame, const MapContent& content) {
  FontBook fonts(cairo);
  const Projection whole(frame, content.box);
  const Frame legend_room{frame.x + kLegendPadding, frame.y,
                          std::max(40.0, frame.width - 2 * kLegendPadding), 0};
  const double legend_height =
      draw_legend({nullptr, fonts, whole, content}, expected(whole, content), legend_room) +
      kLegendPadding;
  const Frame picture{frame.x, frame.y, frame.width,
                      std::max(frame.height / 2, frame.height - legend_height)};
  const Projection projection(picture, content.box);
  const MapSheet sheet{cairo, fonts, projection, content};
  MapSeen seen;
  cairo_save(cairo);
  cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
  cairo_clip(cairo);
  cairo_save(cairo);
  cairo_rectangle(cairo, picture.x, picture.y, picture.width, picture.height);
  cairo_clip(cairo);
  cairo_set_source_rgb(cairo, 0.965, 0.962, 0.955);
  cairo_paint(cairo);
  draw_hazards(sheet, seen);
  draw_roads(sheet, seen);
  draw_routes(sheet);
  draw_marks_and_names(sheet);
  draw_furniture(sheet);
  cairo_restore(cairo);
  const double used = draw_legend({nullptr, fonts, projection, content}, seen, legend_room);
  const double top = picture.y + picture.height;
  const double spare = frame.y + frame.height - top - used;
  static_cast<void>(draw_legend(
      sheet, seen, {legend_room.x, top + std::max(0.0, spare / 2), legend_room.width, used}));
  outline(cairo, picture, 0.45);
  cairo_restore(cairo);
}

std::string town_map_pdf(const MapContent& content, const std::string& title) {
  constexpr double kMargin = 28;
  constexpr double kTitleHeight = 30;
  // No date: a map has none of its own, and the same map must give the same bytes.
  PdfDocument page(kA4Landscape, title, "2000-01-01T00:00:00Z");
  cairo_t* cairo = page.cairo();
  {
    FontBook fonts(cairo);
    const double width = kA4Landscape.width - 2 * kMargin;
    const TextBlock heading = fitted_text(fonts, title, {.size = 18, .bold = true},
                                          {.width = width, .height = kTitleHeight, .smallest = 8});
    heading.draw(cairo, kMargin, kMargin - 4);
    draw_map(
        cairo,
        {kMargin, kMargin + kTitleHeight, width, kA4Landscape.height - 2 * kMargin - kTitleHeight},
        content);
  }
  return page.finish();
}

}  // namespace documents
