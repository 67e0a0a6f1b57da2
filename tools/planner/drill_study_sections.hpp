// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "planner/drill_report.hpp"

namespace planner {

/// The sections of a result that holds a study: 改善案 and 単一障害点. None where it holds none.
[[nodiscard]] std::vector<DrillSection> study_sections(const registry::ResultFile& results);

}  // namespace planner
