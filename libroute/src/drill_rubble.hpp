// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "drill_detour.hpp"

namespace route {

/// Ways around the rubble of one run by a hierarchy of its own, which is customized when the first
/// is asked for: many detours then cost little. Closing times are not looked at, so an answer that
/// happens to be in time is the best there is, and where there is none, nothing else will do. One
/// per thread and mode.
class RubbleWays {
 public:
  /// The roads must outlive it.
  explicit RubbleWays(const DrillRoads& roads);
  RubbleWays(const RubbleWays&) = delete;
  RubbleWays& operator=(const RubbleWays&) = delete;
  RubbleWays(RubbleWays&&) = delete;  // the query points at the metric
  RubbleWays& operator=(RubbleWays&&) = delete;
  ~RubbleWays() = default;

  /// Other rubble lies from now on.
  void forget() { known_ = false; }
  [[nodiscard]] std::optional<DrillWay> find(const RoadsOfRun& now, const DetourStart& start,
                                             const RoadPosition& goal);

 private:
  void learn(const RoadsOfRun& now);

  const DrillRoads& roads_;
  CchMetric metric_;
  CchQuery query_;
  std::vector<Weight> weights_;
  std::optional<CchWays> ways_;
  bool known_ = false;
};

/// Whether nobody who sets out at the start's time is held up by a closing.
[[nodiscard]] bool is_in_time(const RoadsOfRun& now, const DetourStart& start, const DrillWay& way);

}  // namespace route
