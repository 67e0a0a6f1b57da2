// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "household_rounding.hpp"
#include "seat_prices.hpp"

namespace route {

[[nodiscard]] SeatingProblem seating_problem(const AssignmentProblem& problem);

/// By person the shelter, or the number of shelters for none: the graph's own seating, or that
/// rounded to whole households where there are any.
[[nodiscard]] std::vector<std::uint32_t> places_of(const ShelterGraph& graph,
                                                   Effort effort = Effort::Thorough);

[[nodiscard]] SeatsByClass seats_given(const SeatingProblem& problem,
                                       const std::vector<std::uint32_t>& places);

/// Everything an `Assignment` says about these places; the graph gives prices and bounds.
[[nodiscard]] Assignment describe(const ShelterGraph& graph,
                                  const std::vector<std::uint32_t>& places);

/// Says of everybody without a shelter why.
void name_reasons(const SeatingProblem& problem, Assignment& assignment);

}  // namespace route
