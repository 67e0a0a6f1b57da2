// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "planner/city_roads.hpp"
#include "registry/drill_tracks.hpp"
#include "registry/registrant.hpp"
#include "registry/track_file.hpp"
#include "route/track_matching.hpp"

namespace planner {

/// Figures of `data/rules/tracks.toml`.
struct TrackFigures {
  route::TrackRules matching;
  double start_within_m = 0;  ///< of the home
  double least_road_m = 0;    ///< in comparisons road by road
  // A track and a stopwatch that differ by more than both do not tell of the same way.
  double stopwatch_within = 0;  ///< share of the stopwatch's time
  double stopwatch_within_s = 0;
};

/// Throws `registry::InputError` naming the key for anything unknown, missing or out of range.
[[nodiscard]] TrackFigures parse_track_figures(std::string_view toml);

/// Whether the track of a result cannot be the way its stopwatch measured. False without a track.
[[nodiscard]] bool contradicts_stopwatch(const registry::DrillResult& result,
                                         const TrackFigures& figures);

/// A track with what is known of whom it should belong to.
struct TrackCase {
  std::string file;
  std::span<const registry::TrackFix> fixes;  ///< at least two, in the order of their times
  registry::Date held_on{};
  std::optional<registry::Position> home;  ///< nothing = nobody knows it; then it is not checked
  std::string profile;                     ///< the way of moving in the plan
};

/// Lays tracks on the roads of a city. What the plan needs is taken by day and in dry weather on
/// roads without closures or hazards, as a drill is held.
class TrackReader {
 public:
  TrackReader(const CityRoads& roads, const TrackFigures& figures)
      : roads_(roads), figures_(figures) {}

  /// Times per way of the map in the order in which the ways were first walked, those parts of a
  /// way that the profile cannot pass apart; or why the track cannot be the person's of that day.
  [[nodiscard]] std::variant<std::vector<registry::RoadTime>, registry::TrackRefusal> read(
      const TrackCase& track);

 private:
  struct Mode {
    const route::MobilityProfile* profile;
    route::Metric metric;
    route::OpenArcs open;
  };
  const Mode& mode(const std::string& profile);
  [[nodiscard]] std::vector<registry::RoadTime> times(const Mode& mode,
                                                      const route::MatchedTrack& matched) const;

  const CityRoads& roads_;
  const TrackFigures& figures_;
  std::map<std::string, Mode> modes_;
};

}  // namespace planner
