// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/anonymous_demand.hpp"
#include "registry/registrant.hpp"
#include "registry/shelter.hpp"
#include "route/hazard.hpp"

namespace planner {

/// Who counts as belonging to a group that a shelter may be reserved for; read from
/// `data/rules/acceptance.toml`.
struct AcceptanceRules {
  int elderly_age = 65;
  std::vector<std::string> everyone;      ///< words that mean all registrants, e.g. 要配慮者
  std::vector<std::string> narrowing;     ///< words that make `everyone` mean only some of them
  std::vector<std::string> elderly;       ///< 高齢者
  std::vector<std::string> care;          ///< 要介護者
  std::vector<std::string> disabled;      ///< 障害者, 障がい者
  std::vector<std::string> pre_arranged;  ///< words that mean "only people named beforehand"
};

/// Throws `registry::InputError` naming the key for anything unknown or missing.
[[nodiscard]] AcceptanceRules parse_acceptance_rules(std::string_view toml);

/// The words of `rules` that describe a registrant. Pure.
[[nodiscard]] std::vector<std::string> groups_of(const registry::Registrant& registrant,
                                                 const AcceptanceRules& rules, registry::Date on);

/// Whether a shelter takes a person of these groups (受入対象者). A shelter without a published
/// group takes everybody; one for people named beforehand takes nobody on its own; "infants and
/// other people of concern" is not everyone.
[[nodiscard]] bool accepts(const registry::Shelter& shelter, const std::vector<std::string>& groups,
                           const AcceptanceRules& rules);

/// Why nobody may be sent to a shelter as the first place to go; empty = it may be used. The order
/// of the tests is that of domain §7.3: hazard, then arrival policy. Needs no person.
[[nodiscard]] std::string reason_against(const registry::Shelter& shelter,
                                         registry::HazardKind hazard,
                                         const route::HazardMap& hazards);

/// Why this person cannot stay there although the person's group is accepted: what the person
/// cannot do without is known to be missing, or more people come along than it takes.
[[nodiscard]] std::string reason_against(const registry::Shelter& shelter,
                                         const AnonymousDemand& demand);

/// What the person cannot do without and of which nobody has said whether the shelter has it.
[[nodiscard]] std::vector<registry::Equipment> unknown_equipment(const registry::Shelter& shelter,
                                                                 const AnonymousDemand& demand);

/// The kind of zone that bears on a designated kind of hazard, or nothing (earthquake, volcano).
[[nodiscard]] std::optional<route::HazardKind> zone_kind(registry::HazardKind hazard);

}  // namespace planner
