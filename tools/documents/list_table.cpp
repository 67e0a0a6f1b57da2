// SPDX-License-Identifier: Apache-2.0
#include "documents/list_table.hpp"

#include <cairo.h>

#include <algorithm>

#include "documents/cell_width.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

constexpr double kPadding = 2.5;
constexpr double kHeadingHeight = 15;
constexpr double kHairline = 0.4;
constexpr double kNarrowest = 4;  // characters
constexpr double kWidest = 36;    // characters; longer cells wrap
constexpr double kShort = 16;     // characters; such columns do not wrap
constexpr double kShareOfShort = 0.6;
constexpr double kCharacter = 0.56;  // width of a digit in Noto Sans, of the size

/// Type for a number of columns: the more there are, the smaller.
double size_for(std::size_t columns) {
  if (columns <= 8) {
    return 8.5;
  }
  return columns <= 12 ? 7.5 : 6.5;
}

/// Characters of the longest cell of each column; names of columns may stand on two lines.
std::vector<double> longest_cells(const std::vector<std::string>& columns,
                                  const std::vector<ListLine>& lines) {
  std::vector<double> longest;
  longest.reserve(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    double most = std::max(kNarrowest, static_cast<double>(cell_width(columns[i])) / 2);
    for (const ListLine& line : lines) {
      if (!line.is_heading()) {
        most = std::max(most, static_cast<double>(cell_width(line.cells.at(i))));
      }
    }
    longest.push_back(std::min(most, kWidest));
  }
  return longest;
}

/// Where there is room, all columns grow alike. Where there is not, short ones (dates, telephone
/// numbers) get what they need, so that they do not wrap, and the long ones share the rest; unless
/// the short ones alone would take too much, when all share.
std::vector<double> shared_width(const std::vector<double>& longest, double size, double width) {
  std::vector<double> widths;
  widths.reserve(longest.size());
  double of_short = 0;
  double of_long = 0;
  for (const double characters : longest) {
    widths.push_back(characters * kCharacter * size + 2 * kPadding + 1);
    (characters <= kShort ? of_short : of_long) += widths.back();
  }
  const bool only_long_give =
      of_short + of_long > width && of_long > 0 && of_short < width * kShareOfShort;
  const double scale = only_long_give ? (width - of_short) / of_long : width / (of_short + of_long);
  for (std::size_t i = 0; i < longest.size(); ++i) {
    if (!only_long_give || longest[i] > kShort) {
      widths[i] *= scale;
    }
  }
  return widths;
}

void rule(cairo_t* cairo, double x0, double y0, double x1, double y1) {
  cairo_set_source_rgb(cairo, 0.35, 0.38, 0.42);
  cairo_set_line_width(cairo, kHairline);
  cairo_move_to(cairo, x0, y0);
  cairo_line_to(cairo, x1, y1);
  cairo_stroke(cairo);
}

void shade(cairo_t* cairo, const Frame& frame, double grey) {
  cairo_set_source_rgb(cairo, grey, grey, grey);
  cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
  cairo_fill(cairo);
}

double tallest(const std::vector<TextBlock>& texts) {
  double height = 0;
  for (const TextBlock& text : texts) {
    height = std::max(height, text.height());
  }
  return height + 2 * kPadding;
}

}  // namespace

ListTable::ListTable(FontBook& fonts, const std::vector<std::string>& columns,
                     const std::vector<ListLine>& lines, double width)
    : fonts_(fonts),
      columns_(columns),
      lines_(lines),
      width_(width),
      size_(size_for(columns.size())),
      widths_(shared_width(longest_cells(columns, lines), size_, width)) {}

std::vector<TextBlock> ListTable::texts_of(const std::vector<std::string>& cells, bool bold) const {
  std::vector<TextBlock> texts;
  texts.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    texts.emplace_back(fonts_, cells[i], TextStyle{.size = size_, .bold = bold},
                       widths_.at(i) - 2 * kPadding);
  }
  return texts;
}

double ListTable::header_height() const {
  return tallest(texts_of(columns_, true));
}

double ListTable::height_of(const ListLine& line) const {
  return line.is_heading() ? kHeadingHeight : tallest(texts_of(line.cells, false));
}

double ListTable::height_of(const ListPage& page) const {
  double height = header_height() + (page.continued ? kHeadingHeight : 0);
  for (std::size_t i = page.first; i < page.end; ++i) {
    height += height_of(lines_[i]);
  }
  return height;
}

std::vector<ListPage> ListTable::pages(double height, double first) const {
  const double whole = height - header_height();
  double room = first - header_height();
  std::vector<ListPage> pages = {{}};
  double used = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const double own = height_of(lines_[i]);
    // A heading takes its first line along.
    const double needed =
        own + (lines_[i].is_heading() && i + 1 < lines_.size() ? height_of(lines_[i + 1]) : 0);
    if (needed + kHeadingHeight > whole) {
      throw registry::Error(
          "一人分の行が一ページより高くなります。CSV か Excel (.xlsx) で書き出してください。");
    }
    if (used + needed > room) {
      pages.back().end = i;
      const bool in_group = i > 0 && !lines_[i].heading.empty() && !lines_[i].is_heading();
      pages.push_back({.first = i, .end = i, .continued = in_group});
      used = in_group ? kHeadingHeight : 0;
      room = whole;
    }
    used += own;
  }
  pages.back().end = lines_.size();
  return pages;
}

double ListTable::draw_heading(cairo_t* cairo, const std::string& text, double x, double y) const {
  shade(cairo, {x, y, width_, kHeadingHeight}, 0.93);
  const TextBlock block = fitted_text(fonts_, text, {.size = 9, .bold = true},
                                      {.width = width_ - 2 * kPadding, .height = kHeadingHeight});
  block.draw(cairo, x + kPadding, y + (kHeadingHeight - block.height()) / 2);
  rule(cairo, x, y + kHeadingHeight, x + width_, y + kHeadingHeight);
  return kHeadingHeight;
}

double ListTable::draw_cells(cairo_t* cairo, const std::vector<TextBlock>& texts, double x,
                             double y) const {
  const double height = tallest(texts);
  double left = x;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    texts[i].draw(cairo, left + kPadding, y + kPadding);
    rule(cairo, left, y, left, y + height);
    left += widths_.at(i);
  }
  rule(cairo, x + width_, y, x + width_, y + height);
  rule(cairo, x, y + height, x + width_, y + height);
  return height;
}

void ListTable::draw(cairo_t* cairo, const ListPage& page, double x, double y) const {
  const std::vector<TextBlock> names = texts_of(columns_, true);
  shade(cairo, {x, y, width_, tallest(names)}, 0.86);
  rule(cairo, x, y, x + width_, y);
  y += draw_cells(cairo, names, x, y);
  if (page.continued) {
    y += draw_heading(cairo, lines_.at(page.first).heading + "（続き）", x, y);
  }
  for (std::size_t i = page.first; i < page.end; ++i) {
    const ListLine& line = lines_[i];
    y += line.is_heading() ? draw_heading(cairo, line.heading, x, y)
                           : draw_cells(cairo, texts_of(line.cells, false), x, y);
  }
}

}  // namespace documents
