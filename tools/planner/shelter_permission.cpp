// SPDX-License-Identifier: Apache-2.0
#include "planner/shelter_permission.hpp"

#include <algorithm>

#include "planner/toml_reader.hpp"
#include "route/geo.hpp"

namespace planner {
namespace {

bool mentions_any(std::string_view text, const std::vector<std::string>& words) {
  return std::ranges::any_of(
      words, [&](const std::string& word) { return text.find(word) != std::string_view::npos; });
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

bool holds(const registry::Registrant& registrant, registry::CertificateKind kind) {
  return std::ranges::any_of(
      registrant.certificates,
      [&](const registry::Certificate& certificate) { return certificate.kind == kind; });
}

}  // namespace

AcceptanceRules parse_acceptance_rules(std::string_view toml) {
  const toml::table root = parse_toml(toml, "acceptance.toml");
  const TomlReader top(root, "acceptance.toml");
  top.allow_only(
      {"elderly_age", "everyone", "narrowing", "elderly", "care", "disabled", "pre_arranged"});
  AcceptanceRules rules;
  rules.elderly_age = static_cast<int>(top.integer("elderly_age"));
  rules.everyone = top.texts("everyone");
  rules.narrowing = top.texts("narrowing");
  rules.elderly = top.texts("elderly");
  rules.care = top.texts("care");
  rules.disabled = top.texts("disabled");
  rules.pre_arranged = top.texts("pre_arranged");
  return rules;
}

std::vector<std::string> groups_of(const registry::Registrant& registrant,
                                   const AcceptanceRules& rules, registry::Date on) {
  using registry::CertificateKind;
  std::vector<std::string> groups = rules.everyone;
  const auto& birth = registrant.person.birth_date;
  if (birth && registry::legal_age(*birth, on) >= rules.elderly_age) {
    append(groups, rules.elderly);
  }
  if (holds(registrant, CertificateKind::CareLevel)) {
    append(groups, rules.care);
  }
  if (holds(registrant, CertificateKind::Physical) ||
      holds(registrant, CertificateKind::Intellectual) ||
      holds(registrant, CertificateKind::Mental)) {
    append(groups, rules.disabled);
  }
  return groups;
}

bool accepts(const registry::Shelter& shelter, const std::vector<std::string>& groups,
             const AcceptanceRules& rules) {
  if (shelter.acceptance.empty()) {
    return true;
  }
  return std::ranges::any_of(shelter.acceptance, [&](const std::string& published) {
    if (mentions_any(published, rules.pre_arranged)) {
      return false;
    }
    const bool narrowed = mentions_any(published, rules.narrowing);
    return std::ranges::any_of(groups, [&](const std::string& group) {
      return published.find(group) != std::string::npos &&
             !(narrowed && std::ranges::find(rules.everyone, group) != rules.everyone.end());
    });
  });
}

std::string reason_against(const registry::Shelter& shelter, const AnonymousDemand& demand) {
  for (std::size_t i = 0; i < registry::kEquipmentKinds; ++i) {
    if (demand.requires_equipment.at(i) && shelter.equipment.at(i) == false) {
      return std::string(to_text(static_cast<registry::Equipment>(i))) + "がない";
    }
  }
  if (shelter.companion_limit &&
      demand.seats > 1U + static_cast<unsigned>(*shelter.companion_limit)) {
    return "同伴者の上限をこえる";
  }
  return {};
}

std::vector<registry::Equipment> unknown_equipment(const registry::Shelter& shelter,
                                                   const AnonymousDemand& demand) {
  std::vector<registry::Equipment> unknown;
  for (std::size_t i = 0; i < registry::kEquipmentKinds; ++i) {
    if (demand.requires_equipment.at(i) && !shelter.equipment.at(i)) {
      unknown.push_back(static_cast<registry::Equipment>(i));
    }
  }
  return unknown;
}

std::optional<route::HazardKind> zone_kind(registry::HazardKind hazard) {
  switch (hazard) {
    case registry::HazardKind::Flood:
      return route::HazardKind::Flood;
    case registry::HazardKind::Landslide:
      return route::HazardKind::Landslide;
    case registry::HazardKind::StormSurge:
      return route::HazardKind::StormSurge;
    case registry::HazardKind::Tsunami:
      return route::HazardKind::Tsunami;
    case registry::HazardKind::GreatFire:
      return route::HazardKind::Fire;
    case registry::HazardKind::InlandFlood:
      return route::HazardKind::InlandFlood;
    case registry::HazardKind::Earthquake:
    case registry::HazardKind::Volcano:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string reason_against(const registry::Shelter& shelter, registry::HazardKind hazard,
                           const route::HazardMap& hazards) {
  const registry::ShelterKinds& kinds = shelter.kinds;
  if (kinds.gathering_point && !kinds.emergency_site && !kinds.shelter && !kinds.welfare()) {
    return "一時集合場所（とどまる場所ではない）";
  }
  if (shelter.rated) {
    if (!shelter.suited[static_cast<std::size_t>(hazard)]) {
      return std::string(registry::to_text(hazard)) + "の指定緊急避難場所ではない";
    }
  } else if (const auto kind = zone_kind(hazard)) {
    const auto place = route::from_degrees(shelter.position.lat, shelter.position.lon);
    if (hazards.at(place, *kind) != nullptr) {
      return "災害種別の指定がなく、危険区域の中にある";
    }
  }
  if (shelter.arrival == registry::ArrivalPolicy::Secondary) {
    return "二次避難のみ（直接避難できない）";
  }
  return {};
}

}  // namespace planner
