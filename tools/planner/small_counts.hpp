// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

// Counts of people as they may leave the house (domain §6.3, statistics with small cells;
// `registry::statistics_cell` for a count that stands alone).

namespace planner {

/// A count of people below this is not shown.
inline constexpr std::size_t kSmallestCount = 5;
inline constexpr const char* kHiddenCount = "*";

/// Which counts of a list are not shown when their sum is known.
struct HiddenCounts {
  std::vector<char> hidden;  ///< 1: not shown
  bool sum_too = false;      ///< hiding counts is not enough: the sum must not be shown either
};

/// Hides every small count; and, smallest first, others with it, until the hidden ones are at least
/// two and together no small count: whoever subtracts what is shown from the sum then learns none
/// of them. Counts marked in `already` stay hidden (empty = none). Pure.
[[nodiscard]] HiddenCounts hide_small_counts(std::span<const std::size_t> counts,
                                             std::vector<char> already = {});

/// A column of counts as it may be shown; `has_total`: somewhere its sum stands.
[[nodiscard]] std::vector<std::string> shown_counts(const std::vector<std::size_t>& counts,
                                                    bool has_total);

}  // namespace planner
