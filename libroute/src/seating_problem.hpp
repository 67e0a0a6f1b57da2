// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "route/shelter_assignment.hpp"

namespace route {

/// Sums and differences of weights.
using Cost = std::int64_t;
/// No such move. Sums of a few of them still fit.
constexpr Cost kNever = std::numeric_limits<Cost>::max() / 4;

/// A person with those who come along.
struct Party {
  std::uint32_t seats = 1;  ///< 0: removed
  std::uint8_t precedence = 0;
  std::uint8_t need = 0;
};

/// An assignment problem that owns its figures, so that they can be edited.
struct SeatingProblem {
  std::vector<Weight> costs;  ///< people x shelters
  std::vector<Party> parties;
  std::vector<std::uint32_t> capacity;
  std::vector<NeedLimit> limits;

  [[nodiscard]] std::size_t people() const { return parties.size(); }
  [[nodiscard]] std::size_t shelters() const { return capacity.size(); }
  [[nodiscard]] std::span<const Weight> row(std::size_t person) const {
    return std::span(costs).subspan(person * shelters(), shelters());
  }
  [[nodiscard]] Weight cost(std::size_t person, std::size_t shelter) const {
    return costs[person * shelters() + shelter];
  }
  /// The highest need class that some shelter limits; higher ones are no different from none.
  [[nodiscard]] std::uint8_t limited_needs() const {
    std::uint8_t most = 0;
    for (const NeedLimit& limit : limits) {
      most = std::max(most, limit.need);
    }
    return most;
  }
  [[nodiscard]] bool has_households() const {
    return std::ranges::any_of(parties, [](const Party& party) { return party.seats > 1; });
  }
};

}  // namespace route
