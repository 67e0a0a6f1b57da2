// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "planner/drill_rules.hpp"
#include "planner/plan_world.hpp"
#include "registry/drill_desk.hpp"

namespace planner {

/// Somebody who plays in a drill.
struct CastMember {
  std::uint32_t number = 0;  ///< random numbers hang on it; the same in every drill
  std::string key;           ///< the number as it is shown: P and eight digits
  bool stand_in = false;
  bool plan_shared = false;  ///< supporters may know the plan
};

/// Who plays (49条の11, 49条の15: a drill is peacetime). Real people play with their own place and
/// needs if they agreed to take part in drills. In the place of everybody else stands an invented
/// person: a home becomes a point in the middle of its road, and how people move and what they
/// need is dealt out anew over all those homes, so that no home keeps its own. What fewer than
/// `least_group` of them need alike becomes what most need. Protected persons do not play.
struct DrillCast {
  PlanWorld world;                  ///< of the players: no names, no numbers, no addresses
  std::vector<CastMember> members;  ///< parallel to the subjects
  std::size_t real = 0;
  std::size_t stand_ins = 0;
  std::size_t adjusted = 0;            ///< stand-ins with the needs of most
  std::size_t protected_left_out = 0;  ///< never named, in no place
  std::size_t placeless = 0;           ///< without consent and without a place near a road
  std::size_t too_few = 0;             ///< without consent, but fewer than the least group
  std::map<registry::SupporterId, std::uint32_t> supporters;  ///< their numbers
};

/// Pure. `world` is that of the whole register.
[[nodiscard]] DrillCast drill_cast(
    const PlanWorld& world, const std::map<registry::PersonId, registry::DrillConsent>& consents,
    const DrillRules& rules);

/// `P0012ab34`, `S0012ab34`.
[[nodiscard]] std::string drill_key(char kind, std::uint32_t number);

}  // namespace planner
