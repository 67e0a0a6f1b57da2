// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "cli/commands.hpp"
#include "planner/what_if.hpp"

namespace cli {

/// `[{"registrant", "hazard", "before": {...}, "after": {...}}, ...]`
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<planner::CourseChange>& changes);

/// One line per change: person, hazard, old → new.
void print_changes(const nlohmann::ordered_json& changes);

}  // namespace cli
