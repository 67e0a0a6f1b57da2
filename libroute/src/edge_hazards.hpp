// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "route/hazard.hpp"

namespace route {

/// Keeps one entry per kind, ordered by kind: the worst rank and the earliest arrival, even if
/// they come from different zones.
void merge_hazard(std::vector<EdgeHazard>& hazards, const EdgeHazard& met);

}  // namespace route
