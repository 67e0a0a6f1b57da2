// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_scenario.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "planner/toml_reader.hpp"

namespace planner {
namespace {

constexpr double kScenarioPercent = 100;
constexpr std::int64_t kLongestMinutes = std::int64_t{7} * 24 * 60;
constexpr std::int64_t kMinute = 60;

std::string quoted(const std::string& text) {
  return "「" + text + "」";
}

std::int64_t minutes(const TomlReader& from, std::string_view key) {
  return from.integer(key, 0, kLongestMinutes) * kMinute;
}

/// The hour of a start written `2026-11-21T09:00`.
int hour_of(const TomlReader& top, const std::string& start) {
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kLength = 16;
  int hour = -1;
  int minute = -1;
  if (start.size() == kLength && start[kDate] == 'T' && start[kDate + 3] == ':' &&
      registry::parse_iso_date(start.substr(0, kDate))) {
    std::from_chars(&start[kDate + 1], &start[kDate + 3], hour);
    std::from_chars(&start[kDate + 4], start.data() + kLength, minute);
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    top.fail("start", "は " + quoted(start) +
                          " ではなく、日本時間で 2026-11-21T09:00 のように書いてください。");
  }
  return hour;
}

registry::HazardKind hazard_of(const TomlReader& top) {
  const std::string name = top.text("hazard");
  const auto kind = registry::parse_hazard_kind(name);
  if (!kind) {
    std::string known;
    for (std::size_t i = 0; i < registry::kHazardKinds; ++i) {
      known += (i == 0 ? "" : "、") +
               std::string(registry::to_text(static_cast<registry::HazardKind>(i)));
    }
    top.fail("hazard", "の " + quoted(name) + " は災害の種別ではありません。" + known +
                           " のどれかを書いてください。");
  }
  return *kind;
}

/// Places of the areas meant by a name or a code.
std::vector<std::size_t> areas_of(const TomlReader& order, const ScenarioWorld& world) {
  std::vector<std::size_t> places;
  for (const std::string& name : order.texts("areas")) {
    const std::size_t before = places.size();
    for (std::size_t i = 0; i < world.areas.size(); ++i) {
      if (world.areas[i].name == name || world.areas[i].code == name) {
        places.push_back(i);
      }
    }
    if (places.size() == before) {
      order.fail("order.areas", "の " + quoted(name) +
                                    " という地区は、取り込んだ地区にありません（" +
                                    std::to_string(world.areas.size()) +
                                    " 地区）。名前かコードを確かめるか、tomoni import areas "
                                    "で地区を取り込んでください。");
    }
    if (places.size() > before + 1) {
      order.fail("order.areas",
                 "の " + quoted(name) + " は地区が " + std::to_string(places.size() - before) +
                     " つあり、どれか決まりません。名前の代わりにコードを書いてください。");
    }
  }
  std::ranges::sort(places);
  if (std::ranges::adjacent_find(places) != places.end()) {
    order.fail("order.areas", "に同じ地区が2回あります。1つにしてください。");
  }
  return places;
}

/// Orders stand in the order of their times, and no area goes back to a lower level.
void check_order(const TomlReader& entry, const std::vector<DrillOrder>& before,
                 const DrillOrder& order) {
  if (before.empty()) {
    return;
  }
  if (order.at_s < before.back().at_s) {
    entry.fail("order.at_min", "の " + std::to_string(order.at_s / kMinute) + " 分が、前に書いた " +
                                   std::to_string(before.back().at_s / kMinute) +
                                   " 分より早くなっています。時刻の早い順に書いてください。");
  }
  for (const DrillOrder& earlier : before) {
    const bool same_area = earlier.areas.empty() || order.areas.empty() ||
                           std::ranges::any_of(order.areas, [&](std::size_t area) {
                             return std::ranges::find(earlier.areas, area) != earlier.areas.end();
                           });
    if (same_area && order.level <= earlier.level) {
      entry.fail("order.level", "の " + std::to_string(order.level) +
                                    " は、同じ地区に先に出した警戒レベル " +
                                    std::to_string(earlier.level) +
                                    " より高くありません。レベルは上がる順に書いてください。");
    }
  }
}

std::vector<DrillOrder> orders_of(const TomlReader& top, const DrillScenario& scenario,
                                  const ScenarioWorld& world) {
  std::vector<DrillOrder> orders;
  for (const TomlReader& entry : top.tables("order")) {
    entry.allow_only({"level", "at_min", "areas"});
    DrillOrder order{.level = static_cast<int>(entry.integer("level", 3, 5)),
                     .at_s = minutes(entry, "at_min"),
                     .areas = areas_of(entry, world)};
    check_order(entry, orders, order);
    if (order.at_s >= scenario.horizon_s) {
      entry.fail("order.at_min", "の " + std::to_string(order.at_s / kMinute) +
                                     " 分は、訓練の終わり（horizon_min）より後です。");
    }
    orders.push_back(std::move(order));
  }
  if (orders.empty() && family_of(scenario.hazard) == registry::HazardFamily::WindAndFlood) {
    top.fail("order",
             "が一つもありません。風水害は避難情報で動き出します。[[order]] に level と at_min "
             "を書いてください。");
  }
  return orders;
}

std::vector<HazardStep> steps_of(const TomlReader& top) {
  std::vector<HazardStep> steps;
  for (const TomlReader& entry : top.tables("hazard_step")) {
    entry.allow_only({"file", "at_min"});
    HazardStep step{.file = entry.text("file"), .at_s = minutes(entry, "at_min")};
    if (!steps.empty() && step.at_s < steps.back().at_s) {
      entry.fail("hazard_step.at_min", "の " + std::to_string(step.at_s / kMinute) +
                                           " 分が、前に書いた時刻より早くなっています。"
                                           "時刻の早い順に書いてください。");
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

const registry::Shelter& shelter_named(const TomlReader& entry, const std::string& name,
                                       const ScenarioWorld& world) {
  const registry::Shelter* found = nullptr;
  for (const registry::Shelter& shelter : world.shelters) {
    if (shelter.id.value == name || shelter.common_id == name || shelter.name == name) {
      if (found != nullptr) {
        entry.fail("shelter.name", "の " + quoted(name) +
                                       " という避難所は2つ以上あります。共通ID "
                                       "を書いてください。");
      }
      found = &shelter;
    }
  }
  if (found == nullptr) {
    entry.fail("shelter.name", "の " + quoted(name) + " という避難所は台帳にありません（" +
                                   std::to_string(world.shelters.size()) +
                                   " か所）。名前か共通ID を確かめてください。");
  }
  return *found;
}

std::vector<ShelterHours> shelters_of(const TomlReader& top, const ScenarioWorld& world) {
  constexpr std::int64_t kMostSeats = 1'000'000;
  std::vector<ShelterHours> all;
  for (const TomlReader& entry : top.tables("shelter")) {
    entry.allow_only({"name", "opens_min", "closes_min", "capacity"});
    ShelterHours hours;
    const std::string name = entry.text("name");
    hours.shelter = shelter_named(entry, name, world).id;
    hours.opens_s = entry.has("opens_min") ? minutes(entry, "opens_min") : 0;
    if (entry.has("closes_min")) {
      hours.closes_s = minutes(entry, "closes_min");
      if (*hours.closes_s <= hours.opens_s) {
        entry.fail("shelter.closes_min",
                   "の " + std::to_string(*hours.closes_s / kMinute) + " 分が、" + quoted(name) +
                       " を開く " + std::to_string(hours.opens_s / kMinute) +
                       " 分より後ではありません。閉める時刻を開く時刻より後にしてください。");
      }
    }
    if (entry.has("capacity")) {
      hours.seats = static_cast<std::uint32_t>(entry.integer("capacity", 0, kMostSeats));
    }
    if (std::ranges::find(all, hours.shelter, &ShelterHours::shelter) != all.end()) {
      entry.fail("shelter.name", "の " + quoted(name) + " が2回あります。1つにしてください。");
    }
    all.push_back(hours);
  }
  return all;
}

double share(const TomlReader& from, std::string_view key, double otherwise) {
  return from.has(key) ? from.number(key, 0, kScenarioPercent) / kScenarioPercent : otherwise;
}

void read_light(const TomlReader& top, const DrillRules& rules, DrillScenario& scenario) {
  const int hour = hour_of(top, scenario.start);
  scenario.night = top.has("night") ? top.boolean("night")
                                    : hour >= rules.night_from_hour || hour < rules.night_to_hour;
  scenario.rain = top.has("rain") && top.boolean("rain");
}

}  // namespace

DrillScenario parse_drill_scenario(std::string_view toml, std::string_view file,
                                   const ScenarioWorld& world) {
  const toml::table root = parse_toml(toml, file);
  const TomlReader top(root, file);
  top.allow_only({"name", "hazard", "start", "horizon_min", "step_min", "night", "rain",
                  "city_hazards", "hazard_step", "collapse_percent", "order", "at_home_percent",
                  "supporters_percent", "assume_shared", "shelter", "city_closures", "closures"});
  DrillScenario scenario;
  scenario.name = top.text("name");
  scenario.hazard = hazard_of(top);
  scenario.start = top.text("start");
  read_light(top, world.rules, scenario);
  scenario.horizon_s = top.integer("horizon_min", 1, kLongestMinutes) * kMinute;
  scenario.step_s = top.integer("step_min", 1, kLongestMinutes) * kMinute;
  if (scenario.step_s > scenario.horizon_s) {
    top.fail("step_min", "が horizon_min より長くなっています。短くしてください。");
  }
  scenario.city_hazards = !top.has("city_hazards") || top.boolean("city_hazards");
  scenario.steps = steps_of(top);
  if (top.has("collapse_percent") &&
      family_of(scenario.hazard) != registry::HazardFamily::Earthquake) {
    top.fail("collapse_percent",
             "は地震の家屋の倒壊です。hazard が地震でないときは消してください。");
  }
  if (family_of(scenario.hazard) == registry::HazardFamily::Earthquake) {
    scenario.collapse_percent = top.has("collapse_percent")
                                    ? top.number("collapse_percent", 0, kScenarioPercent)
                                    : world.collapse_percent;
  }
  scenario.orders = orders_of(top, scenario, world);
  const DrillRules& rules = world.rules;
  scenario.at_home =
      share(top, "at_home_percent", scenario.night ? rules.at_home_night : rules.at_home_day);
  scenario.supporters_available = share(
      top, "supporters_percent", scenario.night ? rules.supporters_night : rules.supporters_day);
  scenario.assume_shared = top.has("assume_shared") && top.boolean("assume_shared");
  scenario.shelters = shelters_of(top, world);
  scenario.city_closures = !top.has("city_closures") || top.boolean("city_closures");
  scenario.closures = top.has("closures") ? top.text("closures") : std::string();
  return scenario;
}

}  // namespace planner
