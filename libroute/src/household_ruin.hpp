// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "household_seating.hpp"

namespace route {

/// Large neighbourhood search for what cycles cannot leave: takes a few households out, seats them
/// otherwise, improves by cycles and keeps what is not worse (after Schrimpf et al., Record
/// Breaking Optimization Results Using the Ruin and Recreate Principle, 2000). Ends after a number
/// of rounds that grows with the households, or of elementary steps; fixed seed.
void ruin_and_recreate(HouseholdSeating& seating);

}  // namespace route
