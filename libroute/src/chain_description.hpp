// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain_bounds.hpp"
#include "chain_timetable.hpp"

namespace route {

/// The timetable as the world sees it, with what no plan can be better than.
[[nodiscard]] ChainPlan describe(const ChainModel& model, const ChainBounds& bounds,
                                 const ChainTimetable& table);

}  // namespace route
