// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "planner/drill_report.hpp"
#include "registry/drill_findings.hpp"

namespace planner {

/// 是正: the open findings, overdue ones first, and empty rows to write new ones on by hand.
[[nodiscard]] DrillSection findings_section(std::span<const registry::DrillFinding> findings,
                                            registry::Date today);

}  // namespace planner
