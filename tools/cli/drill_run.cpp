// SPDX-License-Identifier: Apache-2.0
#include "cli/drill_run.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "planner/drill_disclosure.hpp"
#include "planner/drill_tables.hpp"
#include "planner/small_counts.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

std::string flag(bool value) {
  return value ? "1" : "0";
}

double mean_of(const std::vector<std::int64_t>& values) {
  double sum = 0;
  for (const std::int64_t value : values) {
    sum += static_cast<double>(value);
  }
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// A number, or the `*` in its place.
Json counted(const std::string& cell) {
  return cell == planner::kHiddenCount ? Json(cell) : Json(std::stoul(cell));
}

}  // namespace

registry::ResultFile results_of(const DrillSetting& setting, const DrillRuns& runs,
                                const route::DrillTotals& totals,
                                const planner::CutOffRuns& cut_off) {
  const planner::DrillScenario& scenario = setting.scenario();
  const planner::DrillWorld& world = setting.world();
  const auto number = [](std::size_t value) { return std::to_string(value); };
  const planner::DrillMeta meta = {
      {"program", std::string("tomoni ") + TOMONI_VERSION},
      {"name", scenario.name},
      {"hazard", std::string(registry::to_text(scenario.hazard))},
      {"start", scenario.start},
      {"horizon_min", std::to_string(scenario.horizon_s / 60)},
      {"step_min", std::to_string(scenario.step_s / 60)},
      {"night", flag(scenario.night)},
      {"rain", flag(scenario.rain)},
      {"seed", std::to_string(runs.seed)},
      {"first_run", "0"},
      {"runs", std::to_string(runs.runs)},
      {"scenario_hash", setting.scenario_hash()},
      {"rules_hash", setting.rules_hash()},
      {"data_hash", setting.data_hash()},
      {"players", number(world.people.size())},
      {"real", number(world.real)},
      {"stand_ins", number(world.stand_ins)},
      {"adjusted", number(world.adjusted)},
      {"left_out", number(world.left_out)},
      {"without_place", number(world.without_place)},
      {"recomputed", number(world.recomputed)},
      {"supporters", number(world.supporters.size())},
      {"walking_limit_m", std::to_string(static_cast<int>(setting.rules().walking_limit_m))},
      {"most", number(setting.rules().most_in_report)},
      {"least_group", number(setting.rules().least_group)},
      {"confidence", std::to_string(setting.rules().confidence)},
      {"scenario", setting.scenario_text()}};
  registry::ResultFile results = drill_tables(world, scenario, totals, meta);
  results.tables.push_back(planner::district_table(world, cut_off));
  return results;
}

Json summary_of(const registry::ResultFile& results) {
  const auto& run = results.table("run");
  Json causes = Json::object();
  for (std::size_t i = 1; i < route::kDrillCauses; ++i) {
    const auto cause = static_cast<route::DrillCause>(i);
    const std::string code(planner::code_of(cause));
    const double mean = mean_of(run.whole("cause_" + code));
    if (mean > 0) {
      causes[code] = {{"words", planner::words_of(cause)}, {"people", mean}};
    }
  }
  Json outcomes = Json::object();
  for (std::size_t i = 0; i < route::kDrillOutcomes; ++i) {
    const std::string code(planner::code_of(static_cast<route::DrillOutcome>(i)));
    outcomes[code] = mean_of(run.whole(code));
  }
  const auto& people = results.table("person");
  Json document = {{"name", planner::meta_of(results, "name")},
                   {"hazard", planner::meta_of(results, "hazard")},
                   {"runs", std::stoul(planner::meta_of(results, "runs"))},
                   {"seed", std::stoull(planner::meta_of(results, "seed"))},
                   {"players", people.rows()}};
  const registry::Table facts = planner::shareable_table(results.table("meta"));
  for (const char* key :
       {"real", "stand_ins", "adjusted", "left_out", "without_place", "recomputed", "supporters"}) {
    const auto row = std::ranges::find(facts.rows, key, [](const auto& each) { return each[0]; });
    document[key] = counted(row == facts.rows.end() ? planner::meta_of(results, key) : row->at(1));
  }
  document["outcomes"] = outcomes;
  document["causes"] = causes;
  std::vector<std::int64_t> ninety = run.whole("ninety_min");
  std::erase(ninety, -1);  // nobody got inside
  document["ninety_percent_min"] = ninety.empty() ? Json(nullptr) : Json(mean_of(ninety));
  for (const char* key : {"scenario_hash", "rules_hash", "data_hash"}) {
    document[key] = planner::meta_of(results, key);
  }
  return document;
}

}  // namespace cli
