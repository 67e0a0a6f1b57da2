// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/places.hpp"
#include "cli/plan_inputs.hpp"
#include "cli/plans_geojson.hpp"
#include "cli/report.hpp"
#include "planner/shelter_permission.hpp"
#include "route/safe_departure.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using Kind = route::LatestDeparture::Kind;

struct DepartureOptions {
  std::string dir;
  std::string from;
  std::string profile = "walk";
  std::string hazard;
};

/// What the search needs, with the same metric for everything.
struct Roads {
  const planner::CityRoads& city;
  const route::MobilityProfile& profile;
  route::Metric metric;
  double limit_m = 0;
};

/// Shelters that may be a first destination, joined to the roads.
struct Destinations {
  std::vector<registry::Shelter> shelters;
  std::vector<route::SafeTarget> targets;  // parallel
};

Destinations permitted(const CityFolder& city, const Roads& roads, registry::HazardKind hazard) {
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("避難開始期限の計算"));
  const auto mask = route::snap_mask(roads.city.graph, roads.metric);
  Destinations result;
  for (registry::Shelter& shelter : session.shelters()) {
    if (!planner::reason_against(shelter, hazard, roads.city.hazards).empty()) {
      continue;
    }
    const auto place = route::from_degrees(shelter.position.lat, shelter.position.lon);
    const auto entrance = roads.city.index.snap_candidates(place, mask, roads.limit_m);
    if (!entrance.empty()) {
      result.targets.push_back({entrance.front().position});
      result.shelters.push_back(std::move(shelter));
    }
  }
  return result;
}

std::string kind_name(Kind kind) {
  switch (kind) {
    case Kind::Never:
      return "never";
    case Kind::ByTime:
      return "by_time";
    case Kind::AnyTime:
      return "any_time";
  }
  return {};
}

Json answer(const DepartureOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const route::LatLon from = parse_place(options.from, "--from");
  const registry::LocalPlan plan = city.local_plan();
  const registry::HazardKind hazard =
      options.hazard.empty() ? plan.planning_hazards.front() : hazard_named(options.hazard);
  const auto all = city.roads();
  const route::MobilityProfile& profile = profile_named(all->profiles, options.profile);
  const Roads roads{
      *all, profile,
      make_metric(all->graph, {.profile = profile, .closed = all->closed_to(profile, 0)}),
      plan.snap_limit_m};
  const auto start = snap(*all, roads.metric, from, roads.limit_m);
  if (!start) {
    return not_found(no_road_near_start(context, roads.limit_m));
  }
  const Destinations destinations = permitted(city, roads, hazard);
  if (destinations.targets.empty()) {
    return not_found(context.say("この災害で直接避難できる避難所が道路の近くにありません。",
                                 "no shelter near a road may be gone to for this hazard"));
  }
  const auto closes = all->closing_times(profile, all->edge_hazards);
  const route::SafeDepartures departures({all->graph, roads.metric, closes}, destinations.targets);
  const route::LatestDeparture latest = departures.from(start->position);
  const auto way = departures.route_from({all->graph, roads.metric, profile, &all->edge_hazards},
                                         start->position);
  if (!way) {
    return not_found(context.say("どの避難所へも、この移動手段で通れる経路がありません。",
                                 "no way to any shelter that this profile can use"));
  }
  const registry::Shelter& shelter = destinations.shelters.at(way->target);
  Json result{{"found", true}, {"departure", kind_name(latest.kind)}};
  if (latest.kind == Kind::ByTime) {
    result["latest_s"] = static_cast<double>(latest.latest) / 1000;
  }
  result["shelter"] = {{"id", shelter.id.value}, {"name", shelter.name}};
  result["duration_s"] = route::seconds(way->path.duration);
  result["length_m"] = way->path.length_m;
  result["hazard"] = registry::to_text(hazard);
  result["profile"] = options.profile;
  result["from"] = to_json(*start);
  result["geometry"] = line_string(way->path.shape);
  return result;
}

/// Whole minutes, rounded to the safe side.
std::string deadline(double latest_s, const Context& context) {
  const auto minutes = static_cast<long>(std::floor(latest_s / 60));
  if (minutes >= 0) {
    return context.say("災害の開始から ", "within ") + std::to_string(minutes) +
           context.say(" 分以内に出発", " minutes after the start of the event");
  }
  return context.say("災害の開始の ", "at least ") + std::to_string(-minutes) +
         context.say(" 分前までに出発", " minutes before the start of the event");
}

void print_departure(const Json& result, const Context& context) {
  if (!result["found"].get<bool>()) {
    std::cout << context.say("避難開始期限なし: ", "No deadline: ")
              << result["reason"].get<std::string>() << '\n';
    return;
  }
  std::cout << context.say("避難開始期限: ", "Latest departure: ")
            << (result.contains("latest_s") ? deadline(result["latest_s"].get<double>(), context)
                                            : context.say("閉じない経路があります（期限なし）",
                                                          "some way stays open (no deadline)"))
            << '\n'
            << context.say("避難先 ", "Shelter ") << result["shelter"]["name"].get<std::string>()
            << context.say("、所要時間 ", ", duration ")
            << whole_minutes(result["duration_s"].get<double>())
            << context.say(" 分、距離 ", " min, length ")
            << std::lround(result["length_m"].get<double>()) << " m\n";
}

}  // namespace

void add_departure(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DepartureOptions>();
  CLI::App* command = app.add_subcommand(
      "departure", "避難開始期限: いつまでに出れば避難所へ着けるか (latest safe departure)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--from", options->from, "出発地 緯度,経度 (LAT,LON)")->required();
  command
      ->add_option("--profile", options->profile,
                   "移動手段 (walk, assisted, wheelchair, stretcher, vehicle)")
      ->capture_default_str();
  command->add_option("--hazard", options->hazard,
                      "災害種別。既定は地域防災計画の設定 (hazard, default from the local plan)");
  command->callback([options, &context] {
    const Json result = answer(*options, context);
    if (context.json) {
      print_json(result);
    } else {
      print_departure(result, context);
    }
  });
}

}  // namespace cli
