// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "planner/plan_world.hpp"

namespace planner {

/// Whether the person has named this supporter as somebody to open the door to. Pure.
[[nodiscard]] bool is_trusted(const registry::Needs& needs, const registry::Supporter& supporter);

/// Whether the supporter is the person: the same name at the same address or telephone. Pure.
[[nodiscard]] bool is_same_person(const registry::PlanSubject& subject,
                                  const registry::Supporter& supporter);

/// Takes out of the supporters whom the person has refused, and the person himself or herself, and
/// keeps them as unwanted.
void leave_out_unwanted(PlanWorld& world, registry::PlanSubject& subject);

/// A supporter with the roles he or she has taken on for anybody.
struct Helper {
  const registry::Supporter& supporter;
  const std::set<std::string>& roles;
};

/// Points against a supporter for a person, by `rules`: fewer is better. Pure.
[[nodiscard]] std::int64_t points_against(const registry::PlanSubject& subject,
                                          const AnonymousDemand& demand, const Helper& helper,
                                          const SupporterFitRules& rules);

/// Whether the person has to be carried.
[[nodiscard]] bool is_carried(const AnonymousDemand& demand, const SupporterFitRules& rules);
/// Whether one of the roles is to carry people.
[[nodiscard]] bool carries(const std::set<std::string>& roles, const SupporterFitRules& rules);

}  // namespace planner
