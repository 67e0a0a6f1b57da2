// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "registry/area.hpp"
#include "registry/evacuation_plan.hpp"
#include "registry/registry.hpp"

namespace planner {

/// How far planning has come for a group of people.
struct PlanShare {
  std::string name;            ///< of the area, or of the whole
  std::size_t people = 0;      ///< on the statutory register
  std::size_t planned = 0;     ///< with a plan that is somebody's (not refused, not withdrawn)
  std::size_t settled = 0;     ///< 確定: people have agreed on it
  std::size_t executable = 0;  ///< the main course is proven to work
  std::size_t at_risk = 0;
  std::size_t not_executable = 0;
  std::size_t not_judged = 0;  ///< nobody has computed yet whether it works
};

/// How the courses for one family of hazards stand.
struct CourseShare {
  registry::HazardFamily family = registry::HazardFamily::WindAndFlood;
  std::size_t courses = 0;
  std::size_t executable = 0;
  std::size_t at_risk = 0;
  std::size_t not_executable = 0;
  std::size_t not_judged = 0;
  std::size_t nowhere_to_go = 0;  ///< no destination, for whatever reason
};

struct ShelterLoad {
  std::string name;
  std::size_t capacity = 0;  ///< 0 = not published
  std::size_t assigned = 0;  ///< people whose main course reaches safety there
};

/// The two registers' work in numbers, without anybody's name: not yet fit to publish, because
/// small numbers point at people.
struct CitySummary {
  PlanShare city;
  std::vector<PlanShare> areas;  ///< in the order of their names; the unknown last
  std::vector<CourseShare> courses;
  std::vector<ShelterLoad> shelters;  ///< in the order of their names
};

struct SummaryInput {
  std::span<const registry::PlanSubject> subjects;
  std::span<const registry::EvacuationPlan> plans;
  std::span<const registry::Shelter> shelters;
  std::span<const registry::Area> areas;
  registry::AreaLevel level = registry::AreaLevel::Town;
};

/// Pure: counts what it is given. A protected person, whose home is not shown, counts for the city
/// and for no area.
[[nodiscard]] CitySummary city_summary(const SummaryInput& input);

}  // namespace planner
