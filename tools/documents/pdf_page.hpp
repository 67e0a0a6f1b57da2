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

/// A PDF of one page. The same drawing gives the same bytes: the date in the file is handed in.
class PdfPage {
 public:
  /// `created` is `YYYY-MM-DDThh:mm:ssZ`. The title is readable by anybody who has the file.
  PdfPage(PaperSize paper, const std::string& title, const std::string& created);
  PdfPage(const PdfPage&) = delete;
  PdfPage& operator=(const PdfPage&) = delete;
  PdfPage(PdfPage&&) noexcept;
  PdfPage& operator=(PdfPage&&) noexcept;
  ~PdfPage();

  [[nodiscard]] cairo_t* cairo();

  /// Ends the page and gives the file's bytes; nothing can be drawn afterwards. Throws
  /// `registry::Error` when Cairo could not write.
  [[nodiscard]] std::string finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace documents
