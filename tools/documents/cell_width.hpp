// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace documents {

/// How wide a text stands in a table, in half-width characters: of its longest line, with two for
/// every character beyond the Latin, Greek and Cyrillic ones. An estimate for column widths.
[[nodiscard]] std::size_t cell_width(std::string_view utf8);

}  // namespace documents
