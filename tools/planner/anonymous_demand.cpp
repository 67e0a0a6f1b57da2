// SPDX-License-Identifier: Apache-2.0
#include "planner/anonymous_demand.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <span>

#include "planner/toml_reader.hpp"
#include "registry/error.hpp"

namespace planner {
namespace {

template <class Enum>
Enum named(std::string_view text, std::span<const Enum> values, std::string_view key) {
  for (const Enum value : values) {
    if (registry::to_text(value) == text) {
      return value;
    }
  }
  throw registry::InputError("mobility.toml: " + std::string(key) + " に知らない値「" +
                             std::string(text) + "」があります。値を直してください。");
}

constexpr std::array kMobilities{registry::Mobility::Walks,
                                 registry::Mobility::WalksWithStick,
                                 registry::Mobility::WalksWithRollator,
                                 registry::Mobility::WalksWithHelp,
                                 registry::Mobility::WheelchairSelf,
                                 registry::Mobility::WheelchairPushed,
                                 registry::Mobility::WheelchairPower,
                                 registry::Mobility::Stretcher};

constexpr std::array kCertificateKinds{
    registry::CertificateKind::CareLevel,       registry::CertificateKind::Physical,
    registry::CertificateKind::Intellectual,    registry::CertificateKind::Mental,
    registry::CertificateKind::SupportCategory, registry::CertificateKind::IntractableDisease};

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::ranges::find(list, value) != list.end();
}

bool matches(const registry::Certificate& certificate, const MobilityRule& rule) {
  if (certificate.kind != rule.kind) {
    return false;
  }
  if (certificate.kind != registry::CertificateKind::Physical) {
    return contains(rule.grades, certificate.grade);
  }
  return std::ranges::any_of(certificate.parts, [&](const registry::BodyPart& part) {
    return contains(rule.parts, part.part) &&
           contains(rule.grades, std::to_string(part.grade) + "級");
  });
}

bool valid_on(const registry::Certificate& certificate, registry::Date on) {
  return !certificate.valid_to ||
         std::chrono::sys_days(*certificate.valid_to) >= std::chrono::sys_days(on);
}

std::string profile_of(const registry::Registrant& registrant, const MobilityRules& rules,
                       registry::Date on) {
  for (const auto& [mobility, profile] : rules.stated) {
    if (mobility == registrant.person.mobility) {
      return profile;
    }
  }
  for (const MobilityRule& rule : rules.guessed) {
    for (const registry::Certificate& certificate : registrant.certificates) {
      if (valid_on(certificate, on) && matches(certificate, rule)) {
        return rule.profile;
      }
    }
  }
  return rules.otherwise;
}

/// The vehicle the person has named and the city plans with, by the first rule that matches.
void set_vehicle(AnonymousDemand& demand, const registry::Needs& needs,
                 const MobilityRules& rules) {
  const auto states = [&](registry::Transport transport) {
    return std::ranges::find(needs.transport, transport) != needs.transport.end();
  };
  if (states(registry::Transport::OnFoot)) {
    return;
  }
  for (const TransportRule& rule : rules.transport) {
    if (states(rule.transport)) {
      demand.profile_afoot = demand.profile;
      demand.profile = rule.profile;
      demand.vehicle_from = rule.vehicle_from;
      return;
    }
  }
}

/// The words of the needs file.
registry::Transport transport_named(const TomlReader& entry) {
  registry::Needs needs;
  const auto fault = registry::set_needs_cell(needs, "避難手段", entry.text("transport"));
  if (fault || needs.transport.size() != 1) {
    entry.fail("transport", "に知らない値があります。例: 自家用車, 福祉車両, タクシー協定");
  }
  return needs.transport.front();
}

VehicleFrom vehicle_from(const TomlReader& entry) {
  const std::string text = entry.text("vehicle");
  if (text == "本人") {
    return VehicleFrom::Own;
  }
  if (text == "協定") {
    return VehicleFrom::Agreed;
  }
  if (text == "支援者") {
    return VehicleFrom::Supporter;
  }
  entry.fail("vehicle", "には 本人、協定、支援者 のどれかを書いてください。");
}

/// Who depends on power counts under it alone: its places are the scarcest.
void set_needs(AnonymousDemand& demand, const registry::Needs& needs, const PlanningRules& rules) {
  using registry::Equipment;
  using registry::NeedClass;
  const auto required = [&](Equipment equipment) -> bool& {
    return demand.requires_equipment.at(static_cast<std::size_t>(equipment));
  };
  const bool lying = contains(rules.stretcher_profiles, demand.profile);
  const bool on_wheels = contains(rules.wheelchair_profiles, demand.profile);
  required(Equipment::Power) =
      needs.power_loss_endangers_life ||
      std::ranges::any_of(needs.devices, [](const auto& device) { return device.power_w > 0; });
  required(Equipment::Bed) = lying;
  required(Equipment::StepFree) = lying || on_wheels;
  required(Equipment::Ostomate) =
      std::ranges::find(needs.medical_care, registry::MedicalCare::Stoma) !=
      needs.medical_care.end();
  demand.need = required(Equipment::Power) ? NeedClass::Power
                : lying                    ? NeedClass::Stretcher
                : on_wheels                ? NeedClass::Wheelchair
                                           : NeedClass::None;
  for (const registry::Device& device : needs.devices) {
    if (device.battery_minutes) {
      const int batteries = device.spare_battery ? 2 : 1;
      const std::int64_t lasts = std::int64_t{*device.battery_minutes} * 60 * batteries;
      demand.battery_s = std::min(demand.battery_s.value_or(lasts), lasts);
    }
  }
}

}  // namespace

MobilityRules parse_mobility_rules(std::string_view toml) {
  const toml::table root = parse_toml(toml, "mobility.toml");
  const TomlReader top(root, "mobility.toml");
  top.allow_only({"otherwise", "stated", "guessed", "transport"});
  MobilityRules rules;
  rules.otherwise = top.text("otherwise");
  for (const TomlReader& entry : top.tables("stated")) {
    entry.allow_only({"mobility", "profile", "source"});
    rules.stated.emplace_back(
        named<registry::Mobility>(entry.text("mobility"), kMobilities, "stated.mobility"),
        entry.text("profile"));
  }
  for (const TomlReader& entry : top.tables("guessed")) {
    entry.allow_only({"profile", "kind", "grades", "parts", "source"});
    rules.guessed.push_back(
        {entry.text("profile"),
         named<registry::CertificateKind>(entry.text("kind"), kCertificateKinds, "guessed.kind"),
         entry.texts("grades"), entry.texts("parts")});
  }
  for (const TomlReader& entry : top.tables("transport")) {
    entry.allow_only({"transport", "profile", "vehicle", "source"});
    rules.transport.push_back({.transport = transport_named(entry),
                               .profile = entry.text("profile"),
                               .vehicle_from = vehicle_from(entry)});
  }
  return rules;
}

AnonymousDemand anonymous_demand(const registry::PlanSubject& subject, std::size_t index,
                                 const DemandRules& rules, int companions, registry::Date on) {
  AnonymousDemand demand;
  demand.index = index;
  demand.profile = profile_of(subject.registrant, rules.mobility, on);
  demand.seats = static_cast<std::uint32_t>(1 + companions);
  demand.hands = subject.needs.hands;
  if (const auto& place = subject.registrant.person.position) {
    demand.home = route::from_degrees(place->lat, place->lon);
  }
  set_needs(demand, subject.needs, rules.planning);
  set_vehicle(demand, subject.needs, rules.mobility);
  return demand;
}

}  // namespace planner
