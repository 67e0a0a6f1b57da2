// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "planner/drill_report.hpp"

namespace planner {

/// A section without rows yet.
[[nodiscard]] DrillSection section_of(std::string title, std::string note,
                                      std::vector<std::string> header);
/// Seconds as minutes with one decimal; a dash for what did not happen (below 0).
[[nodiscard]] std::string minutes_text(double seconds);
/// A share as whole per cent.
[[nodiscard]] std::string percent_text(double share);

}  // namespace planner
