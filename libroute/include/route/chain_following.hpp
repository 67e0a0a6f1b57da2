// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "route/supporter_chain.hpp"

namespace route {

/// Whom each supporter fetches, in order.
using ChainRoutes = std::vector<std::vector<std::uint32_t>>;

/// The plan that keeps to these routes, without any search. Nothing when it cannot be carried out:
/// somebody fetches who may not or too many, hands or a vehicle are missing, somebody goes along
/// who is not needed, people wait for each other, or a retreat time or hard deadline is missed.
[[nodiscard]] std::optional<ChainPlan> follow_chains(const ChainProblem& problem,
                                                     const ChainRoutes& routes);

}  // namespace route
