// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/planning_rules.hpp"
#include "registry/registry.hpp"
#include "route/geo.hpp"

namespace planner {

/// Whose vehicle a person is to go by.
enum class VehicleFrom : std::uint8_t { None, Own, Agreed, Supporter };

/// All that `libroute` and the assignment learn of a person: no name, no address, no diagnosis.
struct AnonymousDemand {
  std::size_t index = 0;  ///< position in the caller's list; means nothing elsewhere
  std::optional<route::LatLon> home;
  std::string profile;             ///< mobility profile of the way
  std::string profile_afoot = {};  ///< without the vehicle; empty = goes without one
  VehicleFrom vehicle_from = VehicleFrom::None;
  std::uint32_t seats = 1;  ///< the person and companions
  /// Helpers the person asked for; nothing = as many as the profile needs.
  std::optional<int> hands;
  registry::NeedClass need = registry::NeedClass::None;
  /// By `registry::Equipment`: what the person cannot do without.
  std::array<bool, registry::kEquipmentKinds> requires_equipment{};
  /// Until the first device the life depends on stops; a spare battery lasts as long again.
  std::optional<std::int64_t> battery_s;

  /// How the person moves without a vehicle.
  [[nodiscard]] const std::string& afoot() const {
    return profile_afoot.empty() ? profile : profile_afoot;
  }
};

/// One line of `data/rules/mobility.toml`: certificates that let us guess how a person moves as
/// long as nobody has asked.
struct MobilityRule {
  std::string profile;
  registry::CertificateKind kind = registry::CertificateKind::CareLevel;
  std::vector<std::string> grades;  ///< 要介護5, 1度, ...; Physical: part grades
  std::vector<std::string> parts;   ///< Physical only
};

/// A stated means of transport that the city plans with, and whose vehicle it is.
struct TransportRule {
  registry::Transport transport{};
  std::string profile;
  VehicleFrom vehicle_from = VehicleFrom::Own;
};

/// How a person is thought to move: stated mobility first, then the first rule that matches.
struct MobilityRules {
  std::vector<std::pair<registry::Mobility, std::string>> stated;  ///< mobility -> profile
  std::vector<MobilityRule> guessed;                               ///< in order of precedence
  std::string otherwise;                                           ///< profile when nothing matches
  /// In order of precedence; for people who have not said that they go on foot.
  std::vector<TransportRule> transport;
};

/// Throws `registry::InputError` naming the key for anything unknown or missing.
[[nodiscard]] MobilityRules parse_mobility_rules(std::string_view toml);

struct DemandRules {
  const MobilityRules& mobility;
  const PlanningRules& planning;
};

/// Pure: what leaves the registry's side for one person.
[[nodiscard]] AnonymousDemand anonymous_demand(const registry::PlanSubject& subject,
                                               std::size_t index, const DemandRules& rules,
                                               int companions, registry::Date on);

}  // namespace planner
