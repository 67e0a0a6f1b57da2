// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "registry/drill_tracks.hpp"
#include "registry/table_io.hpp"

namespace planner {

/// One road against the plans of all who walked it in drills.
struct RoadResidual {
  std::int64_t way = 0;
  std::string name;        ///< empty = it has none
  std::size_t people = 0;  ///< different ones, over the part their plan can pass
  std::size_t slower = 0;  ///< of them, slower than planned
  double ratio = 0;        ///< median of measured / planned, 0 without people
  double lost_s = 0;       ///< seconds over the plan, all people together
  std::size_t barred = 0;  ///< people who went over a part that their plan cannot pass
};

/// Roads by the time lost on them, most first. Of each person and road all drills count together;
/// passages shorter than `least_m` are not counted.
[[nodiscard]] std::vector<RoadResidual> road_residuals(std::span<const registry::WalkedRoad> walked,
                                                       double least_m);

/// What may leave the house: only roads that at least `least_group` people walked; counts below
/// five, and those from which one could be found by subtraction, as `*`. `hidden` counts the roads
/// left out.
struct RoadTable {
  registry::Table table;
  std::size_t hidden = 0;
};
[[nodiscard]] RoadTable road_table(std::span<const RoadResidual> roads, std::size_t least_group);

/// Name of a road, or 名前のない道.
[[nodiscard]] std::string words_of(const RoadResidual& road);

}  // namespace planner
