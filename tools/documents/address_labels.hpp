// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "documents/label_sheet.hpp"
#include "registry/calendar.hpp"

namespace documents {

struct AddressLabel {
  std::string postcode;  ///< without 〒; may be empty
  std::string address;
  std::string name;  ///< with its 様 or 御中
  std::string note;  ///< small, below: a code that says which paper belongs into it
};

/// Everything label sheets are drawn from. Borrowed for one call.
struct LabelPrint {
  const LabelSheet& sheet;
  std::span<const AddressLabel> labels;
  registry::Date printed_on;
  int first = 1;         ///< the label to begin with, counted along the rows: for a begun sheet
  bool outline = false;  ///< with frames, to be held against the sheet
};

struct LabelFile {
  std::string pdf;                    ///< A4 pages; same input, same bytes
  std::vector<std::string> warnings;  ///< characters no installed font has
};

/// Label sheets. Type shrinks until name and address stand whole on the label; where not even the
/// smallest type does, throws `registry::InputError` naming the label's number, not its text: a cut
/// address is worse than none. Throws it too for a `first` beyond the sheet.
[[nodiscard]] LabelFile address_labels(const LabelPrint& print);

}  // namespace documents
