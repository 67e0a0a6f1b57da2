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
  std::vector<ChainSeconds> service;              ///< preparation and trip
  std::vector<ChainSeconds> deadline;             ///< hard limit; `kNeverInChain` where soft
  std::vector<std::vector<Helper>> eligible;      ///< by person
  std::vector<ChainSeconds> earliest;             ///< no plan delivers the person sooner
  std::vector<std::optional<Unserved>> hopeless;  ///< why no plan serves the person
  bool everybody_alone = true;                    ///< nobody ever needs two supporters

  std::vector<ChainSeconds> ways_to;    ///< people x supporters
  std::vector<ChainSeconds> ways_from;  ///< people x shelters

  [[nodiscard]] ChainSeconds to(Helper helper, Person person) const {
    return ways_to[person * supporters + helper];
  }
  [[nodiscard]] ChainSeconds from(std::uint32_t shelter, Person person) const {
    return ways_from[person * shelters + shelter];
  }
};

}  // namespace route
