// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "planner/drill_candidates.hpp"
#include "planner/drill_isolation.hpp"
#include "planner/paired_difference.hpp"
#include "planner/plan_world.hpp"
#include "registry/result_file.hpp"
#include "route/drill_simulation.hpp"

namespace planner {

/// What a change does to people, run by run with the same random numbers.
struct ChangeEffect {
  Estimate saved;          ///< people safe in time per run, after - before
  std::size_t better = 0;  ///< people safe in more of the runs than before
  std::size_t worse = 0;
};

struct RankedAction {
  DrillAction action;
  ChangeEffect effect;
  [[nodiscard]] bool helps() const { return effect.saved.low > 0; }
};
struct RankedPoint {
  SinglePoint point;
  ChangeEffect effect;
  [[nodiscard]] bool costs() const { return effect.saved.high < 0; }
};

struct StudyRequest {
  std::uint64_t seed = 0;
  std::uint32_t runs = 1;
  unsigned threads = 1;      ///< has no bearing on the result
  double confidence = 0.95;  ///< that all intervals of one list hold together
};

struct DrillStudy {
  route::DrillTotals base;            ///< runs 0 to `runs` - 1 of the scene as it is
  CutOffRuns cut_off;                 ///< of the same runs
  std::vector<RankedAction> actions;  ///< who help first, by people saved
  std::vector<RankedPoint> points;    ///< by people lost
};

/// Pure. The interval of one of `many` differences that are looked at together (Bonferroni).
[[nodiscard]] ChangeEffect effect_of(const route::DrillTotals& before,
                                     const route::DrillTotals& after, double confidence,
                                     std::size_t many);

/// Plays the scene, tries actions and failures one at a time and ranks them (改善案・単一障害点).
/// What is tried is chosen from other runs (`runs` to 2 `runs` - 1) than those it is judged by, so
/// that nothing seems to help only because it was picked for these runs.
[[nodiscard]] DrillStudy study_drill(const DrillWorld& world, const ActionMeans& means,
                                     const StudyRequest& request, const Progress& progress);

/// The tables `action` and `single_point` (docs/file_formats.md).
[[nodiscard]] std::vector<registry::ResultTable> study_tables(const DrillStudy& study);

}  // namespace planner
