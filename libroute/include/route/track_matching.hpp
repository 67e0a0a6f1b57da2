// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "route/mobility_profile.hpp"
#include "route/snapping.hpp"

namespace route {

/// Where somebody was, and when; milliseconds since any moment.
struct TrackPoint {
  LatLon place;
  std::int64_t at_ms = 0;
};

/// Figures of the matching; `data/rules/tracks.toml` has them with their sources.
struct TrackRules {
  double near_m = 50;          ///< no point belongs to a road further away
  double spacing_m = 15;       ///< points nearer to the one before are not laid on a road
  std::size_t candidates = 4;  ///< roads each point may belong to
  double noise_m = 8;          ///< standard deviation of a position
  double detour_m = 5;         ///< mean difference of the way and the straight line
  double search_m = 250;       ///< a way may be this much longer than the straight line
  double spur_m = 30;          ///< going back sooner than this is noise, not walking
  double most_left_out = 0.2;  ///< share of points that may lie on no way at all
};

/// A piece of an arc with the time spent on it, as shares of its edge's length from the edge's
/// tail; `begin` is above `end` on a backward arc.
struct WalkedPiece {
  ArcId arc;
  double begin = 0;
  double end = 0;
  double seconds = 0;
};

/// The way that was most likely walked.
struct MatchedTrack {
  std::vector<WalkedPiece> pieces;  ///< in order
  std::size_t used = 0;             ///< points laid on a road
  std::size_t left_out = 0;         ///< points too far from the roads, or from the way before
};

/// A track that is no way on these roads: an ordinary answer.
struct TrackFault {
  enum class Kind : std::uint8_t { TooShort, OffTheRoads };
  Kind kind = Kind::TooShort;
  std::size_t point = 0;  ///< OffTheRoads: the first one left out
  std::size_t used = 0;
  std::size_t left_out = 0;
};

/// Arcs somebody may have gone along: all but those forbidden to the profile by access, kind of
/// road or one-way rule. What is too steep or too narrow is not excluded: people go where the plan
/// thought they could not, and that is worth knowing.
using OpenArcs = IdVector<ArcId, std::uint8_t>;
[[nodiscard]] OpenArcs open_arcs(const RoadGraph& graph, const MobilityProfile& profile);

struct TrackRoadsRequest {
  const RoadGraph& graph;
  const RoadIndex& index;
  const OpenArcs& open;
};

/// The most likely way of a hidden Markov model (Newson and Krumm, Hidden Markov Map Matching
/// Through Noise and Sparseness, ACM GIS 2009): a position lies near its road (normal, `noise_m`),
/// and between two positions the shortest way is about as long as the straight line (exponential,
/// `detour_m`). Found by Viterbi over the `candidates` nearest roads of each point. Time stands
/// on the way as the points between tell it, so a halt counts for the road where it was made;
/// standing still before the first and after the last step is not counted, nor are the first
/// `spacing_m`. Short ways there and back into side roads are cut off. Points must be in the order
/// of their times. O(points x candidates x a search within `search_m`).
[[nodiscard]] std::variant<MatchedTrack, TrackFault> match_track(const TrackRoadsRequest& request,
                                                                 std::span<const TrackPoint> points,
                                                                 const TrackRules& rules);

}  // namespace route
