// SPDX-License-Identifier: Apache-2.0
#include "documents/form_table.hpp"

#include <cairo.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace documents {
namespace {

constexpr double kTitleSize = 9.5;
constexpr double kTitleHeight = 15.5;
constexpr double kLabelSize = 7.5;
constexpr double kSmallSize = 7.5;
constexpr double kPadding = 3;
constexpr double kHairline = 0.4;
constexpr double kFrameLine = 0.9;

void rectangle(cairo_t* cairo, const Frame& frame) {
  cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
}

double share_sum(const FormRow& row) {
  return std::accumulate(row.begin(), row.end(), 0.0,
                         [](double sum, const FormCell& cell) { return sum + cell.share; });
}

}  // namespace

struct FormPen::CellTexts {
  TextBlock label;
  std::optional<TextBlock> above;
  TextBlock value;
  std::optional<TextBlock> below;

  [[nodiscard]] double value_height() const {
    return (above ? above->height() : 0) + value.height() + (below ? below->height() : 0);
  }
  [[nodiscard]] bool shortened() const {
    return (above && above->shortened()) || value.shortened() || (below && below->shortened());
  }
};

FormPen::CellTexts FormPen::texts_of(const FormCell& cell, double label_width, double width) const {
  const double padding = kPadding * fit_.scale;
  const double room = std::max(20.0, width - label_width - 2 * padding);
  const auto text = [&](const std::string& words, double size, bool bold) {
    return TextBlock(fonts_, words,
                     {.size = size * fit_.scale, .bold = bold, .max_lines = fit_.max_lines}, room);
  };
  const auto small = [&](const std::string& words) {
    return words.empty() ? std::nullopt : std::optional(text(words, kSmallSize, false));
  };
  return {TextBlock(fonts_, cell.label, {.size = kLabelSize * fit_.scale, .grey = 0.15},
                    std::max(10.0, label_width - padding)),
          small(cell.above), text(cell.value, cell.size, cell.bold), small(cell.below)};
}

double FormPen::height_of(const FormRow& row, const FormTable& table, double width) const {
  const double shares = share_sum(row);
  double height = 0;
  for (const FormCell& cell : row) {
    const CellTexts texts =
        texts_of(cell, table.label_width * fit_.scale, width * cell.share / shares);
    height = std::max({height, texts.label.height(), texts.value_height()});
  }
  return height + 2 * kPadding * fit_.scale;
}

double FormPen::height_of(const FormTable& table, double width) const {
  double height = kTitleHeight * fit_.scale;
  for (const FormRow& row : table.rows) {
    height += height_of(row, table, width);
  }
  return height;
}

void FormPen::draw_title(const FormTable& table, const Frame& frame) {
  const Frame band{frame.x, frame.y, frame.width, kTitleHeight * fit_.scale};
  cairo_set_source_rgb(cairo_, 0.24, 0.27, 0.31);
  rectangle(cairo_, band);
  cairo_fill(cairo_);
  const TextBlock title(fonts_, table.title,
                        {.size = kTitleSize * fit_.scale, .bold = true, .grey = 1, .max_lines = 1},
                        band.width - 2 * kPadding);
  title.draw(cairo_, band.x + kPadding + 1, band.y + (band.height - title.height()) / 2);
}

void FormPen::draw_cell(const FormCell& cell, const Frame& frame, double label_width) {
  const double padding = kPadding * fit_.scale;
  const CellTexts texts = texts_of(cell, label_width, frame.width);
  if (label_width > 0) {
    cairo_set_source_rgb(cairo_, 0.925, 0.93, 0.935);
    rectangle(cairo_, {frame.x, frame.y, label_width, frame.height});
    cairo_fill(cairo_);
  }
  cairo_set_source_rgb(cairo_, 0.55, 0.55, 0.55);
  cairo_set_line_width(cairo_, kHairline);
  rectangle(cairo_, frame);
  cairo_stroke(cairo_);
  texts.label.draw(cairo_, frame.x + padding, frame.y + (frame.height - texts.label.height()) / 2);
  const double x = frame.x + label_width + padding;
  double y = frame.y + (frame.height - texts.value_height()) / 2;
  if (texts.above) {
    texts.above->draw(cairo_, x, y);
    y += texts.above->height();
  }
  texts.value.draw(cairo_, x, y);
  if (texts.below) {
    texts.below->draw(cairo_, x, y + texts.value.height());
  }
  if (texts.shortened()) {
    shortened_.push_back(cell.label);
  }
}

void FormPen::draw(const FormTable& table, const Frame& frame) {
  draw_title(table, frame);
  const double spare = std::max(0.0, frame.height - height_of(table, frame.width)) /
                       static_cast<double>(std::max<std::size_t>(1, table.rows.size()));
  double y = frame.y + kTitleHeight * fit_.scale;
  for (const FormRow& row : table.rows) {
    const double height = height_of(row, table, frame.width) + spare;
    const double shares = share_sum(row);
    double x = frame.x;
    for (const FormCell& cell : row) {
      const double width = frame.width * cell.share / shares;
      draw_cell(cell, {x, y, width, height}, table.label_width * fit_.scale);
      x += width;
    }
    y += height;
  }
  cairo_set_source_rgb(cairo_, 0.24, 0.27, 0.31);
  cairo_set_line_width(cairo_, kFrameLine);
  rectangle(cairo_, frame);
  cairo_stroke(cairo_);
}

}  // namespace documents
