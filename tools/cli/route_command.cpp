// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/plans_geojson.hpp"
#include "cli/report.hpp"
#include "planner/hazard_words.hpp"
#include "registry/error.hpp"
#include "route/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr unsigned kLongestMin = 60 * 24 * 365;

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

/// From where to where, and how far a place may be from a road.
struct Trip {
  const planner::CityRoads& roads;
  route::LatLon from;
  route::LatLon to;
  double limit_m = 0;
};

/// The way in one state of the roads, or how far it got.
struct Found {
  route::RoadPosition start;
  route::RoadPosition goal;
  std::optional<route::Path> path;
};

Found find(const Trip& trip, const route::MetricRequest& request) {
  const planner::CityRoads& roads = trip.roads;
  const route::Metric metric = make_metric(roads.graph, request);
  Found found{
      snap(roads, metric, trip.from, trip.limit_m), snap(roads, metric, trip.to, trip.limit_m), {}};
  if (found.start.edge.valid() && found.goal.edge.valid()) {
    found.path = find_path({roads.graph, metric, request.profile, &roads.edge_hazards}, found.start,
                           found.goal);
  }
  return found;
}

/// Why there is no way: closures and hazards are named only if there is one without them.
std::string reason_for_none(const Trip& trip, const Found& found, route::MetricRequest request,
                            const Context& context) {
  if (!request.closed.empty()) {
    request.closed.clear();
    if (find(trip, request).path) {
      return context.say("通行止めのため、通れる経路がありません: ",
                         "closed roads leave no way: ") +
             trip.roads.closing_reasons(request.profile, request.at_s);
    }
  }
  if (request.hazards != nullptr) {
    request.hazards = nullptr;
    if (find(trip, request).path) {
      return context.say("災害で通れなくなった道のため、経路がありません。",
                         "the hazards of this time leave no way");
    }
  }
  const std::string meters = std::to_string(static_cast<int>(trip.limit_m)) + " m";
  if (!found.start.edge.valid()) {
    return context.say("出発地の近くに、この移動手段で通れる道がありません: ",
                       "no road this profile can use near the start: ") +
           meters;
  }
  if (!found.goal.edge.valid()) {
    return context.say("目的地の近くに、この移動手段で通れる道がありません: ",
                       "no road this profile can use near the destination: ") +
           meters;
  }
  return context.say("この移動手段で通れる経路がつながっていません。",
                     "no connected way that this profile can use");
}

Json answer(const Options& options, const Context& context) {
  const CityFolder city(options.dir);
  const route::LatLon from = parse_place(options.from, "--from");
  const route::LatLon to = parse_place(options.to, "--to");
  const auto roads = city.roads();
  const route::MobilityProfile& profile = profile_named(roads->profiles, options.profile);
  const std::uint32_t at_s = options.after_minutes.value_or(0) * 60;
  const route::MetricRequest request{
      .profile = profile,
      .hazards = options.after_minutes ? &roads->edge_hazards : nullptr,
      .at_s = at_s,
      .closed = roads->closed_to(profile, at_s)};
  const Trip trip{*roads, from, to, static_cast<double>(city.local_plan().snap_limit_m)};
  const Found found = find(trip, request);
  Json result = found.path ? to_json(*found.path, *roads)
                           : no_route(reason_for_none(trip, found, request, context));
  result["profile"] = options.profile;
  result["closed_edges"] = request.closed.size();
  if (found.start.edge.valid() && found.goal.edge.valid()) {
    result["from"] = snapped(found.start);
    result["to"] = snapped(found.goal);
  }
  return result;
}

/// The profiles of the city, or of a new one as long as no city is named. Help never fails: what is
/// wrong with the file stands in it.
std::string profile_list(const std::string& dir) {
  const std::filesystem::path folder = dir.empty() ? TOMONI_DATA_DIR : dir;
  std::string text = "移動手段 (profiles):";
  try {
    for (const route::MobilityProfile& profile :
         route::parse_profiles(read_file(folder / "rules" / "profiles.toml"))) {
      text += "\n  " + profile.name + "  " + profile.label_ja;
    }
  } catch (const std::exception& error) {
    text += std::string("\n  ") + error.what();
  }
  return text;
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
                   "移動手段。下の一覧の名前 (one of the profiles below)")
      ->capture_default_str();
  command
      ->add_option("--after-minutes,--at-min", options->after_minutes,
                   "災害開始からの分。そのときの浸水と通行止めで閉じた道を避ける (minutes into the "
                   "event; roads closed by then are avoided)")
      ->check(CLI::Range(0U, kLongestMin));
  command->footer([options] { return profile_list(options->dir); });
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
