// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "shelter_graph.hpp"

namespace route {

/// Dual prices of an optimal seating: the smallest valid ones for the number of seats given now in
/// each precedence class, so a seat's price is the most a chain of moves into one more saves.
struct SeatPrices {
  std::vector<Cost> seat;   ///< by shelter
  std::vector<Cost> place;  ///< layers x shelters: of a place for the need, beside the seat
};
[[nodiscard]] SeatPrices find_seat_prices(const ShelterGraph& graph);

/// Seats given, by precedence class.
using SeatsByClass = std::vector<std::uint64_t>;
constexpr std::size_t kPrecedenceClasses = 256;

/// The bound of `Assignment::lower_bound` for any prices and any number of seats given.
[[nodiscard]] std::uint64_t bound_from_prices(const SeatingProblem& problem,
                                              const SeatPrices& prices, const SeatsByClass& given);

}  // namespace route
