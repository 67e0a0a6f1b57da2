// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "registry/area.hpp"

namespace documents {

/// A way in words for somebody who walks it without a map: `東へ約230m`, `右に曲がって南へ約90m`.
/// Bends of less than 35 degrees and pieces too short to notice join their neighbours, so that at
/// most `most` steps are left; lengths are to ten metres. Nothing for fewer than two places.
[[nodiscard]] std::vector<std::string> way_steps(const std::vector<registry::Position>& route,
                                                 std::size_t most = 7);

}  // namespace documents
