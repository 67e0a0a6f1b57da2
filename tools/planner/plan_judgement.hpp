// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/planning_rules.hpp"
#include "registry/evacuation_plan.hpp"
#include "registry/supporter.hpp"

namespace planner {

/// What decides whether a course can be carried out. Seconds after the signal.
struct CourseFacts {
  registry::Gap gap = registry::Gap::None;
  std::string profile;
  int hands = 0;                                  ///< helpers needed
  std::vector<registry::Supporter> supporters;    ///< who has agreed to help
  std::optional<std::int64_t> helpers_at_door_s;  ///< nothing = they do not come
  std::string no_helper_reason;                   ///< why, when they do not
  std::int64_t travel_s = 0;
  std::optional<std::int64_t> limit_s;
  std::string limit_cause;
  std::optional<std::int64_t> battery_s;
  std::vector<std::string> unknown_equipment;  ///< at the shelter, in words
  std::vector<std::string> notes;              ///< to look at, but without bearing on the verdict
};

struct Judgement {
  registry::PlanTiming timing;
  registry::PlanVerdict verdict = registry::PlanVerdict::NotJudged;
  std::string cause;
  std::vector<std::string> risks;
};

/// Adds up the steps (domain §7.1: signal, notice, supporter's way, preparation, legs) and compares
/// them with the limit. The 90th percentile of the sum takes the steps as independent: median plus
/// the root of the summed squares of their own excesses. Pure.
///  - NOT EXECUTABLE: no way, too few helpers, a battery that ends before, or too late at the
///    median;
///  - AT RISK: too late at the 90th percentile, fewer supporters than `enough_supporters` or none
///    at some time of day although help is needed, equipment nobody has confirmed;
///  - EXECUTABLE otherwise.
[[nodiscard]] Judgement judge(const CourseFacts& facts, const FamilyRules& family,
                              const PlanningRules& rules);

}  // namespace planner
