// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "documents/map_picture.hpp"
#include "documents/pdf_document.hpp"
#include "documents/text_block.hpp"
#include "registry/table_io.hpp"

namespace documents {

/// What stands on every page of a report.
struct ReportFrame {
  std::string title;
  std::string beside;  ///< right of the title
  std::string foot;
};

/// Where a part of a report begins.
struct ReportHeading {
  std::string title;
  std::string note = {};  ///< how to read it, in as many lines as it takes; empty = nothing
};

/// A report on A4 landscape pages: its parts stand one below the other, and a table that does not
/// fit goes on under its repeated heading. Borrows the document.
class ReportFlow {
 public:
  ReportFlow(PdfDocument& pdf, ReportFrame frame);

  /// Room of a height over the whole width, for a drawing.
  [[nodiscard]] Frame room(const ReportHeading& heading, double height);
  void table(const ReportHeading& heading, const registry::Table& table);

  /// What is left below a heading on a page of its own.
  [[nodiscard]] double tallest_room(const ReportHeading& heading);
  [[nodiscard]] FontBook& fonts() { return fonts_; }
  void line(const std::string& text, const TextStyle& style, const Frame& frame);

 private:
  void begin_page();
  /// Begins a page when less than the height is left below a heading.
  void require(const ReportHeading& heading, double height);
  void draw(const ReportHeading& heading);
  [[nodiscard]] TextBlock note_of(const ReportHeading& heading);
  [[nodiscard]] double height_of(const ReportHeading& heading);
  [[nodiscard]] double left() const;

  PdfDocument& pdf_;
  ReportFrame frame_;
  FontBook fonts_;
  int pages_ = 0;
  double y_ = 0;
};

}  // namespace documents
