// SPDX-License-Identifier: Apache-2.0
#include "cli/places.hpp"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "route/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

bool parse_degrees(std::string_view text, double limit, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::abs(value) <= limit;
}

}  // namespace

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

std::optional<route::SnapCandidate> snap(const planner::CityRoads& roads,
                                         const route::Metric& metric, route::LatLon place,
                                         double limit_m) {
  if (!roads.graph.bounds().contains(place)) {
    throw route::InputError(
        "道路データの範囲の外の座標です。緯度と経度の順と、取り込んだ道路の範囲を確かめてください"
        "。");
  }
  const auto found =
      roads.index.snap_candidates(place, route::snap_mask(roads.graph, metric), limit_m);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

Json to_json(const route::SnapCandidate& snapped) {
  return {{"lat", snapped.position.point.lat()},
          {"lon", snapped.position.point.lon()},
          {"distance_m", snapped.position.distance_m},
          {"crosses_closed_road", snapped.crosses_wall}};
}

Json not_found(const std::string& reason) {
  return {{"found", false}, {"reason", reason}};
}

std::string no_road_near_start(const Context& context, double limit_m) {
  return context.say("出発地の近くに、この移動手段で通れる道がありません: ",
                     "no road this profile can use near the start: ") +
         std::to_string(static_cast<int>(limit_m)) + " m";
}

}  // namespace cli
