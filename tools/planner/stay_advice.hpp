// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "planner/anonymous_demand.hpp"
#include "planner/planning_rules.hpp"
#include "registry/capability.hpp"
#include "registry/evacuation_plan.hpp"
#include "route/hazard.hpp"

namespace planner {

struct StayDecision {
  registry::StayAdvice advice = registry::StayAdvice::None;
  std::string reason;  ///< why, or why not, in words
};

/// Whether a person for whom no way remains can stay in the building (屋内安全確保, 垂直避難): only
/// against water, and only where the building is not in a zone of landslides and its rooms, or a
/// floor above, lie higher than the deepest water (避難情報に関するガイドライン, 内閣府 2021). Who
/// depends on power is never advised to stay. Pure.
[[nodiscard]] StayDecision stay_advice(registry::HazardKind hazard, const route::HazardMap& hazards,
                                       const AnonymousDemand& demand,
                                       const registry::Dwelling& dwelling,
                                       const PlanningRules& rules);

}  // namespace planner
