// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "route/distance_table.hpp"

namespace route {

/// Who may go where at what cost. An entry of `kInfinity` in `costs` means not permitted or no way.
struct AssignmentProblem {
  const DistanceTable& costs;               ///< people x shelters
  std::span<const std::uint32_t> capacity;  ///< seats per shelter
};

enum class Unassigned : std::uint8_t {
  NoPermittedShelter,  ///< every entry of the person's row is infinite
  SheltersFull         ///< permitted shelters exist, but every seat went where it helps more
};

struct Assignment {
  static constexpr std::int32_t kNone = -1;
  std::vector<std::int32_t> shelter;  ///< by person, or kNone
  std::vector<Unassigned> reason;     ///< by person; meaningful where shelter is kNone
  std::vector<std::uint32_t> used;    ///< seats taken, by shelter
  /// Dual: what one more seat in this shelter would save, in weight, with as many people seated
  /// as now (when seats are short it would also seat one more, which is not priced).
  std::vector<std::uint64_t> seat_price;
  std::uint64_t total_cost = 0;  ///< of those assigned
  /// From costs and prices alone: with m_i = min_j(cost_ij + price_j) and K people seated, the sum
  /// of the K smallest m_i minus sum_j(capacity_j * price_j). No way to seat K people costs less;
  /// at the optimum it equals `total_cost`, so equality proves the assignment.
  std::uint64_t lower_bound = 0;
  std::size_t unassigned = 0;
};

/// Exact: seats as many people as possible, and among all ways to do so takes one of least total
/// cost. Successive shortest paths on the graph of shelters (a person moves from one shelter to
/// another to make room), O(people x (shelters^2 + people reassigned)). Deterministic: people in
/// index order, ties to the lower shelter index.
[[nodiscard]] Assignment assign_shelters(const AssignmentProblem& problem);

}  // namespace route
