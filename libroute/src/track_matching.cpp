// SPDX-License-Identifier: Apache-2.0
#include "route/track_matching.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "track_spurs.hpp"
#include "track_ways.hpp"

namespace route {
namespace {

/// A road a point may belong to, at the end of the likeliest way there.
struct Candidate {
  RoadPosition position;
  double cost = 0;         ///< negative logarithm of the likelihood, without constants
  std::size_t before = 0;  ///< candidate of the step before
  std::vector<Piece> way;  ///< from there
};

/// How far somebody had come, straight from point to point, and when.
struct Tick {
  double metres = 0;
  std::int64_t at_ms = 0;
};

/// A point that was laid on the roads.
struct Step {
  LatLon place;
  std::vector<Tick> ticks;  ///< from the step before to this one, with the points between
  std::vector<Candidate> candidates;
};

/// Seconds after the first tick at which a share of the line was behind; ticks rise in both.
double seconds_at(const std::vector<Tick>& ticks, double share) {
  constexpr double kMilliseconds = 1000;
  const double metres = share * ticks.back().metres;
  // The last tick that is not beyond, so that a halt at the place is over.
  const auto next = std::ranges::upper_bound(ticks, metres, {}, &Tick::metres);
  const auto since = [&](const Tick& tick) {
    return static_cast<double>(tick.at_ms - ticks.front().at_ms) / kMilliseconds;
  };
  if (next == ticks.end()) {
    return since(ticks.back());
  }
  const Tick& before = *(next - 1);
  const double part = (metres - before.metres) / (next->metres - before.metres);
  return since(before) + part * (since(*next) - since(before));
}

/// Adds a piece, or lengthens the last one.
void append(std::vector<WalkedPiece>& pieces, const WalkedPiece& piece) {
  if (!pieces.empty() && pieces.back().arc == piece.arc && pieces.back().end == piece.begin) {
    pieces.back().end = piece.end;
    pieces.back().seconds += piece.seconds;
    return;
  }
  pieces.push_back(piece);
}

class Matcher {
 public:
  Matcher(const TrackRoadsRequest& request, const TrackRules& rules)
      : request_(request), rules_(rules) {}

  /// A point that only tells the time.
  void pass(const TrackPoint& point) {
    if (!ticks_.empty()) {
      ticks_.push_back(
          {.metres = ticks_.back().metres + distance_m(last_, point.place), .at_ms = point.at_ms});
      last_ = point.place;
    }
  }

  /// Whether the point lies on a way from the one before.
  bool take(const TrackPoint& point) {
    pass(point);
    Step step{.place = point.place, .ticks = ticks_, .candidates = near(point.place)};
    if (!steps_.empty()) {
      join(steps_.back(), step);
    }
    if (step.candidates.empty()) {
      return false;
    }
    steps_.push_back(std::move(step));
    ticks_ = {{.metres = 0, .at_ms = point.at_ms}};
    last_ = point.place;
    return true;
  }

  [[nodiscard]] std::size_t used() const { return steps_.size(); }

  /// The likeliest way, its pieces with their times.
  [[nodiscard]] std::vector<WalkedPiece> way() const {
    std::vector<WalkedPiece> pieces;
    const std::vector<std::size_t> chosen = likeliest();
    double waited_s = 0;
    for (std::size_t i = 1; i < steps_.size(); ++i) {
      const Step& step = steps_[i];
      const std::vector<Piece>& way = step.candidates[chosen[i]].way;
      double length_m = 0;
      for (const Piece& piece : way) {
        length_m += length_of(request_.graph, piece);
      }
      if (length_m <= 0) {
        waited_s += seconds_at(step.ticks, 1);  // stood still: the next piece has the time
        continue;
      }
      double come_m = 0;
      double before_s = 0;
      for (const Piece& piece : way) {
        come_m += length_of(request_.graph, piece);
        const double after_s = seconds_at(step.ticks, std::min(1.0, come_m / length_m));
        append(pieces, {.arc = piece.arc,
                        .begin = piece.begin,
                        .end = piece.end,
                        .seconds = waited_s + after_s - before_s});
        before_s = after_s;
        waited_s = 0;
      }
    }
    if (!pieces.empty()) {
      pieces.back().seconds += waited_s;
    }
    return without_spurs(request_.graph, std::move(pieces), rules_.spur_m);
  }

 private:
  [[nodiscard]] std::vector<Candidate> near(LatLon place) const {
    const RoadGraph& graph = request_.graph;
    const auto usable = [&](EdgeId edge) {
      return request_.open[graph.forward_arc(edge)] != 0 ||
             request_.open[graph.backward_arc(edge)] != 0;
    };
    std::vector<Candidate> found;
    for (const RoadPosition& position :
         request_.index.nearest(place, usable, rules_.near_m, rules_.candidates)) {
      const double off = position.distance_m / rules_.noise_m;
      found.push_back({.position = position, .cost = off * off / 2, .before = 0, .way = {}});
    }
    return found;
  }

  /// Gives each candidate the likeliest one before; drops those without any.
  void join(const Step& before, Step& step) const {
    std::vector<RoadPosition> targets;
    targets.reserve(step.candidates.size());
    for (const Candidate& candidate : step.candidates) {
      targets.push_back(candidate.position);
    }
    const double straight_m = distance_m(before.place, step.place);
    constexpr double kNever = std::numeric_limits<double>::infinity();
    std::vector<double> best(targets.size(), kNever);
    for (std::size_t b = 0; b < before.candidates.size(); ++b) {
      const Candidate& from = before.candidates[b];
      auto ways = short_ways(request_, from.position, targets, straight_m + rules_.search_m);
      for (std::size_t i = 0; i < targets.size(); ++i) {
        if (!ways[i]) {
          continue;
        }
        const double cost = from.cost + std::abs(ways[i]->length_m - straight_m) / rules_.detour_m;
        if (cost < best[i]) {
          best[i] = cost;
          step.candidates[i].before = b;
          step.candidates[i].way = std::move(ways[i]->pieces);
        }
      }
    }
    std::vector<Candidate> joined;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (best[i] < kNever) {
        step.candidates[i].cost += best[i];
        joined.push_back(std::move(step.candidates[i]));
      }
    }
    step.candidates = std::move(joined);
  }

  /// Candidate of each step on the likeliest way.
  [[nodiscard]] std::vector<std::size_t> likeliest() const {
    std::vector<std::size_t> chosen(steps_.size());
    const auto& last = steps_.back().candidates;
    chosen.back() = static_cast<std::size_t>(std::ranges::min_element(last, {}, &Candidate::cost) -
                                             last.begin());
    for (std::size_t i = steps_.size() - 1; i > 0; --i) {
      chosen[i - 1] = steps_[i].candidates[chosen[i]].before;
    }
    return chosen;
  }

  const TrackRoadsRequest& request_;
  const TrackRules& rules_;
  std::vector<Step> steps_;
  std::vector<Tick> ticks_;  ///< since the last step
  LatLon last_;
};

/// The last point before the first step away from the start.
std::size_t departure(std::span<const TrackPoint> points, double spacing_m) {
  std::size_t last = 0;
  while (last + 1 < points.size() &&
         distance_m(points[0].place, points[last + 1].place) < spacing_m) {
    ++last;
  }
  return last;
}

}  // namespace

OpenArcs open_arcs(const RoadGraph& graph, const MobilityProfile& profile) {
  OpenArcs open(graph.arc_count());
  for (const ArcId arc : graph.arcs()) {
    const Ban ban = pace(profile, graph.road(graph.edge(arc)), graph.is_forward(arc)).ban;
    open[arc] = ban == Ban::NoAccess || ban == Ban::RoadKind || ban == Ban::AgainstOneway ? 0 : 1;
  }
  return open;
}

std::variant<MatchedTrack, TrackFault> match_track(const TrackRoadsRequest& request,
                                                   std::span<const TrackPoint> points,
                                                   const TrackRules& rules) {
  if (points.empty()) {
    return TrackFault{};
  }
  Matcher matcher(request, rules);
  std::optional<std::size_t> first_left_out;
  std::size_t left_out = 0;
  std::optional<LatLon> last;
  for (std::size_t i = departure(points, rules.spacing_m); i < points.size(); ++i) {
    if (last && distance_m(*last, points[i].place) < rules.spacing_m) {
      matcher.pass(points[i]);
      continue;
    }
    last = points[i].place;
    if (!matcher.take(points[i])) {
      ++left_out;
      first_left_out = first_left_out.value_or(i);
    }
  }
  const std::size_t used = matcher.used();
  if (static_cast<double>(left_out) > rules.most_left_out * static_cast<double>(left_out + used)) {
    return TrackFault{.kind = TrackFault::Kind::OffTheRoads,
                      .point = *first_left_out,
                      .used = used,
                      .left_out = left_out};
  }
  MatchedTrack matched{.pieces = {}, .used = used, .left_out = left_out};
  if (used > 0) {
    matched.pieces = matcher.way();
  }
  if (matched.pieces.empty()) {
    return TrackFault{.used = used, .left_out = left_out};
  }
  return matched;
}

}  // namespace route
