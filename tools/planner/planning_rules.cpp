// SPDX-License-Identifier: Apache-2.0
#include "planner/planning_rules.hpp"

#include <algorithm>

#include "planner/toml_reader.hpp"
#include "registry/error.hpp"

namespace planner {
namespace {

constexpr std::string_view kFile = "planning.toml";
constexpr std::int64_t kMostMinutes = std::int64_t{7} * 24 * 60;

std::int64_t seconds(const TomlReader& table, std::string_view key) {
  return table.integer(key, 0, kMostMinutes) * 60;
}

Spread spread(const TomlReader& table, std::string_view key) {
  const std::vector<std::int64_t> minutes = table.integers(key, 0, kMostMinutes);
  if (minutes.size() != 2 || minutes[1] < minutes[0]) {
    table.fail(key, "には [中央値, 90％値] の順に、分を二つ書いてください。");
  }
  return {minutes[0] * 60, minutes[1] * 60};
}

std::size_t family_index(const TomlReader& table) {
  const std::string name = table.text("name");
  for (std::size_t i = 0; i < 3; ++i) {
    if (to_text(static_cast<registry::HazardFamily>(i)) == name) {
      return i;
    }
  }
  table.fail("name", "には 風水害、地震、火災 のどれかを書いてください。");
}

void read_families(const TomlReader& top, PlanningRules& rules) {
  std::array<bool, 3> read{};
  for (const TomlReader& table : top.tables("family")) {
    table.allow_only(
        {"name", "signal", "limit_min", "limit_cause", "notify_min", "gather_min", "source"});
    const std::size_t index = family_index(table);
    if (read.at(index)) {
      table.fail("name", "が重なっています。一つの系統は一度だけ書いてください。");
    }
    read.at(index) = true;
    (void)table.text("source");
    rules.families.at(index) = {.signal = table.text("signal"),
                                .limit_s = seconds(table, "limit_min"),
                                .limit_cause = table.text("limit_cause"),
                                .notify = spread(table, "notify_min"),
                                .gather_s = seconds(table, "gather_min")};
  }
  if (std::ranges::find(read, false) != read.end()) {
    top.fail("family",
             "が足りません。風水害、地震、火災 のそれぞれに [[family]] を書いてください。");
  }
}

void read_preparation(const TomlReader& top, PlanningRules& rules) {
  for (const TomlReader& table : top.tables("preparation")) {
    table.allow_only({"profiles", "minutes", "source"});
    (void)table.text("source");
    rules.preparation.push_back({table.texts("profiles"), spread(table, "minutes")});
  }
  if (rules.preparation.empty()) {
    top.fail("preparation", "がありません。[[preparation]] を一つ以上書いてください。");
  }
}

void read_supporter(const TomlReader& table, PlanningRules& rules) {
  table.allow_only({"ready_min", "profile", "unknown_travel_min", "retreat_margin_min", "enough",
                    "absence", "proposal_min", "source"});
  (void)table.text("source");
  rules.supporter_ready = spread(table, "ready_min");
  rules.supporter_profile = table.text("profile");
  rules.unknown_supporter_travel_s = seconds(table, "unknown_travel_min");
  rules.retreat_margin_s = seconds(table, "retreat_margin_min");
  rules.enough_supporters = static_cast<int>(table.integer("enough", 1, 10));
  rules.supporter_absence = table.number("absence", 0, 1);
  rules.proposal_s = seconds(table, "proposal_min");
}

SupporterFitRules supporter_fit(const TomlReader& table) {
  constexpr std::int64_t kMost = 1000;
  table.allow_only(
      {"not_trusted", "cannot_carry", "no_vehicle", "carrying_roles", "carried", "source"});
  (void)table.text("source");
  return {.not_trusted = static_cast<int>(table.integer("not_trusted", 0, kMost)),
          .cannot_carry = static_cast<int>(table.integer("cannot_carry", 0, kMost)),
          .no_vehicle = static_cast<int>(table.integer("no_vehicle", 0, kMost)),
          .carrying_roles = table.texts("carrying_roles"),
          .carried = table.texts("carried")};
}

}  // namespace

Spread PlanningRules::preparation_of(std::string_view profile) const {
  for (const PreparationRule& rule : preparation) {
    if (std::ranges::find(rule.profiles, profile) != rule.profiles.end()) {
      return rule.duration;
    }
  }
  return preparation.front().duration;
}

PlanningRules parse_planning_rules(std::string_view toml) {
  const toml::table root = parse_toml(toml, kFile);
  const TomlReader top(root, kFile);
  top.allow_only({"family", "preparation", "travel", "supporter", "supporter_fit", "needs",
                  "transfer", "stay"});
  PlanningRules rules;
  read_families(top, rules);
  read_preparation(top, rules);
  const TomlReader travel = top.table("travel");
  travel.allow_only({"p90_factor", "source"});
  (void)travel.text("source");
  rules.travel_p90_factor = travel.number("p90_factor", 1, 10);
  read_supporter(top.table("supporter"), rules);
  rules.fit = supporter_fit(top.table("supporter_fit"));
  const TomlReader needs = top.table("needs");
  needs.allow_only({"wheelchair", "stretcher", "source"});
  (void)needs.text("source");
  rules.wheelchair_profiles = needs.texts("wheelchair");
  rules.stretcher_profiles = needs.texts("stretcher");
  const TomlReader transfer = top.table("transfer");
  transfer.allow_only({"profiles", "vehicle", "boarding_min", "fleet", "source"});
  (void)transfer.text("source");
  rules.transfer_profiles = transfer.texts("profiles");
  rules.transfer_vehicle = transfer.text("vehicle");
  rules.boarding_s = seconds(transfer, "boarding_min");
  for (const TomlReader& vehicle : transfer.tables("fleet")) {
    constexpr std::int64_t kMost = 1000;
    vehicle.allow_only({"count", "seats", "wheelchairs"});
    rules.fleet.push_back(
        {.count = static_cast<int>(vehicle.integer("count", 1, kMost)),
         .seats = static_cast<int>(vehicle.integer("seats", 0, kMost)),
         .wheelchairs = static_cast<int>(vehicle.integer("wheelchairs", 0, kMost))});
  }
  const TomlReader stay = top.table("stay");
  stay.allow_only({"storey_cm", "ground_floor_cm", "source"});
  (void)stay.text("source");
  rules.storey_cm = static_cast<int>(stay.integer("storey_cm", 100, 1000));
  rules.ground_floor_cm = static_cast<int>(stay.integer("ground_floor_cm", 0, 300));
  return rules;
}

}  // namespace planner
