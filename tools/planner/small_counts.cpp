// SPDX-License-Identifier: Apache-2.0
#include "planner/small_counts.hpp"

#include <optional>
#include <utility>

namespace planner {
namespace {

/// Whether the sum gives none of the hidden counts away.
bool is_safe(std::span<const std::size_t> counts, const std::vector<char>& hidden) {
  std::size_t cells = 0;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    cells += hidden[i] != 0 ? 1U : 0U;
    sum += hidden[i] != 0 ? counts[i] : 0U;
  }
  return cells == 0 || (cells > 1 && sum >= kSmallestCount);
}

std::optional<std::size_t> smallest_shown(std::span<const std::size_t> counts,
                                          const std::vector<char>& hidden) {
  std::optional<std::size_t> smallest;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (hidden[i] == 0 && (!smallest || counts[i] < counts[*smallest])) {
      smallest = i;
    }
  }
  return smallest;
}

}  // namespace

HiddenCounts hide_small_counts(std::span<const std::size_t> counts, std::vector<char> already) {
  HiddenCounts result{.hidden = std::move(already)};
  result.hidden.resize(counts.size(), 0);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    result.hidden[i] = result.hidden[i] != 0 || counts[i] < kSmallestCount ? 1 : 0;
  }
  while (!is_safe(counts, result.hidden)) {
    const auto next = smallest_shown(counts, result.hidden);
    if (!next) {
      result.sum_too = true;
      break;
    }
    result.hidden[*next] = 1;
  }
  return result;
}

std::vector<std::string> shown_counts(const std::vector<std::size_t>& counts, bool has_total) {
  const HiddenCounts safe = has_total ? hide_small_counts(counts) : HiddenCounts{};
  std::vector<std::string> cells;
  cells.reserve(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool hidden = counts[i] < kSmallestCount || (has_total && safe.hidden[i] != 0);
    cells.push_back(hidden ? kHiddenCount : std::to_string(counts[i]));
  }
  return cells;
}

}  // namespace planner
