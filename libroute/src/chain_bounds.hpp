// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain_model.hpp"

namespace route {

/// Least possible weight of people left behind.
[[nodiscard]] std::uint64_t unserved_bound(const ChainModel& model);

/// What no plan can be below that leaves people of at most this weight behind.
[[nodiscard]] ChainValue chain_bound(const ChainModel& model, std::uint64_t unserved_weight);

}  // namespace route
