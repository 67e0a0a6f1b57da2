// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "shelter_graph.hpp"

namespace route {

enum class Effort : std::uint8_t { Quick, Thorough };

/// Indivisible households (generalised assignment, NP-hard) from the seating of single seats, which
/// tears hardly any apart: those in one piece stay, the others are put where there is room, largest
/// first, then cycles of moves and exact exchanges among equals improve until neither does;
/// thorough work goes on by taking some out again.
/// By person the shelter, or the number of shelters for none. Deterministic.
[[nodiscard]] std::vector<std::uint32_t> round_households(const ShelterGraph& graph, Effort effort);

}  // namespace route
