// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "documents/form_sheet.hpp"

namespace documents {

/// The appendix (別紙): every list and text of the form in full, over as many pages as it takes.
/// Each page is drawn in the largest type in which its rows fit, so that nothing is cut.
class FormAppendix {
 public:
  FormAppendix(const PlanFormInput& input, cairo_t* cairo, FontBook& fonts);

  [[nodiscard]] std::size_t pages() const { return pages_.size(); }
  void draw(FormSheet& sheet) const;

 private:
  struct Page {
    std::vector<FormTable> tables;
    FormFit fit;
  };
  std::vector<Page> pages_;
};

}  // namespace documents
