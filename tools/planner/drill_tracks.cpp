// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_tracks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "planner/toml_reader.hpp"

namespace planner {
namespace {

registry::TrackRefusal refusal(const TrackCase& track, std::size_t point, const char* code,
                               std::string message) {
  return {.file = track.file,
          .line = track.fixes[point].line,
          .code = code,
          .message = std::move(message)};
}

/// Of another day, or begun away from home: not the track of this person at this drill.
std::optional<registry::TrackRefusal> wrong_track(const TrackCase& track, double start_within_m) {
  for (std::size_t i = 0; i < track.fixes.size(); ++i) {
    const registry::Date day = registry::tokyo_date(track.fixes[i].at);
    if (day != track.held_on) {
      return refusal(track, i, "OTHER_DAY",
                     "点の日付（日本時間）" + registry::to_iso(day) + " が訓練の日 " +
                         registry::to_iso(track.held_on) +
                         " と違います。訓練の名前と日付、記録した機器の時計を確かめてください。");
    }
  }
  if (track.home) {
    const auto& first = track.fixes.front();
    const double away_m = route::distance_m(route::from_degrees(first.lat, first.lon),
                                            route::from_degrees(track.home->lat, track.home->lon));
    if (away_m > start_within_m) {
      return refusal(track, 0, "OTHER_PERSON",
                     "その人の家から " + std::to_string(std::lround(start_within_m)) +
                         " m より離れた所で始まっています。別の人の軌跡ではないか、ファイルの ID を"
                         "確かめてください。");
    }
  }
  return std::nullopt;
}

registry::TrackRefusal no_way(const TrackCase& track, const route::TrackFault& fault) {
  if (fault.kind == route::TrackFault::Kind::TooShort) {
    return refusal(track, 0, "TOO_SHORT",
                   "道路の上を動いた跡がありません。訓練の間の記録か確かめてください。");
  }
  return refusal(track, fault.point, "OFF_THE_ROADS",
                 "取り込んである道路に重なりません（" +
                     std::to_string(fault.used + fault.left_out) + " 点のうち " +
                     std::to_string(fault.left_out) +
                     " 点。最初はこの行の点）。この市での記録か、新しい道路がまだ取り込まれていない"
                     "のではないか確かめてください。");
}

}  // namespace

TrackFigures parse_track_figures(std::string_view toml) {
  constexpr double kMostMetres = 10'000;
  constexpr double kPercent = 100;
  constexpr double kMinute = 60;
  constexpr double kMostMinutes = 24 * kMinute;
  const toml::table root = parse_toml(toml, "tracks.toml");
  const TomlReader top(root, "tracks.toml");
  top.allow_only({"matching", "checks"});
  const TomlReader matching = top.table("matching");
  matching.allow_only({"near_m", "spacing_m", "candidates", "noise_m", "detour_m", "search_m",
                       "spur_m", "most_left_out_percent", "source"});
  static_cast<void>(matching.text("source"));
  const TomlReader checks = top.table("checks");
  checks.allow_only({"start_within_m", "least_road_m", "stopwatch_within_percent",
                     "stopwatch_within_min", "source"});
  static_cast<void>(checks.text("source"));
  return {
      .matching = {.near_m = matching.number("near_m", 1, kMostMetres),
                   .spacing_m = matching.number("spacing_m", 1, kMostMetres),
                   .candidates = static_cast<std::size_t>(matching.integer("candidates", 1, 50)),
                   .noise_m = matching.number("noise_m", 0.1, kMostMetres),
                   .detour_m = matching.number("detour_m", 0.1, kMostMetres),
                   .search_m = matching.number("search_m", 1, kMostMetres),
                   .spur_m = matching.number("spur_m", 0, kMostMetres),
                   .most_left_out =
                       matching.number("most_left_out_percent", 0, kPercent) / kPercent},
      .start_within_m = checks.number("start_within_m", 1, kMostMetres),
      .least_road_m = checks.number("least_road_m", 0, kMostMetres),
      .stopwatch_within = checks.number("stopwatch_within_percent", 0, kPercent) / kPercent,
      .stopwatch_within_s = checks.number("stopwatch_within_min", 0, kMostMinutes) * kMinute};
}

bool contradicts_stopwatch(const registry::DrillResult& result, const TrackFigures& figures) {
  if (!result.track) {
    return false;
  }
  const auto& legs = result.row.legs_s;
  const auto stopwatch_s =
      static_cast<double>(std::accumulate(legs.begin(), legs.end(), std::int64_t{0}));
  return std::abs(result.track->walked_s - stopwatch_s) >
         std::max(figures.stopwatch_within_s, figures.stopwatch_within * stopwatch_s);
}

const TrackReader::Mode& TrackReader::mode(const std::string& profile) {
  const auto found = modes_.find(profile);
  if (found != modes_.end()) {
    return found->second;
  }
  const route::MobilityProfile& moves = route::profile_named(roads_.profiles, profile);
  // Whoever is not in a vehicle may have been led or carried wherever people walk.
  const route::MobilityProfile& went =
      moves.is_vehicle ? moves : route::profile_named(roads_.profiles, "walk");
  return modes_
      .emplace(profile, Mode{.profile = &moves,
                             .metric = make_metric(roads_.graph, {.profile = moves}),
                             .open = route::open_arcs(roads_.graph, went)})
      .first->second;
}

std::vector<registry::RoadTime> TrackReader::times(const Mode& mode,
                                                   const route::MatchedTrack& matched) const {
  constexpr double kMilliseconds = 1000;
  struct Sum {
    registry::RoadTime road;
    double measured_s = 0;
  };
  std::vector<Sum> sums;
  std::map<std::pair<std::int64_t, bool>, std::size_t> places;
  for (const route::WalkedPiece& piece : matched.pieces) {
    const route::EdgeId edge = roads_.graph.edge(piece.arc);
    const route::Road& road = roads_.graph.road(edge);
    const route::Weight needed =
        route::partial_weight(mode.metric.weights[piece.arc], piece.begin, piece.end);
    const bool passable = needed < route::kInfinity;
    const auto [place, is_new] = places.try_emplace({road.way_id, passable}, sums.size());
    if (is_new) {
      Sum& fresh = sums.emplace_back();
      fresh.road.way = road.way_id;
      fresh.road.name = std::string(roads_.graph.name(edge));
      if (passable) {
        fresh.road.planned_ms = 0;
      }
    }
    Sum& sum = sums[place->second];
    sum.road.length_m += route::metres(road.length_mm) * std::abs(piece.end - piece.begin);
    sum.measured_s += piece.seconds;
    if (passable) {
      *sum.road.planned_ms += needed;
    }
  }
  std::vector<registry::RoadTime> all;
  all.reserve(sums.size());
  for (Sum& sum : sums) {
    sum.road.measured_ms = std::llround(sum.measured_s * kMilliseconds);
    all.push_back(std::move(sum.road));
  }
  return all;
}

std::variant<std::vector<registry::RoadTime>, registry::TrackRefusal> TrackReader::read(
    const TrackCase& track) {
  if (auto wrong = wrong_track(track, figures_.start_within_m)) {
    return std::move(*wrong);
  }
  std::vector<route::TrackPoint> points;
  points.reserve(track.fixes.size());
  for (const registry::TrackFix& fix : track.fixes) {
    points.push_back(
        {.place = route::from_degrees(fix.lat, fix.lon), .at_ms = fix.at.milliseconds});
  }
  const Mode& moves = mode(track.profile);
  const auto matched =
      route::match_track({.graph = roads_.graph, .index = roads_.index, .open = moves.open}, points,
                         figures_.matching);
  if (const auto* fault = std::get_if<route::TrackFault>(&matched)) {
    return no_way(track, *fault);
  }
  return times(moves, std::get<route::MatchedTrack>(matched));
}

}  // namespace planner
