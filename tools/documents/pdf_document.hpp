// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "documents/cairo_names.hpp"

namespace documents {

/// Width and height of a page in points.
struct PaperSize {
  double width;
  double height;
};
inline constexpr PaperSize kA4{595.276, 841.890};
inline constexpr PaperSize kA4Landscape{841.890, 595.276};

/// A PDF drawn page by page. The same drawing gives the same bytes: the date in the file is handed
/// in.
class PdfDocument {
 public:
  /// `created` is `YYYY-MM-DDThh:mm:ssZ`. The title is readable by anybody who has the file.
  PdfDocument(PaperSize paper, const std::string& title, const std::string& created);
  PdfDocument(const PdfDocument&) = delete;
  PdfDocument& operator=(const PdfDocument&) = delete;
  PdfDocument(PdfDocument&&) noexcept;
  PdfDocument& operator=(PdfDocument&&) noexcept;
  ~PdfDocument();

  [[nodiscard]] cairo_t* cairo();

  /// Ends the page; what is drawn now comes onto a new one.
  void next_page();

  /// Ends the last page and gives the file's bytes; nothing can be drawn afterwards. Throws
  /// `registry::Error` when Cairo could not write.
  [[nodiscard]] std::string finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace documents
