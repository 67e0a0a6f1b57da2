// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "planner/drill_world.hpp"
#include "registry/result_file.hpp"
#include "route/drill_totals.hpp"

namespace planner {

/// Of the tables below (docs/file_formats.md).
inline constexpr int kDrillResultVersion = 2;

/// Facts of the whole, in the order in which they are to stand: scenario, seed, hashes, ...
using DrillMeta = std::vector<std::pair<std::string, std::string>>;

/// The result of a set of runs as tables: meta, run, completion, group_completion, person,
/// supporter, shelter, shelter_use, shelter_need, need_use, road. People and supporters are keys;
/// the id of a registrant stands only beside people who agreed to take part. -1 = did not happen.
/// Shares are of the people who were at home.
[[nodiscard]] registry::ResultFile drill_tables(const DrillWorld& world,
                                                const DrillScenario& scenario,
                                                const route::DrillTotals& totals,
                                                const DrillMeta& meta);

/// A fact of the meta table. Throws `registry::InputError` when it is not there.
[[nodiscard]] std::string meta_of(const registry::ResultFile& results, std::string_view key);

/// Codes as the columns carry them, and words for people.
[[nodiscard]] std::string_view code_of(route::DrillOutcome outcome);
[[nodiscard]] std::string_view code_of(route::DrillCause cause);
[[nodiscard]] std::string_view words_of(route::DrillCause cause);
/// What would have saved somebody left behind for that cause.
[[nodiscard]] std::string_view remedy_of(route::DrillCause cause);

}  // namespace planner
