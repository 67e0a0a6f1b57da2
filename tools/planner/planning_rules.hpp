// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/shelter.hpp"

namespace planner {

/// A duration that varies, in seconds.
struct Spread {
  std::int64_t p50_s = 0;
  std::int64_t p90_s = 0;  ///< not below the median
};

/// When people of one family of hazards start and by when they must be safe.
struct FamilyRules {
  std::string signal;         ///< what makes them start
  std::int64_t limit_s = 0;   ///< after the signal; 0 = only what the hazard map says
  std::string limit_cause;    ///< the limit in words
  Spread notify;              ///< from the signal until the person and the supporters know
  std::int64_t gather_s = 0;  ///< furthest 一時集合場所 to go to first; 0 = none
};

struct PreparationRule {
  std::vector<std::string> profiles;
  Spread duration;
};

/// Vehicles of one kind that take people on to welfare shelters.
struct FleetVehicle {
  int count = 0;
  int seats = 0;
  int wheelchairs = 0;  ///< places for wheelchairs and stretchers
};

/// What counts against a supporter for a person, in points; the supporters with the fewest are
/// chosen.
struct SupporterFitRules {
  int not_trusted = 0;   ///< the person has named others
  int cannot_carry = 0;  ///< the person has to be carried, and carrying is none of the roles
  int no_vehicle = 0;    ///< the person goes by a supporter's vehicle
  std::vector<std::string> carrying_roles;
  std::vector<std::string> carried;  ///< mobility profiles of those who have to be carried
};

/// Figures of `data/rules/planning.toml`: all that decides whether a plan can be carried out.
struct PlanningRules {
  std::array<FamilyRules, 3> families;  ///< by `registry::HazardFamily`
  std::vector<PreparationRule> preparation;
  double travel_p90_factor = 1;
  Spread supporter_ready;
  std::string supporter_profile;
  std::int64_t unknown_supporter_travel_s = 0;
  std::int64_t retreat_margin_s = 0;
  int enough_supporters = 2;
  double supporter_absence = 0;  ///< probability that somebody who is usually there is not
  std::int64_t proposal_s = 0;   ///< how far a supporter is proposed for somebody who has none
  SupporterFitRules fit;
  std::vector<std::string> wheelchair_profiles;
  std::vector<std::string> stretcher_profiles;
  std::vector<std::string> transfer_profiles;
  std::string transfer_vehicle;
  std::vector<FleetVehicle> fleet;
  std::int64_t boarding_s = 0;  ///< of one vehicle, getting out included
  int storey_cm = 300;
  int ground_floor_cm = 50;

  [[nodiscard]] const FamilyRules& family(registry::HazardFamily of) const {
    return families.at(static_cast<std::size_t>(of));
  }
  [[nodiscard]] Spread preparation_of(std::string_view profile) const;
};

/// Throws `registry::InputError` naming the key for anything unknown, missing or out of range.
[[nodiscard]] PlanningRules parse_planning_rules(std::string_view toml);

}  // namespace planner
