// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/places.hpp"
#include "cli/plans_geojson.hpp"
#include "cli/report.hpp"
#include "planner/hazard_words.hpp"
#include "route/alternatives.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string dir;
  std::string from;
  std::string to;
  std::string profile = "walk";
  std::optional<unsigned> after_minutes;
  bool second = false;
};

Json way_json(const route::Path& path) {
  Json hazards = Json::array();
  for (const route::EdgeHazard& hazard : path.hazards) {
    hazards.push_back(planner::hazard_words(hazard.kind, hazard.rank, hazard.arrival_s));
  }
  return {{"found", true},
          {"duration_s", route::seconds(path.duration)},
          {"length_m", path.length_m},
          {"steps_met", path.steps_met},
          {"steps_length_m", path.steps_length_m},
          {"steepest_up_permille", path.steepest_up_permille},
          {"steepest_down_permille", path.steepest_down_permille},
          {"unverified_m", path.unverified_m},
          {"hazards_met", hazards},
          {"geometry", line_string(path.shape)}};
}

/// The way that shares the least with the first one, for the day that one is blocked.
Json second_way(const route::PathRequest& request, const route::Path& first,
                const route::RoadPosition& start, const route::RoadPosition& goal,
                const Context& context) {
  const auto second = find_alternative(request, first, start, goal);
  if (!second) {
    return not_found(context.say("ほかに通れる経路がありません。", "there is no other way"));
  }
  Json result = way_json(second->path);
  result["extra_s"] = route::seconds(second->extra);
  result["shared_s"] = route::seconds(second->shared_duration);
  result["shared_length_m"] = second->shared_length_m;
  return result;
}

Json answer(const Options& options, const Context& context) {
  const CityFolder city(options.dir);
  const route::LatLon from = parse_place(options.from, "--from");
  const route::LatLon to = parse_place(options.to, "--to");
  const auto roads = city.roads();
  const route::MobilityProfile& profile = profile_named(roads->profiles, options.profile);
  const route::Metric metric =
      make_metric(roads->graph, {.profile = profile,
                                 .hazards = options.after_minutes ? &roads->edge_hazards : nullptr,
                                 .at_s = options.after_minutes.value_or(0) * 60});
  const double limit_m = city.local_plan().snap_limit_m;
  const auto start = snap(*roads, metric, from, limit_m);
  const auto goal = snap(*roads, metric, to, limit_m);
  if (!start) {
    return not_found(no_road_near_start(context, limit_m));
  }
  if (!goal) {
    return not_found(context.say("目的地の近くに、この移動手段で通れる道がありません: ",
                                 "no road this profile can use near the destination: ") +
                     std::to_string(static_cast<int>(limit_m)) + " m");
  }
  const route::PathRequest request{roads->graph, metric, profile, &roads->edge_hazards,
                                   roads->turns_for(profile)};
  const auto path = find_path(request, start->position, goal->position);
  Json result = path ? way_json(*path)
                     : not_found(context.say("この移動手段で通れる経路がつながっていません。",
                                             "no connected way that this profile can use"));
  result["profile"] = options.profile;
  result["from"] = to_json(*start);
  result["to"] = to_json(*goal);
  if (path && options.second) {
    result["second"] = second_way(request, *path, start->position, goal->position, context);
  }
  return result;
}

void warn_of_closed_roads(const Json& result, const Context& context) {
  for (const char* end : {"from", "to"}) {
    if (result[end]["crosses_closed_road"].get<bool>()) {
      std::cout << context.say("注意: 道路までの直線が、歩行者の通れない道路を横切ります。",
                               "Caution: the line to the road crosses a road closed to people.")
                << '\n';
    }
  }
}

void print_second(const Json& second, const Context& context) {
  if (!second["found"].get<bool>()) {
    std::cout << context.say("第 2 経路なし: ", "No second route: ")
              << second["reason"].get<std::string>() << '\n';
    return;
  }
  std::cout << context.say("第 2 経路: 所要時間 ", "Second route: duration ")
            << second["duration_s"].get<double>() / 60 << context.say(" 分（", " min (")
            << second["extra_s"].get<double>() / 60
            << context.say(" 分長い）、距離 ", " min longer), length ")
            << second["length_m"].get<double>()
            << context.say(" m、第 1 経路と同じ区間 ", " m, shared with the first ")
            << second["shared_length_m"].get<double>() << " m\n";
}

void print_words(const Json& result, const Context& context) {
  if (!result["found"].get<bool>()) {
    std::cout << context.say("経路なし: ", "No route: ") << result["reason"].get<std::string>()
              << '\n';
    return;
  }
  std::cout << context.say("所要時間 ", "Duration ") << result["duration_s"].get<double>() / 60
            << context.say(" 分、距離 ", " min, length ") << result["length_m"].get<double>()
            << context.say(" m、階段 ", " m, stairways ") << result["steps_met"] << '\n';
  for (const Json& hazard : result["hazards_met"]) {
    std::cout << context.say("通過する危険区域: ", "Hazard on the way: ")
              << hazard.get<std::string>() << '\n';
  }
  warn_of_closed_roads(result, context);
  if (result.contains("second")) {
    print_second(result["second"], context);
  }
}

}  // namespace

void add_route(CLI::App& app, Context& context) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("route", "2 地点間の経路 (way between two places)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--from", options->from, "出発地 緯度,経度 (LAT,LON)")->required();
  command->add_option("--to", options->to, "目的地 緯度,経度 (LAT,LON)")->required();
  command
      ->add_option("--profile", options->profile,
                   "移動手段 (walk, assisted, wheelchair, stretcher, vehicle)")
      ->capture_default_str();
  command->add_option("--after-minutes", options->after_minutes,
                      "災害開始からの分。それまでに浸水した道を閉じる (minutes into the event)");
  command->add_flag("--second,--alternatives", options->second,
                    "第 1 経路となるべく重ならない第 2 経路も示す (a second way, as disjoint as "
                    "possible)");
  command->callback([options, &context] {
    const Json result = answer(*options, context);
    if (context.json) {
      print_json(result);
    } else {
      print_words(result, context);
    }
  });
}

}  // namespace cli
