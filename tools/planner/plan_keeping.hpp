// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "planner/course_case.hpp"

namespace planner {

/// Courses of stored plans that the world of today still agrees with, and why the others are
/// computed anew.
struct KeptCourses {
  /// By person; null = to be computed. Points into the world's stored plans.
  std::vector<const registry::PlanCourse*> course;
  std::map<std::string, std::size_t> affected;  ///< reason in words -> people
};

/// Nothing is kept: everybody is computed anew.
[[nodiscard]] KeptCourses keep_nothing(const PlanWorld& world);

/// What a stored course says is compared with what `course` knows today: home, profile, supporters,
/// the minutes of the rules, the shelter and the time to it. A shelter with more people than seats
/// lets go of all of them.
[[nodiscard]] KeptCourses keep_what_holds(const PlanWorld& world, const CourseCase& course);

/// Leaves everybody who is kept only the shelter of the stored course.
void hold_seats(const KeptCourses& kept, CourseCase& course);

}  // namespace planner
