// SPDX-License-Identifier: Apache-2.0
#include "route/shelter_assignment.hpp"

#include "route/shelter_assigner.hpp"
#include "seating_result.hpp"
#include "worst_first.hpp"

namespace route {

double Assignment::gap() const {
  if (total_cost == lower_bound) {
    return 0;
  }
  const auto bound = static_cast<double>(lower_bound);
  return (static_cast<double>(total_cost) - bound) / (bound > 0 ? bound : 1);
}

Assignment assign_shelters(const AssignmentProblem& problem) {
  if (problem.aim == AssignmentAim::WorstFirst) {
    return assign_worst_first(seating_problem(problem));
  }
  return ShelterAssigner(problem).assignment();
}

}  // namespace route
