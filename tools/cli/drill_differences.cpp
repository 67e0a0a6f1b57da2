// SPDX-License-Identifier: Apache-2.0
// `tomoni drill differences`: plans against drills that were held, by person and by road.
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/drill_loop.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "planner/drill_residuals.hpp"
#include "planner/drill_rules.hpp"
#include "planner/drill_tracks.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct DifferenceOptions {
  std::string dir;
  std::string roads_csv;
  DrillName drill;
};

Json json_of(const registry::DrillResult& result) {
  std::int64_t moved = 0;
  for (const std::int64_t leg : result.row.legs_s) {
    moved += leg;
  }
  Json row = {{"drill", result.drill.name},
              {"held_on", registry::to_iso(result.drill.held_on)},
              {"hazard", registry::to_text(result.drill.hazard)},
              {"registrant", result.row.person.value},
              {"revision", result.revision},
              {"profile", result.profile},
              {"notified_by", result.row.notified_by},
              {"in_time", result.in_time},
              {"preparation_s",
               {{"planned", result.planned.preparation_s}, {"measured", result.row.prepare_s}}},
              {"travel_s", {{"planned", result.planned.travel_s}, {"measured", moved}}},
              {"total_s",
               {{"planned", result.planned.total_s()},
                {"measured", measured_total_s(result.row, result.planned)}}},
              {"helpers", {{"planned", result.planned_helpers}, {"needed", nullptr}}},
              {"moved_by", result.row.moved_by},
              {"cautions", result.row.cautions}};
  if (result.row.helpers) {
    row["helpers"]["needed"] = *result.row.helpers;
  }
  if (result.track && result.track->planned_s > 0) {
    row["track_s"] = {{"planned", std::lround(result.track->planned_s)},
                      {"measured", std::lround(result.track->measured_s)}};
  }
  return row;
}

void print_difference(const Json& row, const Context& context) {
  const auto pair = [&](const char* ja, const char* en, const Json& values) {
    std::cout << context.say(ja, en) << whole_minutes(values["planned"].get<double>()) << " → "
              << whole_minutes(values["measured"].get<double>()) << context.say("分  ", " min  ");
  };
  std::cout << row["registrant"].get<std::string>() << "  " << row["drill"].get<std::string>()
            << "  "
            << (row["in_time"].get<bool>() ? context.say("間に合った  ", "in time  ")
                                           : context.say("間に合わなかった  ", "late  "));
  pair("準備 ", "preparation ", row["preparation_s"]);
  pair("移動 ", "travel ", row["travel_s"]);
  pair("合計 ", "total ", row["total_s"]);
  if (row.contains("track_s")) {
    pair("軌跡 ", "track ", row["track_s"]);
  }
  if (row["track_contradicts"].get<bool>()) {
    std::cout << context.say("軌跡と計った移動時間が合わない（人や訓練の取り違えを確かめる）  ",
                             "track and stopwatch disagree (is it that person and drill?)  ");
  }
  if (!row["helpers"]["needed"].is_null()) {
    std::cout << context.say("援護 ", "helpers ") << row["helpers"]["planned"] << " → "
              << row["helpers"]["needed"];
  }
  std::cout << '\n';
}

Json json_of(const planner::RoadResidual& road) {
  return {{"way", road.way},       {"road", words_of(road)}, {"people", road.people},
          {"slower", road.slower}, {"ratio", road.ratio},    {"lost_s", std::lround(road.lost_s)},
          {"barred", road.barred}};
}

Json differences(const DifferenceOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const auto rules = planner::parse_drill_rules(city.rules("drill.toml"));
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  registry::DrillId drill;
  if (!options.drill.name.empty() || !options.drill.held_on.empty()) {
    drill = held_drill(session, options.drill).id;
  }
  Json document = {{"differences", Json::array()}, {"roads", Json::array()}};
  std::optional<planner::TrackFigures> figures;
  for (const registry::DrillResult& result : registry::DrillDesk(session).results(drill)) {
    if (result.track && !figures) {
      figures = planner::parse_track_figures(city.rules("tracks.toml"));
    }
    Json row = json_of(result);
    row["track_contradicts"] = figures && contradicts_stopwatch(result, *figures);
    document["differences"].push_back(std::move(row));
  }
  const auto roads = road_residuals(city, session, drill);
  for (const planner::RoadResidual& road : roads) {
    document["roads"].push_back(json_of(road));
  }
  document["most"] = rules.most_in_report;
  if (!options.roads_csv.empty()) {
    const planner::RoadTable table = road_table(roads, rules.least_group);
    document["roads_hidden"] = table.hidden;
    document["least_group"] = rules.least_group;
    if (!context.dry_run) {
      (void)write_table(options.roads_csv, "道路ごとの違い", table.table);
      document["roads_csv"] = options.roads_csv;
    }
  }
  return document;
}

/// A road that more than one person found slow: one alone says something of the person.
bool is_notable(const Json& road) {
  return road["slower"].get<std::size_t>() > 1 || road["barred"] != 0;
}

/// Roads on which people lost time, the most first.
void print_roads(const Json& document, const Context& context) {
  std::size_t shown = 0;
  for (const Json& road : document["roads"]) {
    if (!is_notable(road)) {
      continue;
    }
    if (shown++ == 0) {
      std::cout << context.say("道路ごと（遅れの合計の多い順）\n",
                               "By road (most time lost first)\n");
    }
    if (shown > document["most"].get<std::size_t>()) {
      break;
    }
    std::cout << "  " << road["road"].get<std::string>() << "（" << road["way"] << "）  "
              << road["people"] << context.say(" 人のうち ", " people, ") << road["slower"]
              << context.say(" 人が計画より遅い、時間は計画の ",
                             " slower than planned, time / plan ")
              << std::fixed << std::setprecision(2) << road["ratio"].get<double>()
              << context.say(" 倍、遅れの合計 ", ", lost in all ") << std::setprecision(1)
              << road["lost_s"].get<double>() / 60 << context.say(" 分", " min");
    if (road["barred"] != 0) {
      std::cout << context.say("、計画では通れない所を ", ", where the plan cannot pass ")
                << road["barred"] << context.say(" 人が通った", "");
    }
    std::cout << '\n';
  }
  if (document.contains("roads_csv")) {
    std::cout << context.say("道路ごとの表: ", "Table of roads: ")
              << document["roads_csv"].get<std::string>() << context.say("（", " (")
              << document["least_group"] << context.say(" 人より少ない道路 ", " people at least; ")
              << document["roads_hidden"]
              << context.say(" 本は載せていません）\n", " roads left out)\n");
  }
}

void print_differences(const Json& document, const Context& context) {
  if (document["differences"].empty()) {
    std::cout << context.say(
        "実際の訓練の結果はまだありません。tomoni drill import で取り込みます。\n",
        "No results yet: tomoni drill import takes them.\n");
    return;
  }
  std::cout << context.say("計画 → 実際（分は切り上げ）\n", "Plan → drill (minutes, rounded up)\n");
  std::vector<Json> rows = document["differences"];
  const auto excess = [](const Json& row) {  // who was late first, the most minutes over the plan
    return std::pair(row["in_time"].get<bool>(),
                     row["total_s"]["planned"].get<std::int64_t>() -
                         row["total_s"]["measured"].get<std::int64_t>());
  };
  std::ranges::stable_sort(rows, {}, excess);
  for (const Json& row : rows) {
    print_difference(row, context);
  }
  print_roads(document, context);
}

}  // namespace

std::vector<planner::RoadResidual> road_residuals(const CityFolder& city,
                                                  registry::Session& session,
                                                  const registry::DrillId& drill) {
  const auto walked = registry::DrillTracks(session).roads(drill);
  if (walked.empty()) {
    return {};
  }
  const auto figures = planner::parse_track_figures(city.rules("tracks.toml"));
  return planner::road_residuals(walked, figures.least_road_m);
}

void add_drill_differences(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<DifferenceOptions>();
  CLI::App* command = drill.add_subcommand(
      "differences", "計画と実際の訓練の違い、人ごと・道路ごと (plan against drill)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  add_drill_name(*command, options->drill, false);
  command->add_option("--roads-csv", options->roads_csv,
                      "道路ごとの表。外に出せるよう、少ない人数は伏せる (roads, CSV or .xlsx)");
  command->callback([options, &context] {
    const Json document = differences(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      print_differences(document, context);
    }
  });
}

}  // namespace cli
