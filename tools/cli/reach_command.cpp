// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/places.hpp"
#include "cli/plans_geojson.hpp"
#include "cli/report.hpp"
#include "route/isochrone.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct ReachOptions {
  std::string dir;
  std::string from;
  std::string profile = "walk";
  std::string out;
  std::vector<unsigned> minutes{10, 20, 30};
  bool towards = false;
};

constexpr unsigned kMostMinutes = 24 * 60;
constexpr route::Weight kMinuteMs = 60'000;

Json multi_polygon(const std::vector<route::Polygon>& polygons) {
  Json coordinates = Json::array();
  for (const route::Polygon& polygon : polygons) {
    Json rings = Json::array();
    for (const route::Polyline& ring : polygon) {
      rings.push_back(line_string(ring)["coordinates"]);
    }
    coordinates.push_back(rings);
  }
  return {{"type", "MultiPolygon"}, {"coordinates", coordinates}};
}

/// RFC 7946, the largest area first, so that the smaller ones are drawn over it.
Json areas_geojson(const ReachOptions& options, const route::Isochrones& reached) {
  Json features = Json::array();
  for (const route::Isochrone& area : reached.areas) {
    features.push_back({{"type", "Feature"},
                        {"geometry", multi_polygon(area.polygons)},
                        {"properties",
                         {{"minutes", area.bound / kMinuteMs},
                          {"profile", options.profile},
                          {"direction", options.towards ? "towards" : "from"},
                          {"road_length_m", area.length_m}}}});
  }
  return {{"type", "FeatureCollection"}, {"features", features}};
}

Json answer(const ReachOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const route::LatLon from = parse_place(options.from, "--from");
  const auto roads = city.roads();
  const route::MobilityProfile& profile = profile_named(roads->profiles, options.profile);
  const route::Metric metric =
      make_metric(roads->graph, {.profile = profile, .closed = roads->closed_to(profile, 0)});
  const double limit_m = city.local_plan().snap_limit_m;
  const auto place = snap(*roads, metric, from, limit_m);
  if (!place) {
    return not_found(no_road_near_start(context, limit_m));
  }
  std::vector<route::Weight> bounds;
  for (const unsigned minutes : options.minutes) {
    bounds.push_back(minutes * kMinuteMs);
  }
  std::ranges::sort(bounds, std::greater<>());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  const auto reached =
      route::isochrones({roads->graph, metric, place->position,
                         options.towards ? route::Direction::Backward : route::Direction::Forward},
                        bounds);
  return {{"found", true},
          {"from", to_json(*place)},
          {"accuracy_m", reached.accuracy_m},
          {"areas", areas_geojson(options, reached)}};
}

void print_reach(const Json& result, const Context& context) {
  if (!result["found"].get<bool>()) {
    std::cout << context.say("到達圏なし: ", "No area: ") << result["reason"].get<std::string>()
              << '\n';
    return;
  }
  for (const Json& feature : result["areas"]["features"]) {
    const Json& area = feature["properties"];
    std::cout << area["minutes"] << context.say(" 分: 道路 ", " min: roads ")
              << area["road_length_m"].get<double>() / 1000 << " km\n";
  }
}

void run(const ReachOptions& options, Context& context) {
  const Json result = answer(options, context);
  if (result["found"].get<bool>() && !options.out.empty() && !context.dry_run) {
    write_file(options.out, result["areas"].dump() + "\n");
  }
  if (context.json) {
    print_json(result);
  } else {
    print_reach(result, context);
  }
}

}  // namespace

void add_reach(CLI::App& app, Context& context) {
  const auto options = std::make_shared<ReachOptions>();
  CLI::App* command =
      app.add_subcommand("reach", "ある時間で行ける範囲（到達圏） (area reached within a time)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--from", options->from, "場所 緯度,経度 (LAT,LON)")->required();
  command->add_option("--minutes", options->minutes, "時間（分）、コンマ区切り (minutes)")
      ->delimiter(',')
      ->check(CLI::Range(1U, kMostMinutes))
      ->capture_default_str();
  command
      ->add_option("--profile", options->profile,
                   "移動手段 (walk, assisted, wheelchair, stretcher, vehicle)")
      ->capture_default_str();
  command->add_flag("--towards", options->towards,
                    "その場所へ着ける範囲を求める (the area from which the place is reached)");
  command->add_option("--out", options->out, "GeoJSON を書き出すファイル (GeoJSON file)");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
