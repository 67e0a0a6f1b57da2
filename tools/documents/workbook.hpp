// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "registry/table_io.hpp"

namespace documents {

/// One sheet of a workbook. The table is borrowed for one call.
struct WorkbookSheet {
  std::string name;  ///< at most 31 characters, none of []:*?/\ and not empty
  const registry::Table& table;
  std::string footer = {};  ///< printed under every page, beside the page's number
};

/// An Excel workbook (.xlsx). Every cell is text in the format "text", also after somebody has
/// edited it: telephone numbers and codes keep their zeros, and what begins with = + - @ stays what
/// it is. The header row is frozen and repeated on printed pages. `created` is
/// `YYYY-MM-DDThh:mm:ssZ`; the same input gives the same bytes. Made in memory: no list of people
/// lies in a temporary file. Throws `registry::InputError` for more rows, columns or characters in
/// a cell than a workbook can hold.
[[nodiscard]] std::string workbook(std::span<const WorkbookSheet> sheets,
                                   const std::string& created);

}  // namespace documents
