// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/form_table.hpp"
#include "documents/pdf_document.hpp"
#include "documents/plan_form.hpp"

namespace documents {

/// The page of a plan's form, in points.
struct FormPage {
  static constexpr double kSide = 30;
  static constexpr double kTop = 22;
  static constexpr double kBottom = 20;
  static constexpr double kWidth = kA4.width - 2 * kSide;
  static constexpr double kGap = 5;
  static constexpr double kHeaderHeight = 68;
  static constexpr double kFooterHeight = 43;
  /// Between header and footer.
  static constexpr double kBodyTop = kTop + kHeaderHeight + kGap / 2;
  static constexpr double kBodyHeight =
      kA4.height - kTop - kBottom - kHeaderHeight - kFooterHeight - kGap / 2;
};

/// What is the same on every page of one form, and what the pages had no room for.
class FormSheet {
 public:
  FormSheet(const PlanFormInput& input, PdfDocument& pdf, std::size_t pages);

  [[nodiscard]] cairo_t* cairo() { return cairo_; }
  [[nodiscard]] FontBook& fonts() { return fonts_; }

  /// Begins a page: city, title, number and state of the plan; the first page has the QR code.
  void begin_page(const std::string& heading);
  /// Ends it with the sentences that belong under every page, serial and page number.
  void end_page();

  /// A field that ends in "…" or a list that goes on.
  void note_shortened(const std::vector<std::string>& labels);
  [[nodiscard]] const std::vector<std::string>& shortened() const { return shortened_; }
  [[nodiscard]] const std::vector<std::string>& warnings() const { return fonts_.warnings(); }

 private:
  void line(const std::string& text, const TextStyle& style, const Frame& frame);

  const PlanFormInput& input_;
  PdfDocument& pdf_;
  cairo_t* cairo_;
  FontBook fonts_;
  std::string serial_;
  std::size_t page_ = 0;
  std::size_t pages_;
  std::vector<std::string> shortened_;
};

}  // namespace documents
