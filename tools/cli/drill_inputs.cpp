// SPDX-License-Identifier: Apache-2.0
#include "cli/drill_inputs.hpp"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "cli/files.hpp"
#include "planner/scenario_json.hpp"
#include "planner/shelter_permission.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDrillInputsPurpose = "避難訓練の準備と検討";

fs::path beside(const fs::path& scenario, const std::string& file) {
  return fs::path(file).is_absolute() ? fs::path(file) : scenario.parent_path() / file;
}

bool is_raster(const fs::path& file) {
  const fs::path kind = file.extension();
  return kind == ".tif" || kind == ".tiff" || kind == ".asc";
}

/// Areas from a vector file, or what is under water in a raster of depths.
route::HazardMap zones_of(const fs::path& file, registry::HazardKind hazard) {
  if (!is_raster(file)) {
    return route::import_hazards(file).map;
  }
  const auto kind = planner::zone_kind(hazard);
  if (!kind) {
    throw registry::InputError(file.string() + " は浸水深のラスターですが、シナリオの災害は「" +
                               std::string(to_text(hazard)) +
                               "」です。洪水・内水氾濫・高潮・津波のシナリオで使ってください。");
  }
  return route::import_depth_raster(file, *kind).map;
}

/// The zones of the scenario's own files, with the times at which they come.
route::HazardMap hazards_of(const planner::DrillScenario& scenario, const fs::path& file) {
  route::HazardMap map;
  for (const planner::HazardStep& step : scenario.steps) {
    route::HazardMap one = zones_of(beside(file, step.file), scenario.hazard);
    for (route::HazardZone& zone : one.zones) {
      zone.arrival_s = zone.arrival_s.value_or(0) + static_cast<std::uint32_t>(step.at_s);
      map.zones.push_back(std::move(zone));
    }
  }
  return map;
}

/// What plans are made for in the family of the scenario's hazard.
registry::HazardKind planned_hazard(const registry::LocalPlan& plan, registry::HazardKind hazard) {
  const auto found = std::ranges::find_if(plan.planning_hazards, [&](registry::HazardKind each) {
    return family_of(each) == family_of(hazard);
  });
  return found == plan.planning_hazards.end() ? hazard : *found;
}

}  // namespace

std::string hash_of(const std::string& text) {
  constexpr std::size_t kBytes = 16;
  std::array<unsigned char, kBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  std::string hex(2 * kBytes + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

std::string read_scenario(const fs::path& file) {
  std::string text = read_file(file);
  return file.extension() == ".json" ? planner::scenario_toml(text, file.filename().string())
                                     : text;
}

ScenarioBasis::ScenarioBasis(const CityFolder& city)
    : rules(planner::parse_drill_rules(city.rules("drill.toml"))),
      blockage(planner::parse_weakness_rules(city.rules("blockage.toml"))) {
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillInputsPurpose));
  areas = session.areas();
  shelters = session.shelters();
}

DrillSetting::DrillSetting(const std::string& dir, const fs::path& scenario)
    : city_(dir),
      inputs_(city_, {}),
      rules_(planner::parse_drill_rules(city_.rules("drill.toml"))),
      blockage_(planner::parse_weakness_rules(city_.rules("blockage.toml"))),
      holidays_(planner::parse_holidays(city_.rules("holidays.toml"))) {
  ScenarioBasis basis(city_);
  areas_ = std::move(basis.areas);
  shelters_ = std::move(basis.shelters);
  text_ = read_scenario(scenario);
  scenario_ = planner::parse_drill_scenario(
      text_, scenario.filename().string(), {areas_, shelters_, rules_, blockage_.collapse_percent});
  hazards_ = hazards_of(scenario_, scenario);
  for (const planner::HazardStep& step : scenario_.steps) {
    drawn_.push_back(beside(scenario, step.file));
  }
  if (!scenario_.closures.empty()) {
    drawn_.push_back(beside(scenario, scenario_.closures));
    closures_ = route::import_closures(drawn_.back()).closures;
  }
  roads_ = city_.roads();
}

void DrillSetting::join(const planner::Progress& progress, SecondWays second_ways) {
  auto registry = city_.open_registry();
  registry::Session session = registry.session(actor(kDrillInputsPurpose));
  planner::PlanRequest request = inputs_.request();
  request.hazards = {planned_hazard(inputs_.local_plan, scenario_.hazard)};
  request.store = false;
  request.second_ways = second_ways == SecondWays::ForAll;
  request.only_affected = true;
  const planner::PlanWorld everybody = plan_world(session, *roads_, request);
  const auto consents = registry::DrillDesk(session).consents(request.now);
  const planner::DrillCast cast = drill_cast(everybody, consents, rules_);
  world_ = drill_world(cast,
                       {.scenario = scenario_,
                        .rules = rules_,
                        .blockage = blockage_,
                        .holidays = holidays_,
                        .areas = areas_,
                        .hazards = hazards_,
                        .closures = closures_},
                       progress);
}

std::string DrillSetting::scenario_hash() const {
  std::string all = text_;
  for (const fs::path& file : drawn_) {
    all += hash_of(read_file(file));
  }
  return hash_of(all);
}

std::string DrillSetting::data_hash() const {
  std::string all = hash_of(read_file(city_.graph_file()));
  for (std::size_t i = 0; i < world_.people.size(); ++i) {
    const route::DrillPerson& person = world_.scene.people[i];
    all += world_.people[i].key + ' ' + world_.people[i].profile + ' ' +
           std::to_string(person.hands) + ' ' + std::to_string(person.seats) + ' ' +
           std::to_string(world_.people[i].planned_s);
    for (const std::uint32_t shelter : person.shelters) {
      all += ' ' + world_.shelters[shelter].id.value;
    }
    all += '\n';
  }
  return hash_of(all);
}

std::string DrillSetting::rules_hash() const {
  std::string all;
  for (const char* name : {"drill.toml", "planning.toml", "blockage.toml", "holidays.toml",
                           "profiles.toml", "mobility.toml"}) {
    all += city_.rules(name) + '\0';
  }
  return hash_of(all);
}

}  // namespace cli
