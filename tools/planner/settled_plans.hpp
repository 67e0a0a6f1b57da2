// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "planner/plan_world.hpp"
#include "registry/plan_state.hpp"

namespace planner {

/// People whose plan is settled and who would be sent elsewhere today. `today` is by person.
[[nodiscard]] std::vector<registry::PersonId> settled_but_different(
    const PlanWorld& world, const std::vector<registry::EvacuationPlan>& today);

/// Plans in force that no longer describe the world, with the reasons of domain §7.4: the shelter
/// is gone, may not be used or has no room any more, the danger at the home is another one, or the
/// way is gone or has become longer on other roads. What else makes a plan stale (people who move,
/// certificates, consents) is found when it is imported.
[[nodiscard]] std::vector<registry::Invalidation> broken_plans(
    const PlanWorld& world, const std::vector<registry::EvacuationPlan>& today);

}  // namespace planner
