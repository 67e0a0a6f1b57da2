// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "planner/assignment_file.hpp"

namespace bench {

struct TownSize {
  std::uint32_t people = 10'000;
  std::uint32_t shelters = 60;
  std::uint32_t eligible_percent = 30;
  std::uint32_t needed_permille = 950;  ///< seats needed by 1000 seats there are; above: too few
  std::uint32_t most_seats = 1;         ///< per person, from 1
};

/// An invented town: people and shelters anywhere in a square of some kilometres, each at a walking
/// speed of their own; the same seed gives the same town everywhere. Whole seconds.
[[nodiscard]] AssignmentInstance generated_town(const TownSize& size, std::uint32_t seed);

/// Costs of one more person: somebody's ways, to other shelters.
[[nodiscard]] std::vector<route::Weight> generated_row(const AssignmentInstance& town,
                                                       std::uint32_t seed);

}  // namespace bench
