// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/place_travel.hpp"
#include "route/distance_table.hpp"

namespace planner {

/// Registrants who move alike, with the roads as they see them.
struct ProfileGroup {
  const route::MobilityProfile* profile = nullptr;
  route::Metric metric;
  route::SnapMask mask;
  route::ClosingTimes closes;  ///< when hazards and closures that come later close each arc
  std::optional<ProfileWays> ways;
  Joined people;     ///< homes, by person
  Joined shelters;   ///< entrances, by `CourseCase::shelters`
  Joined gathering;  ///< 一時集合場所, by `CourseCase::gathering`
  /// By place in `people`: place in `gathering` where the person goes first, or nothing.
  std::vector<std::optional<std::size_t>> meets_at;
};

/// One hazard: who could go where, and how long it takes. Rows are people, columns shelters.
struct CourseCase {
  registry::HazardKind hazard{};
  std::vector<registry::Shelter> shelters;  ///< permitted as the first place of safety
  std::vector<registry::Shelter> gathering;
  std::map<std::string, std::size_t> left_out;  ///< reason in words -> shelters
  std::vector<registry::Gap> gaps;              ///< by person; before anybody is assigned
  std::map<std::string, ProfileGroup> groups;   ///< by profile
  route::DistanceTable costs{0, 0};  ///< over the gathering point; infinite = not permitted, no way
  /// By person: the shelter people have settled on, which a computation does not change.
  std::vector<std::optional<registry::ShelterId>> settled;
};

[[nodiscard]] CourseCase course_case(const PlanWorld& world, registry::HazardKind hazard,
                                     const Progress& progress);

/// Whether some permitted shelter can be reached at all.
[[nodiscard]] bool reaches_any(const route::DistanceTable& costs, std::size_t person);

/// Why a person may not go to a shelter of the world first, in words; empty = the person may.
[[nodiscard]] std::string reason_against(const PlanWorld& world, registry::HazardKind hazard,
                                         const registry::Shelter& shelter, std::size_t person);

/// Seats of a shelter; the local plan's figure where none is published.
[[nodiscard]] std::uint32_t seats_of(const registry::Shelter& shelter,
                                     const registry::LocalPlan& local_plan);

}  // namespace planner
