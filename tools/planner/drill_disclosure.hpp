// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/result_file.hpp"

namespace planner {

/// A table of a drill's result as it may leave the house: counts of people below five are `*` in
/// `meta` and `group_completion`; in `person` the district and the way of moving are, where fewer
/// than five share them. The result file itself holds everything in full.
[[nodiscard]] registry::Table shareable_table(const registry::ResultTable& table);

}  // namespace planner
