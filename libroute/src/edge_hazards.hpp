// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "route/hazard.hpp"

namespace route {

/// Keeps one entry per kind, ordered by kind: the worst rank and the earliest arrival, even if
/// they come from different zones. For words; what closes when is told by `add_hazard`.
void merge_hazard(std::vector<EdgeHazard>& hazards, const EdgeHazard& met);

/// Adds an entry unless one of its kind is as bad and not later, and removes those of which that is
/// now true. Keeps the order by kind, then arrival.
void add_hazard(std::vector<EdgeHazard>& hazards, const EdgeHazard& met);

}  // namespace route
