// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/places.hpp"
#include "cli/plans_geojson.hpp"
#include "cli/report.hpp"
#include "planner/hazard_words.hpp"
#include "route/alternatives.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr unsigned kLongestMin = 60 * 24 * 365;

struct RouteOptions {
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

/// From where to where, and how far a place may be from a road.
struct Trip {
  const planner::CityRoads& roads;
  route::LatLon from;
  route::LatLon to;
  double limit_m = 0;
};

/// The way in one state of the roads, or how far it got.
struct Found {
  route::Metric metric;
  std::optional<route::SnapCandidate> start;
  std::optional<route::SnapCandidate> goal;
  std::optional<route::Path> path;
};

Found find(const Trip& trip, const route::MetricRequest& request) {
  const planner::CityRoads& roads = trip.roads;
  Found found{.metric = make_metric(roads.graph, request), .start = {}, .goal = {}, .path = {}};
  found.start = snap(roads, found.metric, trip.from, trip.limit_m);
  found.goal = snap(roads, found.metric, trip.to, trip.limit_m);
  if (found.start && found.goal) {
    found.path = find_path({roads.graph, found.metric, request.profile, &roads.edge_hazards,
                            roads.turns_for(request.profile)},
                           found.start->position, found.goal->position);
  }
  return found;
}

/// The way that shares the least with the first one, for the day that one is blocked.
Json second_way(const route::PathRequest& request, const Found& first, const Context& context) {
  const auto second =
      find_alternative(request, *first.path, first.start->position, first.goal->position);
  if (!second) {
    return not_found(context.say("ほかに通れる経路がありません。", "there is no other way"));
  }
  Json result = way_json(second->path);
  result["extra_s"] = route::seconds(second->extra);
  result["shared_s"] = route::seconds(second->shared_duration);
  result["shared_length_m"] = second->shared_length_m;
  return result;
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
  if (!found.start) {
    return no_road_near_start(context, trip.limit_m);
  }
  if (!found.goal) {
    return context.say("目的地の近くに、この移動手段で通れる道がありません: ",
                       "no road this profile can use near the destination: ") +
           std::to_string(static_cast<int>(trip.limit_m)) + " m";
  }
  return context.say("この移動手段で通れる経路がつながっていません。",
                     "no connected way that this profile can use");
}

Json answer(const RouteOptions& options, const Context& context) {
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
  Json result = found.path ? way_json(*found.path)
                           : not_found(reason_for_none(trip, found, request, context));
  result["profile"] = options.profile;
  result["closed_edges"] = request.closed.size();
  if (found.start && found.goal) {
    result["from"] = to_json(*found.start);
    result["to"] = to_json(*found.goal);
  }
  if (found.path && options.second) {
    result["second"] = second_way(
        {roads->graph, found.metric, profile, &roads->edge_hazards, roads->turns_for(profile)},
        found, context);
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
            << whole_minutes(second["duration_s"].get<double>()) << context.say(" 分（", " min (")
            << whole_minutes(second["extra_s"].get<double>())
            << context.say(" 分長い）、距離 ", " min longer), length ")
            << std::lround(second["length_m"].get<double>())
            << context.say(" m、第 1 経路と同じ区間 ", " m, shared with the first ")
            << std::lround(second["shared_length_m"].get<double>()) << " m\n";
}

void print_route(const Json& result, const Context& context) {
  if (!result["found"].get<bool>()) {
    std::cout << context.say("経路なし: ", "No route: ") << result["reason"].get<std::string>()
              << '\n';
    return;
  }
  std::cout << context.say("所要時間 ", "Duration ")
            << whole_minutes(result["duration_s"].get<double>())
            << context.say(" 分、距離 ", " min, length ")
            << std::lround(result["length_m"].get<double>())
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
  const auto options = std::make_shared<RouteOptions>();
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
  command->add_flag("--second,--alternatives", options->second,
                    "第 1 経路となるべく重ならない第 2 経路も示す (a second way, as disjoint as "
                    "possible)");
  command->footer([options] { return profile_list(options->dir); });
  command->callback([options, &context] {
    const Json result = answer(*options, context);
    if (context.json) {
      print_json(result);
    } else {
      print_route(result, context);
    }
  });
}

}  // namespace cli
