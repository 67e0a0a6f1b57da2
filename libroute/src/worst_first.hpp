// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "seating_problem.hpp"

namespace route {

/// As many seats as possible, then the shortest longest way, then least total cost. With one seat
/// each exact: bisection over the costs that occur. With households the longest way is the least
/// one at which rounding seats as many as without a limit; `longest_bound` is proven.
[[nodiscard]] Assignment assign_worst_first(const SeatingProblem& problem);

}  // namespace route
