// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/drill_variant.hpp"
#include "planner/drill_world.hpp"
#include "route/drill_totals.hpp"

namespace planner {

/// What a city can do between two drills.
enum class ActionKind : std::uint8_t {
  AddSupporter,
  OpenEarlier,
  MoreSeats,
  MoreReception,
  Vehicle,
  ClearRoad,
  EarlierOrder
};
/// What fails alone.
enum class PointKind : std::uint8_t { Supporter, Shelter, Road };

[[nodiscard]] std::string_view code_of(ActionKind kind);
[[nodiscard]] std::string_view words_of(ActionKind kind);
[[nodiscard]] std::string_view code_of(PointKind kind);
[[nodiscard]] std::string_view words_of(PointKind kind);

/// What new helpers are like, and how far an action goes.
struct ActionMeans {
  StudyRules rules;
  std::uint32_t helper_mode = 0;
  std::uint32_t helper_behaviour = 0;
  std::uint32_t vehicle_mode = route::kNoIndex;  ///< none = no vehicle is tried
  route::Weight margin = 0;                      ///< of the time to retreat
  std::size_t least_group = 5;                   ///< districts with fewer people are not named
};

/// Helpers like those there are, moving as the plans say.
[[nodiscard]] ActionMeans means_of(const DrillWorld& world, const DrillRules& rules,
                                   const PlanningRules& planning);

/// An action worth trying. Keys, names of shelters, roads and districts only.
struct DrillAction {
  ActionKind kind{};
  std::string what;
  double loss = 0;  ///< people, or minutes at a door, per run that point to it
  std::vector<std::uint32_t> people = {};
  std::uint32_t target = route::kNoIndex;  ///< shelter; for supporters the one stood beside
  std::size_t seat_class = 0;
  std::uint32_t helpers = 1;  ///< how many supporters more
  std::vector<route::EdgeId> road = {};
};

/// A supporter, shelter or road whose failure is tried.
struct SinglePoint {
  PointKind kind{};
  std::string what;
  double load = 0;  ///< people brought, seats taken or people passing, per run
  std::uint32_t target = 0;
  route::EdgeId road = {};
};

/// The actions to which the causes of a series point, of each kind those with the greatest loss.
/// Pure.
[[nodiscard]] std::vector<DrillAction> action_candidates(const DrillWorld& world,
                                                         const route::DrillTotals& totals,
                                                         const ActionMeans& means);

/// What most depends on, of each kind. Of a road as the map names it only the section with most
/// people is taken. `traced` is a run with its moves. Pure.
[[nodiscard]] std::vector<SinglePoint> point_candidates(const DrillWorld& world,
                                                        const route::DrillTotals& totals,
                                                        const route::DrillRun& traced,
                                                        std::size_t most);

/// The scene after the action. Pure.
[[nodiscard]] SceneVariant variant_of(const DrillWorld& world, const DrillAction& action,
                                      const ActionMeans& means);
[[nodiscard]] SceneVariant variant_of(const DrillWorld& world, const SinglePoint& point);

}  // namespace planner
