// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/safety_check.hpp"

namespace planner {

/// One thing that happened, in words without a person's data.
struct TimelineEntry {
  registry::Instant at;
  std::string what;
};

/// How many people had been reached by a moment.
struct CurvePoint {
  registry::Instant at;
  std::size_t reached = 0;
  std::size_t unreached = 0;
};

/// From `from` to `to` in at most `points` equal steps of whole minutes. Of `total` people each
/// counts from his or her first report that is more than a try. Pure.
[[nodiscard]] std::vector<CurvePoint> reached_curve(
    const std::vector<registry::SafetyReport>& reports, std::size_t total, registry::Instant from,
    registry::Instant to, std::size_t points);

/// Calls for help and what became of them.
struct HelpGiven {
  std::size_t called = 0;    ///< people who ever called
  std::size_t answered = 0;  ///< of them whose calls are all answered or settled
};
[[nodiscard]] HelpGiven help_given(const std::vector<registry::SafetyReport>& reports,
                                   const registry::SafetyRules& rules);

}  // namespace planner
