// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "route/supporter_chain.hpp"

namespace support {

/// Everything a plan breaks, in words: who is served how often and by whom, hands, vehicle,
/// waiting for each other, times, deadline, retreat, number of people, reasons, value and bound.
/// Shares no code with the search. Empty: the plan is sound.
[[nodiscard]] std::vector<std::string> violations(const route::ChainProblem& problem,
                                                  const route::ChainPlan& plan);

/// The best value of all, by trying every order of people and every team; small problems only.
[[nodiscard]] route::ChainValue best_of_all_chains(const route::ChainProblem& problem);

/// What is drawn.
struct ChainDraw {
  std::size_t people = 5;
  std::size_t supporters = 3;
  std::uint32_t most_hands = 1;
  std::uint32_t horizon = 60;  ///< of deadlines and retreat times; 0: none
  bool plane = false;          ///< ways in a plane instead of arbitrary ones
  route::ChainDeadlines deadlines = route::ChainDeadlines::Hard;
};
[[nodiscard]] route::ChainProblem draw_chain_problem(std::uint32_t seed, const ChainDraw& draw);

}  // namespace support
