// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "planner/evacuation_planner.hpp"

namespace planner {

/// Stores what a computation of this world found, marks plans that it found broken, and says in the
/// report what was done. Where only what is affected was computed, a plan that is kept whole is not
/// handed to the store again.
void store_report(registry::Session& session, const PlanWorld& world, PlanReport& report);

}  // namespace planner
