// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/plan_world.hpp"

namespace planner {

/// Somebody who would have to move so that the person could have a place.
struct Moved {
  registry::PersonId person;
  std::string from;  ///< shelter; empty = none
  std::string to;
  std::int64_t extra_s = 0;
};

/// One shelter as an answer to "why not there?".
struct ShelterAnswer {
  registry::ShelterId shelter;
  std::string name;
  std::optional<std::int64_t> travel_s;  ///< nothing = no way on the roads
  bool chosen = false;
  std::string reason;        ///< in words
  std::vector<Moved> moved;  ///< the person first, then everybody it would displace
  std::int64_t extra_s = 0;  ///< that everybody together would travel longer
  std::int64_t price_s = 0;  ///< what one more place there would save everybody together
};

/// Every shelter of the city for one person and hazard, nearest first, those without a way last.
struct PlanExplanation {
  registry::HazardKind hazard{};
  std::string gap;  ///< why no shelter was chosen; empty = one was
  std::vector<ShelterAnswer> shelters;
};

/// Why this shelter and not a nearer one: computed anew, as `compute_plans` does. `person` is an
/// index into the world.
[[nodiscard]] PlanExplanation explain(const PlanWorld& world, registry::HazardKind hazard,
                                      std::size_t person);

}  // namespace planner
