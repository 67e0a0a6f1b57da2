// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "planner/course_case.hpp"
#include "registry/evacuation_plan.hpp"
#include "route/planned_way.hpp"

namespace planner {

/// The ways of those in one group who have one. Whose they are stands beside them, not in them.
struct GroupWays {
  const ProfileGroup* group = nullptr;  ///< of the course
  std::vector<std::size_t> people;      ///< places in the world's list of subjects
  std::vector<route::PlannedWay> ways;  ///< parallel
};

/// Finds the ways of computed plans to the first place of safety again, arc by arc, on the roads of
/// their course. `plans` is by person, `place` that of the course in every plan. The limit of a way
/// is what the plan's own limit leaves for it after notice, supporter and preparation.
[[nodiscard]] std::vector<GroupWays> planned_ways(const CourseCase& course,
                                                  std::span<const registry::EvacuationPlan> plans,
                                                  std::size_t place);

}  // namespace planner
