// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "planner/evacuation_planner.hpp"

namespace planner {

/// What is asked "what if" of. Closed roads are part of the roads the world refers to.
struct Supposition {
  std::set<registry::ShelterId> lost;            ///< shelters that cannot be used
  std::map<registry::ShelterId, int> more_beds;  ///< seats added; negative = taken away
  std::set<registry::SupporterId> absent;
};

/// The world as supposed. Throws `registry::InputError` for a shelter or supporter there is not.
[[nodiscard]] PlanWorld suppose(PlanWorld world, const Supposition& supposition);

/// One person's course in two computations that differ in where, when or whether.
struct CourseChange {
  registry::PersonId subject;
  registry::HazardKind hazard{};
  registry::PlanCourse before;
  registry::PlanCourse after;
};

/// Courses that are not the same: another shelter, another duration, another verdict or cause. Both
/// lists must be of the same people in the same order; a course that was not there before counts as
/// an empty one.
[[nodiscard]] std::vector<CourseChange> changes_between(
    const std::vector<registry::EvacuationPlan>& before,
    const std::vector<registry::EvacuationPlan>& after);

}  // namespace planner
