// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/plan_keeping.hpp"
#include "registry/evacuation_plan.hpp"
#include "route/shelter_assignment.hpp"

namespace planner {

/// The way of one person to the first place of safety, and by when it must have been made.
struct PersonWay {
  std::vector<registry::PlanLeg> legs;  ///< empty = no way
  registry::SecondWay second;
  std::int64_t travel_s = 0;
  std::optional<std::int64_t> limit_s;  ///< safe by then, seconds after the signal
  std::string limit_cause;
};

/// The problem of seats behind a course. Where every party is of one size it is counted in
/// parties, so that its optimum is exact.
struct SeatProblem {
  std::vector<std::uint32_t> capacity;  ///< in `unit` seats
  std::vector<std::uint32_t> seats;     ///< by person, in `unit` seats; empty = one each
  std::vector<std::uint8_t> precedence;
  std::vector<std::uint8_t> need;
  std::vector<route::NeedLimit> limits;
  std::uint32_t unit = 1;

  [[nodiscard]] route::AssignmentProblem over(const route::DistanceTable& costs) const {
    return {.costs = costs,
            .capacity = capacity,
            .seats = seats,
            .precedence = precedence,
            .need = need,
            .need_limits = limits};
  }
};

[[nodiscard]] SeatProblem seat_problem(const PlanWorld& world,
                                       const std::vector<registry::Shelter>& shelters);

/// Legs, second way and limit of everybody with a shelter; by person. Of who is kept, as stored.
[[nodiscard]] std::vector<PersonWay> course_ways(const PlanWorld& world, const CourseCase& course,
                                                 const route::Assignment& assignment,
                                                 const KeptCourses& kept);

/// Adds the leg to a welfare shelter that people take when it has opened (二次避難): an assignment
/// of its own, from where they are to the shelters that are not for direct arrival. Who is kept
/// stays in the place of the stored course. Returns how many of the others who should go on found
/// no place.
std::size_t add_transfers(const PlanWorld& world, const CourseCase& course,
                          const route::Assignment& assignment, const KeptCourses& kept,
                          std::vector<PersonWay>& ways);

}  // namespace planner
