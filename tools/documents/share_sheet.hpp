// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "documents/form_table.hpp"
#include "documents/map_picture.hpp"
#include "documents/roster_list.hpp"

namespace documents {

/// One A4 sheet about one person of a list.
struct SharePage {
  std::string title;
  std::string banner;             ///< e.g. 住所秘匿(支援措置); empty = none
  std::vector<FormTable> tables;  ///< one below the other over the whole width
  FormTable way;                  ///< beside the map; no rows = neither
  std::optional<MapContent> map;  ///< without one its place stays for notes
  std::string foot;               ///< a sentence for whoever holds the sheet
};

struct SheetFile {
  std::string pdf;                    ///< one page per person; same input, same bytes
  std::vector<std::string> warnings;  ///< characters no installed font has; texts shortened
};

/// Draws the pages of a list in the largest type that fits. Every page carries the copy's serial,
/// recipient, date of return and duty of secrecy.
[[nodiscard]] SheetFile share_sheets(const RosterPrint& print, const std::vector<SharePage>& pages);

/// What the list says of a person under a column; empty when its profile has no such column.
[[nodiscard]] std::string list_cell(const registry::DisclosureList& list, std::size_t row,
                                    std::string_view column);

}  // namespace documents
