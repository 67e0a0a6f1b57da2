// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "documents/map_picture.hpp"
#include "documents/text_block.hpp"

namespace documents {

/// A row of a long table: a line of data, or a heading over a group of lines.
struct ListLine {
  std::vector<std::string> cells;  ///< none = a heading over the whole width
  std::string heading;             ///< the group a line of data stands in
  [[nodiscard]] bool is_heading() const { return cells.empty(); }
};

/// What stands on one page, as indices into the lines.
struct ListPage {
  std::size_t first = 0;
  std::size_t end = 0;
  bool continued = false;  ///< begins within a group: its heading is repeated
};

/// A table over many pages with its column names on each. A line is never divided, a heading never
/// stands alone at the foot of a page, and cells wrap instead of being cut. Lines are measured and
/// thrown away, so that long lists need little memory.
class ListTable {
 public:
  /// Borrows everything.
  ListTable(FontBook& fonts, const std::vector<std::string>& columns,
            const std::vector<ListLine>& lines, double width);

  /// Divides the lines into pages of a height, of which the first has only so much left; it may
  /// stay empty. Throws `registry::Error` when a line is higher than a page.
  [[nodiscard]] std::vector<ListPage> pages(double height, double first) const;
  [[nodiscard]] std::vector<ListPage> pages(double height) const { return pages(height, height); }
  /// What a page takes, with the column names.
  [[nodiscard]] double height_of(const ListPage& page) const;
  void draw(cairo_t* cairo, const ListPage& page, double x, double y) const;

 private:
  [[nodiscard]] double height_of(const ListLine& line) const;
  [[nodiscard]] double header_height() const;
  [[nodiscard]] std::vector<TextBlock> texts_of(const std::vector<std::string>& cells,
                                                bool bold) const;
  double draw_heading(cairo_t* cairo, const std::string& text, double x, double y) const;
  double draw_cells(cairo_t* cairo, const std::vector<TextBlock>& texts, double x, double y) const;

  FontBook& fonts_;
  const std::vector<std::string>& columns_;
  const std::vector<ListLine>& lines_;
  double width_;
  double size_;
  std::vector<double> widths_;
};

}  // namespace documents
