// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "route/transfer_fleet.hpp"

namespace route {

/// No plan that takes everybody but `left` people has its last arrival sooner.
[[nodiscard]] ChainSeconds transfer_bound(const TransferProblem& problem, std::uint64_t left);

}  // namespace route
