// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "import_sheet.hpp"
#include "registry/import_diff.hpp"

namespace registry {

/// The columns a kind of file may have.
[[nodiscard]] const std::vector<ColumnRule>& import_columns(ImportKind kind);

}  // namespace registry
