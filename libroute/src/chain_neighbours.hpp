// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "chain_model.hpp"

namespace route {

/// By person, for the people named: those near to him or her, the nearest (the person) first. Near
/// means: seen from every shelter and some supporters at about the same distance.
[[nodiscard]] std::vector<std::vector<Person>> find_neighbours(const ChainModel& model,
                                                               const std::vector<Person>& people);

}  // namespace route
