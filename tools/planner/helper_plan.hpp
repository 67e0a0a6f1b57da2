// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/course_ways.hpp"

namespace planner {

/// Who helps whom and when, for one course. People are helped one after the other by those who
/// have agreed to help them: home, person, preparation, shelter, next person.
struct HelperPlan {
  std::vector<std::vector<registry::PlannedHelper>> helpers;  ///< by person
  std::vector<std::optional<std::int64_t>> at_door_s;  ///< all hands there; nothing = they are not
  std::vector<std::string> reason;                     ///< by person, why they are not
  std::size_t needing = 0;        ///< people with a way who cannot make it alone
  std::size_t helped = 0;         ///< of them
  std::size_t double_booked = 0;  ///< supporters on whom more than one of them depends
  std::int64_t last_s = 0;        ///< last arrival at a shelter
  std::int64_t last_bound_s = 0;  ///< no chaining of these supporters is sooner
};

/// Helpers a person needs on the way.
[[nodiscard]] int hands_needed(const AnonymousDemand& demand,
                               const std::vector<route::MobilityProfile>& profiles);
[[nodiscard]] int hands_needed(const PlanWorld& world, std::size_t person);

/// Chains the supporters of everybody who needs hands. Supporters and people who have nothing to
/// do with each other are chained apart. `ways` is by person.
[[nodiscard]] HelperPlan plan_helpers(const PlanWorld& world, const CourseCase& course,
                                      const route::Assignment& assignment,
                                      const std::vector<PersonWay>& ways);

}  // namespace planner
