// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_rules.hpp"

#include <cmath>

#include "planner/toml_reader.hpp"

namespace planner {
namespace {

constexpr double kRulePercent = 100;
constexpr std::int64_t kMostMinutes = 24LL * 60;

std::int64_t seconds(const TomlReader& from, std::string_view key) {
  return from.integer(key, 0, kMostMinutes) * 60;
}

Spread spread(const TomlReader& from, std::string_view key) {
  const auto minutes = from.integers(key, 0, kMostMinutes);
  if (minutes.size() != 2 || minutes[1] < minutes[0]) {
    from.fail(key, "には [中央値, 90％値] の2つの分を、小さい順に書いてください。");
  }
  return {.p50_s = minutes[0] * 60, .p90_s = minutes[1] * 60};
}

TomlReader section(const TomlReader& top, std::string_view name,
                   std::initializer_list<std::string_view> keys) {
  const TomlReader part = top.table(name);
  part.allow_only(keys);
  (void)part.text("source");
  return part;
}

void read_channels(const TomlReader& top, DrillRules& rules) {
  for (const TomlReader& entry : top.tables("channel")) {
    entry.allow_only({"name", "reach_day", "reach_night", "minutes", "source"});
    (void)entry.text("source");
    rules.channels.push_back({.name = entry.text("name"),
                              .reach_day = entry.number("reach_day", 0, 1),
                              .reach_night = entry.number("reach_night", 0, 1),
                              .delay = spread(entry, "minutes")});
  }
  if (rules.channels.empty()) {
    top.fail("channel", "が一つもありません。知らせの届き方を [[channel]] で書いてください。");
  }
}

void read_start(const TomlReader& top, StartShares& start) {
  const TomlReader part = section(top, "start",
                                  {"at_once_percent", "after_errand_percent", "late_percent",
                                   "errand_min", "refuses", "late_min", "source"});
  start.at_once = part.number("at_once_percent", 0, kRulePercent) / kRulePercent;
  start.after_errand = part.number("after_errand_percent", 0, kRulePercent) / kRulePercent;
  start.late = part.number("late_percent", 0, kRulePercent) / kRulePercent;
  constexpr double kRounding = 1e-9;
  if (std::abs(start.at_once + start.after_errand + start.late - 1) > kRounding) {
    part.fail("late_percent", "までの3つの割合の合計を 100 にしてください。");
  }
  start.errand = spread(part, "errand_min");
  start.refuses = part.number("refuses", 0, 1);
  start.late_after = spread(part, "late_min");
}

void read_people(const TomlReader& top, DrillRules& rules) {
  const TomlReader night =
      section(top, "night", {"from_hour", "to_hour", "start_delay_min", "source"});
  rules.night_from_hour = static_cast<int>(night.integer("from_hour", 0, 23));
  rules.night_to_hour = static_cast<int>(night.integer("to_hour", 0, 23));
  rules.night_start_delay_s = seconds(night, "start_delay_min");
  const TomlReader home = section(top, "home", {"day", "night", "source"});
  rules.at_home_day = home.number("day", 0, 1);
  rules.at_home_night = home.number("night", 0, 1);
  const TomlReader supporter = section(top, "supporter",
                                       {"available_day", "available_night", "backup_call_min",
                                        "wait_for_hands_min", "loading_min", "source"});
  rules.supporters_day = supporter.number("available_day", 0, 1);
  rules.supporters_night = supporter.number("available_night", 0, 1);
  rules.backup_call_s = seconds(supporter, "backup_call_min");
  rules.wait_for_hands_s = seconds(supporter, "wait_for_hands_min");
  rules.loading_s = seconds(supporter, "loading_min");
}

void read_capacity(const TomlReader& top, DrillRules& rules) {
  constexpr double kMostFlow = 1000;
  const TomlReader road = section(
      top, "road", {"people_per_m_s", "narrow_below_cm", "room_wheels", "room_vehicle", "source"});
  rules.people_per_metre_second = road.number("people_per_m_s", 0.01, kMostFlow);
  rules.narrow_below_cm = static_cast<std::uint16_t>(road.integer("narrow_below_cm", 0, 10'000));
  rules.room_wheels = road.number("room_wheels", 0.1, kMostFlow);
  rules.room_vehicle = road.number("room_vehicle", 0.1, kMostFlow);
  rules.door_people_per_minute =
      section(top, "door", {"people_per_min", "source"}).number("people_per_min", 0.01, kMostFlow);
}

void read_report(const TomlReader& top, DrillRules& rules) {
  constexpr std::int64_t kMost = 100'000;
  const TomlReader report = section(top, "report", {"walking_limit_m", "most", "source"});
  rules.walking_limit_m = report.number("walking_limit_m", 0, kMost);
  rules.most_in_report = static_cast<std::size_t>(report.integer("most", 1, kMost));
  // A group of one would be the person.
  rules.least_group = static_cast<std::size_t>(
      section(top, "privacy", {"least_group", "source"}).integer("least_group", 2, kMost));
  const TomlReader part = section(
      top, "recalibration", {"least_results", "confidence_percent", "rounds", "seed", "source"});
  rules.least_results = static_cast<std::size_t>(part.integer("least_results", 2, kMost));
  rules.confidence = part.number("confidence_percent", 50, 99.9) / kRulePercent;
  rules.rounds = static_cast<std::uint32_t>(part.integer("rounds", 100, kMost));
  rules.seed = static_cast<std::uint64_t>(part.integer("seed", 0, kMost));
}

void read_study(const TomlReader& top, StudyRules& study) {
  constexpr std::int64_t kMost = 10'000;
  const TomlReader part = section(top, "improve",
                                  {"runs", "most", "earlier_min", "more_seats", "reception_factor",
                                   "door_wait_min", "vehicle_people", "source"});
  study.runs = static_cast<std::uint32_t>(part.integer("runs", 2, kMost));
  study.most = static_cast<std::size_t>(part.integer("most", 1, kMost));
  study.earlier_s = seconds(part, "earlier_min");
  study.more_seats = static_cast<std::uint32_t>(part.integer("more_seats", 1, kMost));
  study.reception_factor = part.number("reception_factor", 1, 100);
  study.door_wait_s = seconds(part, "door_wait_min");
  study.vehicle_people = static_cast<std::size_t>(part.integer("vehicle_people", 1, kMost));
}

}  // namespace

DrillRules parse_drill_rules(std::string_view toml) {
  const toml::table root = parse_toml(toml, "drill.toml");
  const TomlReader top(root, "drill.toml");
  top.allow_only({"channel", "start", "night", "home", "supporter", "road", "door", "report",
                  "privacy", "recalibration", "improve"});
  DrillRules rules;
  read_channels(top, rules);
  read_start(top, rules.start);
  read_people(top, rules);
  read_capacity(top, rules);
  read_report(top, rules);
  read_study(top, rules.study);
  return rules;
}

}  // namespace planner
