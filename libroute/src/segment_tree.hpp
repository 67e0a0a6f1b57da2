// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "ellipsoid.hpp"
#include "route/road_graph.hpp"

// Problem: the segments of shapes near a place or across a line. Structure: the segments in the
// order of a Hilbert curve, eight to a leaf, eight nodes to a parent (Kamel and Faloutsos, "On
// packing R-trees", 1993). Search: depth first, the children of a node nearest first, as long as a
// lower bound of their distance is within the caller's bound (Roussopoulos et al., 1995). Trap:
// `distance_m` measures at the middle latitude of its two places, so a bound taken at one latitude
// would not be one; the bounds below take the smallest scale either could have.

namespace route {

/// A straight piece of an edge's shape.
struct Segment {
  LatLon a;
  LatLon b;
  EdgeId edge;
  std::uint32_t first_point = 0;  ///< of `a` within the shape
};

class SegmentTree {
 public:
  /// Of the edges for which `keep` answers true.
  SegmentTree(const RoadGraph& graph, const std::function<bool(EdgeId)>& keep);

  /// Calls `on_segment` for every segment that may be within `bound_m()` metres of the place; the
  /// bound may fall while the search runs.
  template <class Bound, class OnSegment>
  void near(LatLon place, Bound bound_m, OnSegment on_segment) const;

  /// Whether the line from one place to the other passes from one side of a segment to the other.
  [[nodiscard]] bool crossed_by(LatLon from, LatLon to) const;

 private:
  static constexpr std::size_t kFanout = 8;

  struct Node {
    Box box;
    double east_m_per_e7 = 0;  // smallest in the box
  };
  /// A place as the bounds need it.
  struct Probe {
    LatLon place;
    double east_m_per_e7 = 0;
    bool wraps = false;  // a segment may be nearer across the antimeridian
  };

  struct Line {
    LatLon from;
    LatLon to;
    Box box;
  };

  void build_levels();
  [[nodiscard]] Probe probe(LatLon place) const;
  /// How far `value` lies outside [low, high].
  [[nodiscard]] static double gap(double value, double low, double high) {
    return std::max({0.0, low - value, value - high});
  }
  /// Square of a lower bound of the distance from the place to anything in the box.
  [[nodiscard]] static double box_bound(const Probe& probe, const Node& node);
  /// Whether a segment of a leaf may be within a distance given by its square.
  [[nodiscard]] static bool may_reach(const Probe& probe, const Segment& segment,
                                      double east_m_per_e7, double squared_bound);
  [[nodiscard]] bool crossed_below(const Line& line, std::pair<std::size_t, std::size_t> at) const;
  template <class Bound, class OnSegment>
  void descend(const Probe& probe, std::pair<std::size_t, std::size_t> at, Bound& bound_m,
               OnSegment& on_segment) const;

  static constexpr double kHalfTurnE7 = 1'800'000'000;
  static constexpr double kSmallestNorthMPerE7 = 0.011057427;  // at the equator, rounded down
  static constexpr double kRoundingSlack = 1 - 1e-9;           // of the squares

  std::vector<Segment> segments_;
  /// Level 0 has a node per eight segments, each further level one per eight nodes below.
  std::vector<std::vector<Node>> levels_;
};

inline double SegmentTree::box_bound(const Probe& probe, const Node& node) {
  const Box& box = node.box;
  const double lon = probe.place.lon_e7;
  double east = gap(lon, box.low.lon_e7, box.high.lon_e7);
  if (probe.wraps) {
    east = std::min({east, gap(lon - 2 * kHalfTurnE7, box.low.lon_e7, box.high.lon_e7),
                     gap(lon + 2 * kHalfTurnE7, box.low.lon_e7, box.high.lon_e7)});
  }
  const double north_m =
      gap(probe.place.lat_e7, box.low.lat_e7, box.high.lat_e7) * kSmallestNorthMPerE7;
  const double east_m = east * std::min(probe.east_m_per_e7, node.east_m_per_e7);
  return (north_m * north_m + east_m * east_m) * kRoundingSlack;
}

inline bool SegmentTree::may_reach(const Probe& probe, const Segment& segment, double east_m_per_e7,
                                   double squared_bound) {
  if (probe.wraps) {
    return true;
  }
  // To the nearest point of the segment in the plane with the smallest scales, without dividing.
  const auto east = [&](LatLon from, LatLon to) {
    return (static_cast<double>(to.lon_e7) - from.lon_e7) * east_m_per_e7;
  };
  const auto north = [](LatLon from, LatLon to) {
    return (static_cast<double>(to.lat_e7) - from.lat_e7) * kSmallestNorthMPerE7;
  };
  const double bx = east(segment.a, segment.b);
  const double by = north(segment.a, segment.b);
  const double px = east(segment.a, probe.place);
  const double py = north(segment.a, probe.place);
  const double length_squared = bx * bx + by * by;
  const double along = px * bx + py * by;
  if (along <= 0) {
    return (px * px + py * py) * kRoundingSlack <= squared_bound;
  }
  if (along >= length_squared) {
    const double qx = px - bx;
    const double qy = py - by;
    return (qx * qx + qy * qy) * kRoundingSlack <= squared_bound;
  }
  const double across = px * by - py * bx;
  return across * across * kRoundingSlack <= squared_bound * length_squared;
}

template <class Bound, class OnSegment>
void SegmentTree::near(LatLon place, Bound bound_m, OnSegment on_segment) const {
  if (!segments_.empty()) {
    descend(probe(place), {levels_.size() - 1, 0}, bound_m, on_segment);
  }
}

template <class Bound, class OnSegment>
void SegmentTree::descend(const Probe& probe, std::pair<std::size_t, std::size_t> at,
                          Bound& bound_m, OnSegment& on_segment) const {
  // A position is rounded to 1e-7 degrees and may so come nearer than the segment it lies on.
  constexpr double kRoundingM = 0.012;
  const auto squared_bound = [&bound_m] {
    const double bound = bound_m() + kRoundingM;
    return bound >= kRoundingM ? bound * bound : -1.0;
  };
  const auto [level, index] = at;
  const std::size_t first = index * kFanout;
  if (level == 0) {
    const double east = std::min(probe.east_m_per_e7, levels_[0][index].east_m_per_e7);
    const std::size_t last = std::min(first + kFanout, segments_.size());
    for (std::size_t i = first; i < last; ++i) {
      if (may_reach(probe, segments_[i], east, squared_bound())) {
        on_segment(segments_[i]);
      }
    }
    return;
  }
  const std::vector<Node>& below = levels_[level - 1];
  const std::size_t last = std::min(first + kFanout, below.size());
  std::array<std::pair<double, std::size_t>, kFanout> children;
  std::size_t count = 0;
  for (std::size_t i = first; i < last; ++i) {
    const double bound = box_bound(probe, below[i]);
    if (bound <= squared_bound()) {
      std::size_t place = count++;
      for (; place > 0 && children[place - 1].first > bound; --place) {
        children[place] = children[place - 1];
      }
      children[place] = {bound, i};
    }
  }
  for (std::size_t i = 0; i < count && children[i].first <= squared_bound(); ++i) {
    descend(probe, {level - 1, children[i].second}, bound_m, on_segment);
  }
}

}  // namespace route
