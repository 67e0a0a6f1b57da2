// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "database.hpp"
#include "registry/plan_state.hpp"

namespace registry {

/// Within the current transaction: gives every named plan that is in force a new revision 要見直し
/// and stores the reasons; a plan that awaits its review already only gains reasons. Returns how
/// many plans changed their status.
std::size_t mark_for_review(Database& database, const std::vector<Invalidation>& invalidations);

}  // namespace registry
