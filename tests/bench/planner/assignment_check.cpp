// SPDX-License-Identifier: Apache-2.0
#include "planner/assignment_check.hpp"

#include <algorithm>

namespace bench {

AssignmentCount count_again(const AssignmentInstance& instance,
                            const route::Assignment& assignment) {
  AssignmentCount count;
  std::vector<std::uint64_t> used(instance.capacity.size(), 0);
  for (std::size_t person = 0; person < instance.seats.size(); ++person) {
    const std::uint32_t seats = instance.seats[person];
    if (assignment.shelter[person] == route::Assignment::kNone) {
      ++count.unassigned_people;
      count.unassigned_seats += seats;
      continue;
    }
    const auto shelter = static_cast<std::size_t>(assignment.shelter[person]);
    const route::Weight weight = instance.costs.at(person, shelter);
    count.violations += weight >= route::kInfinity ? 1U : 0U;
    count.cost += std::uint64_t{weight} * seats;
    count.longest = std::max(count.longest, weight);
    used[shelter] += seats;
  }
  for (std::size_t shelter = 0; shelter < used.size(); ++shelter) {
    count.violations += used[shelter] > instance.capacity[shelter] ? 1U : 0U;
  }
  for (std::size_t person = 0; person < instance.seats.size(); ++person) {
    for (std::size_t shelter = 0; shelter < used.size(); ++shelter) {
      if (assignment.shelter[person] == route::Assignment::kNone &&
          instance.costs.at(person, shelter) < route::kInfinity &&
          used[shelter] + instance.seats[person] <= instance.capacity[shelter]) {
        ++count.could_fit;
        break;
      }
    }
  }
  return count;
}

}  // namespace bench
