// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/plans_geojson.hpp"
#include "cli/report.hpp"
#include "planner/hazard_words.hpp"
#include "registry/error.hpp"
#include "route/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string dir;
  std::string from;
  std::string to;
  std::string profile = "walk";
  std::optional<unsigned> after_minutes;
};

bool parse_degrees(std::string_view text, double limit, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::abs(value) <= limit;
}

/// `LAT,LON` in degrees; anything else is wrong use.
route::LatLon parse_place(const std::string& text, const char* option) {
  const std::string_view all(text);
  const std::size_t comma = all.find(',');
  double lat = 0;
  double lon = 0;
  if (comma == std::string_view::npos || !parse_degrees(all.substr(0, comma), 90, lat) ||
      !parse_degrees(all.substr(comma + 1), 180, lon)) {
    throw CLI::ValidationError(option,
                               "緯度,経度 の形で書いてください。例: 35.7251,139.5383 "
                               "(latitude,longitude in degrees)");
  }
  return route::from_degrees(lat, lon);
}

route::RoadPosition snap(const planner::CityRoads& roads, const route::Metric& metric,
                         route::LatLon place, double limit_m) {
  if (!roads.graph.bounds().contains(place)) {
    throw route::InputError(
        "道路データの範囲の外の座標です。緯度と経度の順と、取り込んだ道路の範囲を確かめてください"
        "。");
  }
  const auto found = roads.index.nearest(
      place, [&](route::EdgeId edge) { return metric.usable(roads.graph, edge); }, limit_m);
  return found.empty() ? route::RoadPosition{} : found.front();
}

Json snapped(const route::RoadPosition& position) {
  return {{"lat", position.point.lat()},
          {"lon", position.point.lon()},
          {"distance_m", position.distance_m}};
}

Json to_json(const route::Path& path, const planner::CityRoads&) {
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

Json no_route(const std::string& reason) {
  return {{"found", false}, {"reason", reason}};
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
  const route::RoadPosition start = snap(*roads, metric, from, limit_m);
  const route::RoadPosition goal = snap(*roads, metric, to, limit_m);
  const std::string meters = std::to_string(static_cast<int>(limit_m)) + " m";
  if (!start.edge.valid()) {
    return no_route(context.say("出発地の近くに、この移動手段で通れる道がありません: ",
                                "no road this profile can use near the start: ") +
                    meters);
  }
  if (!goal.edge.valid()) {
    return no_route(context.say("目的地の近くに、この移動手段で通れる道がありません: ",
                                "no road this profile can use near the destination: ") +
                    meters);
  }
  const auto path = find_path({roads->graph, metric, profile, &roads->edge_hazards}, start, goal);
  Json result = path ? to_json(*path, *roads)
                     : no_route(context.say("この移動手段で通れる経路がつながっていません。",
                                            "no connected way that this profile can use"));
  result["profile"] = options.profile;
  result["from"] = snapped(start);
  result["to"] = snapped(goal);
  return result;
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
