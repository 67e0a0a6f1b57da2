// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "registry/plan_priority.hpp"
#include "registry/registry.hpp"
#include "route/hazard.hpp"

namespace planner {

/// One person whose plan is to be made, with the reasons for the place in the queue.
struct QueueEntry {
  registry::PersonId person;
  std::optional<registry::PlanStatus> status;  ///< nothing = no plan yet
  registry::Priority priority;
};

/// Heaviest class of hazard at a place, 0 = none: depth classes 1-6 of 国土数値情報 A31a;
/// 土砂災害警戒 区域 counts as 3, 特別警戒区域 as 5.
[[nodiscard]] int home_hazard_rank(const route::HazardMap& hazards, route::LatLon place);

/// What the points of one person are judged by.
struct QueueView {
  const route::HazardMap& hazards;
  const registry::PriorityRules& rules;
  registry::Date on;
};

/// The points of one person and where they come from, whether or not a plan is in force already.
/// `plan` may be null; `life` is what the register knows, the rest is found out here.
[[nodiscard]] registry::Priority priority_of(const registry::Registrant& registrant,
                                             const registry::EvacuationPlan* plan,
                                             registry::Circumstances life, const QueueView& view);

/// Everybody on the register whose plan is not in force, heaviest first; equal points in the order
/// of the ids. The same register, rules and day always give the same queue.
[[nodiscard]] std::vector<QueueEntry> plan_queue(registry::Session& session,
                                                 const route::HazardMap& hazards,
                                                 const registry::PriorityRules& rules,
                                                 registry::Date on);

}  // namespace planner
