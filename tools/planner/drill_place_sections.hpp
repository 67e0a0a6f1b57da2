// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "planner/drill_sections.hpp"

namespace planner {

/// 避難所の過不足: seats and places for needs.
[[nodiscard]] DrillSection shelter_section(const DrillSource& source);
/// The seats that are taken, hour by hour.
[[nodiscard]] DrillSection shelter_hours_section(const DrillSource& source);
/// ボトルネック道路: stretches of one road of the map together.
[[nodiscard]] DrillSection road_section(const DrillSource& source);

}  // namespace planner
