// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "planner/assignment_file.hpp"

namespace bench {

/// An assignment counted again from the instance alone.
struct AssignmentCount {
  std::uint64_t cost = 0;
  std::uint64_t unassigned_seats = 0;
  std::uint64_t unassigned_people = 0;
  route::Weight longest = 0;
  std::uint64_t violations = 0;  ///< not permitted, or seats above the capacity
  std::uint64_t could_fit = 0;   ///< people left out though a permitted shelter has the seats
};
[[nodiscard]] AssignmentCount count_again(const AssignmentInstance& instance,
                                          const route::Assignment& assignment);

}  // namespace bench
