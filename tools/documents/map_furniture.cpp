// SPDX-License-Identifier: Apache-2.0
#include <cairo.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "documents/map_layers.hpp"
#include "documents/text_block.hpp"

namespace documents {
namespace {

constexpr double kInset = 7;
constexpr double kSwatchWidth = 20;
constexpr double kSwatchHeight = 8;
constexpr double kLegendRow = 13;

/// The longest round length that takes at most a third of the frame.
int scale_length_m(const Projection& projection) {
  constexpr std::array kLengths{5000, 2000, 1000, 500, 200, 100, 50, 20};
  const double most = projection.frame().width / 3;
  const auto* const found = std::ranges::find_if(
      kLengths, [&](int metres) { return metres * projection.points_per_metre() <= most; });
  return found == kLengths.end() ? kLengths.back() : *found;
}

void draw_scale_bar(const MapSheet& sheet) {
  const int metres = scale_length_m(sheet.projection);
  const double length = metres * sheet.projection.points_per_metre();
  const Frame& frame = sheet.projection.frame();
  const double x = frame.x + kInset;
  const double y = frame.y + frame.height - kInset;
  cairo_t* cairo = sheet.cairo;
  cairo_save(cairo);
  cairo_rectangle(cairo, x - 1.2, y - 4.2, length + 2.4, 5.4);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_fill(cairo);
  cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
  cairo_rectangle(cairo, x, y - 3, length / 2, 3);
  cairo_fill(cairo);
  cairo_set_line_width(cairo, 0.6);
  cairo_rectangle(cairo, x, y - 3, length, 3);
  cairo_stroke(cairo);
  cairo_restore(cairo);
  const std::string words =
      metres >= 1000 ? std::to_string(metres / 1000) + "km" : std::to_string(metres) + "m";
  const TextBlock text(sheet.fonts, words, {.size = 7});
  text.draw_with_halo(cairo, x + length + 3, y - text.height() + 2);
}

void draw_north(const MapSheet& sheet) {
  const Frame& frame = sheet.projection.frame();
  const double x = frame.x + frame.width - kInset - 6;
  const double y = frame.y + kInset;
  cairo_t* cairo = sheet.cairo;
  cairo_save(cairo);
  cairo_move_to(cairo, x, y);
  cairo_line_to(cairo, x + 5, y + 15);
  cairo_line_to(cairo, x, y + 11.5);
  cairo_line_to(cairo, x - 5, y + 15);
  cairo_close_path(cairo);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_width(cairo, 2);
  cairo_stroke_preserve(cairo);
  cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
  cairo_fill(cairo);
  cairo_restore(cairo);
  const TextBlock text(sheet.fonts, "北", {.size = 8, .bold = true});
  text.draw_with_halo(cairo, x - text.width() / 2, y + 14.5);
}

void draw_attribution(const MapSheet& sheet) {
  if (sheet.content.attribution.empty()) {
    return;
  }
  const Frame& frame = sheet.projection.frame();
  const TextBlock text = fitted_text(sheet.fonts, sheet.content.attribution,
                                     {.size = 6, .grey = 0.2, .align = Align::Right},
                                     {.width = frame.width * 0.55, .height = 18, .smallest = 4.5});
  text.draw_with_halo(sheet.cairo, frame.x + frame.width - text.width() - 3,
                      frame.y + frame.height - text.height() - 2);
}

/// One line of the legend.
struct LegendEntry {
  std::function<void(const Frame& swatch)> symbol;
  std::string words;
};

LegendEntry hazard_entry(cairo_t* cairo, route::HazardKind kind, int rank) {
  return {[=](const Frame& swatch) {
            const auto box = [&] {
              cairo_rectangle(cairo, swatch.x, swatch.y, swatch.width, swatch.height);
            };
            box();
            paint_hazard(cairo, kind, rank);
            cairo_new_path(cairo);
            box();
            cairo_set_source_rgb(cairo, 0.5, 0.5, 0.5);
            cairo_set_line_width(cairo, 0.4);
            cairo_stroke(cairo);
          },
          hazard_legend(kind, rank)};
}

void draw_bridge_symbol(cairo_t* cairo, const Frame& swatch) {
  const double y = swatch.y + swatch.height / 2;
  cairo_set_source_rgb(cairo, 0.15, 0.15, 0.15);
  cairo_set_line_width(cairo, 0.9);
  for (const double side : {-2.6, 2.6}) {
    cairo_move_to(cairo, swatch.x, y + side);
    cairo_line_to(cairo, swatch.x + swatch.width, y + side);
  }
  cairo_stroke(cairo);
}

std::vector<LegendEntry> legend_entries(const MapSheet& sheet, const MapSeen& seen) {
  cairo_t* cairo = sheet.cairo;
  std::vector<LegendEntry> entries;
  const auto ends = [](const Frame& swatch) {
    const double y = swatch.y + swatch.height / 2;
    return std::pair(PagePoint{swatch.x + 2, y}, PagePoint{swatch.x + swatch.width, y});
  };
  if (!sheet.content.routes.empty()) {
    entries.push_back({[=](const Frame& swatch) {
                         cairo_save(cairo);
                         cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
                         const auto [from, to] = ends(swatch);
                         draw_route_symbol(cairo, from, to);
                         cairo_restore(cairo);
                       },
                       "避難経路"});
  }
  for (const auto& [kind, words] : {std::pair(MapMark::Kind::Home, "自宅"),
                                    std::pair(MapMark::Kind::Shelter, "避難所・避難場所"),
                                    std::pair(MapMark::Kind::WelfareShelter, "福祉避難所")}) {
    if (std::ranges::find(sheet.content.marks, kind, &MapMark::kind) != sheet.content.marks.end()) {
      entries.push_back({[&sheet, kind = kind](const Frame& swatch) {
                           cairo_save(sheet.cairo);
                           cairo_translate(sheet.cairo, swatch.x + swatch.width / 2,
                                           swatch.y + swatch.height / 2);
                           cairo_scale(sheet.cairo, 0.75, 0.75);
                           draw_mark_symbol(sheet, {0, 0}, kind);
                           cairo_restore(sheet.cairo);
                         },
                         words});
    }
  }
  if (seen.steps) {
    entries.push_back({[=](const Frame& swatch) {
                         const auto [from, to] = ends(swatch);
                         draw_steps_symbol(cairo, from, to);
                       },
                       "階段"});
  }
  if (seen.bridges) {
    entries.push_back({[=](const Frame& swatch) { draw_bridge_symbol(cairo, swatch); }, "橋"});
  }
  for (const auto& [kind, rank] : seen.hazards) {
    entries.push_back(hazard_entry(cairo, kind, rank));
  }
  return entries;
}

}  // namespace

double draw_legend(const MapSheet& sheet, const MapSeen& seen, const Frame& frame) {
  double x = frame.x;
  double y = frame.y;
  const auto entries = legend_entries(sheet, seen);
  for (const LegendEntry& entry : entries) {
    const TextBlock words(sheet.fonts, entry.words, {.size = 6.8});
    const double width = kSwatchWidth + 3 + words.width() + 8;
    if (x > frame.x && x + width > frame.x + frame.width) {
      x = frame.x;
      y += kLegendRow;
    }
    if (sheet.cairo != nullptr) {
      entry.symbol({x, y + (kLegendRow - kSwatchHeight) / 2, kSwatchWidth, kSwatchHeight});
      words.draw(sheet.cairo, x + kSwatchWidth + 3, y + (kLegendRow - words.height()) / 2);
    }
    x += width;
  }
  return entries.empty() ? 0 : y - frame.y + kLegendRow;
}

void draw_furniture(const MapSheet& sheet) {
  draw_scale_bar(sheet);
  draw_north(sheet);
  draw_attribution(sheet);
}

}  // namespace documents
