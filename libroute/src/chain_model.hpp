// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "route/supporter_chain.hpp"

namespace route {

using Person = std::uint32_t;
using Helper = std::uint32_t;

/// A `ChainProblem` laid out for the search: what a person needs side by side, and what can be
/// said about each person before anything is planned.
struct ChainModel {
  explicit ChainModel(const ChainProblem& the_problem);

  const ChainProblem& problem;
  std::size_t people;
  std::size_t supporters;
  std::size_t shelters;
  std::vector<ChainSeconds> service;               ///< preparation and trip
  std::vector<ChainSeconds> deadline;              ///< hard limit; `kNeverInChain` where soft
  std::vector<std::vector<Helper>> eligible;       ///< by person
  std::vector<ChainSeconds> earliest;              ///< no plan delivers the person sooner
  std::vector<std::optional<Unserved>> hopeless;   ///< why no plan serves the person
  bool everybody_alone = true;                     ///< nobody ever needs two supporters

  [[nodiscard]] ChainSeconds to(Helper helper, Person person) const {
    return to_[person * supporters + helper];
  }
  [[nodiscard]] ChainSeconds from(std::uint32_t shelter, Person person) const {
    return from_[person * shelters + shelter];
  }

 private:
  /// By helper: when each shelter can be reached at the earliest, having taken somebody there.
  [[nodiscard]] std::vector<ChainSeconds> earliest_at_shelters(Helper helper) const;
  /// By person: when the helper can be there at the earliest.
  [[nodiscard]] std::vector<ChainSeconds> earliest_arrivals(Helper helper) const;
  void judge(Person person, const std::vector<std::vector<ChainSeconds>>& arrivals);

  std::vector<ChainSeconds> to_;    // people x supporters
  std::vector<ChainSeconds> from_;  // people x shelters
};

}  // namespace route
