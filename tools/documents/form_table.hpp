// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "documents/map_picture.hpp"
#include "documents/text_block.hpp"

namespace documents {

/// One field of a form: a label on grey, beside it the value with an optional small line above
/// (フリガナ) and below (address, remarks).
struct FormCell {
  std::string label;
  std::string value;
  std::string above = {};
  std::string below = {};
  double share = 1;  ///< of the row's width
  double size = 9;   ///< of the value, in points
  bool bold = false;
};

using FormRow = std::vector<FormCell>;

/// A titled block of rows.
struct FormTable {
  std::string title;
  std::vector<FormRow> rows;
  double label_width = 56;
};

/// How large and how long texts may be in this attempt at laying the form out.
struct FormFit {
  double scale = 1;   ///< on all type sizes and paddings
  int max_lines = 0;  ///< per text; 0 = no limit
};

/// Draws tables and remembers which fields had to be shortened.
class FormPen {
 public:
  FormPen(cairo_t* cairo, FontBook& fonts, FormFit fit) : cairo_(cairo), fonts_(fonts), fit_(fit) {}

  [[nodiscard]] double height_of(const FormTable& table, double width) const;
  /// Fills the frame: what height is left over goes to the rows in equal parts.
  void draw(const FormTable& table, const Frame& frame);

  /// Labels of the fields that end in "…", as they were drawn.
  [[nodiscard]] const std::vector<std::string>& shortened() const { return shortened_; }

 private:
  struct CellTexts;
  [[nodiscard]] CellTexts texts_of(const FormCell& cell, double label_width, double width) const;
  [[nodiscard]] double height_of(const FormRow& row, const FormTable& table, double width) const;
  void draw_cell(const FormCell& cell, const Frame& frame, double label_width);
  void draw_title(const FormTable& table, const Frame& frame);

  cairo_t* cairo_;
  FontBook& fonts_;
  FormFit fit_;
  std::vector<std::string> shortened_;
};

}  // namespace documents
