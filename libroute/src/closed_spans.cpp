// SPDX-License-Identifier: Apache-2.0
#include "route/closed_spans.hpp"

#include <algorithm>
#include <utility>

#include "route/error.hpp"

namespace route {

std::vector<ClosedSpan> closed_spans(std::span<const Closure> closures, const ClosureEffect& effect,
                                     std::string_view profile) {
  TOMONI_EXPECT(effect.edges.size() == closures.size());
  std::vector<ClosedSpan> all;
  for (std::size_t i = 0; i < closures.size(); ++i) {
    const std::uint32_t from_s = closures[i].from_s.value_or(0);
    const auto& until_s = closures[i].until_s;
    if (closures[i].holds_for(profile) && (!until_s || from_s < *until_s)) {
      for (const EdgeId edge : effect.edges[i]) {
        all.push_back({edge, from_s, until_s});
      }
    }
  }
  std::ranges::sort(all, [](const ClosedSpan& a, const ClosedSpan& b) {
    return std::pair(a.edge, a.from_s) < std::pair(b.edge, b.from_s);
  });
  std::vector<ClosedSpan> merged;
  for (const ClosedSpan& span : all) {
    const bool apart = merged.empty() || merged.back().edge != span.edge ||
                       (merged.back().until_s && *merged.back().until_s < span.from_s);
    if (apart) {
      merged.push_back(span);
    } else if (auto& until_s = merged.back().until_s; until_s) {
      until_s = span.until_s ? std::optional(std::max(*until_s, *span.until_s)) : std::nullopt;
    }
  }
  return merged;
}

}  // namespace route
