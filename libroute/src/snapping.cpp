// SPDX-License-Identifier: Apache-2.0
#include "route/snapping.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

#include "route/error.hpp"
#include "segment_tree.hpp"

namespace route {
namespace {

bool nearer(const RoadPosition& a, const RoadPosition& b) {
  return std::tie(a.distance_m, a.edge) < std::tie(b.distance_m, b.edge);
}

// The best positions so far, on different edges, nearest first.
class Best {
 public:
  Best(double limit_m, std::size_t count) : limit_m_(limit_m), count_(count) {}

  /// Nothing further away than this can get in.
  [[nodiscard]] double bound_m() const {
    return found_.size() < count_ ? limit_m_ : found_.back().position.distance_m;
  }

  void offer(const RoadPosition& position, const Segment& segment) {
    if (!(position.distance_m <= limit_m_)) {
      return;
    }
    const auto same_edge = std::ranges::find_if(
        found_, [&](const Entry& entry) { return entry.position.edge == position.edge; });
    if (same_edge != found_.end()) {
      // On one edge the place nearer to its tail wins a tie, whatever the order of the tree.
      const auto& [old, old_segment] = *same_edge;
      if (std::tie(old.distance_m, old_segment.first_point) <=
          std::tie(position.distance_m, segment.first_point)) {
        return;
      }
      found_.erase(same_edge);
    }
    const auto place = std::ranges::upper_bound(found_, position, nearer, &Entry::position);
    found_.insert(place, {position, segment});
    if (found_.size() > count_) {
      found_.pop_back();
    }
  }

  struct Entry {
    RoadPosition position;
    Segment segment;
  };
  [[nodiscard]] const std::vector<Entry>& found() const { return found_; }

 private:
  double limit_m_;
  std::size_t count_;
  std::vector<Entry> found_;
};

/// With the share of the segment, not yet of the edge, as fraction.
RoadPosition snap(LatLon place, const Segment& segment) {
  const double share = nearest_fraction(place, segment.a, segment.b);
  const LatLon point = interpolate(segment.a, segment.b, share);
  return {segment.edge, share, point, distance_m(place, point)};
}

double edge_fraction(const RoadGraph& graph, const Segment& segment, double share) {
  const auto shape = graph.shape(segment.edge);
  double before = 0;
  double whole = 0;
  for (std::size_t point = 0; point + 1 < shape.size(); ++point) {
    const double length = distance_m(shape[point], shape[point + 1]);
    if (point < segment.first_point) {
      before += length;
    } else if (point == segment.first_point) {
      before += share * length;
    }
    whole += length;
  }
  return whole > 0 ? std::clamp(before / whole, 0.0, 1.0) : 0.0;
}

}  // namespace

SnapMask snap_mask(const RoadGraph& graph, const Metric& metric) {
  SnapMask mask(graph.edge_count());
  for (const EdgeId edge : graph.edges()) {
    mask[edge] = metric.usable(graph, edge) ? 1 : 0;
  }
  return mask;
}

bool is_wall(const Road& road) {
  const bool closed = road.foot == Tri::No || road.road_class == RoadClass::Motorway ||
                      road.barrier == Barrier::Wall;
  return closed && road.bridge == 0 && road.tunnel == 0;
}

struct RoadIndex::Parts {
  explicit Parts(const RoadGraph& of)
      : graph(of),
        roads(of, [](EdgeId) { return true; }),
        walls(of, [&of](EdgeId edge) { return is_wall(of.road(edge)); }) {}

  /// `usable` is asked for an edge, `clear` for a position on it.
  template <class Usable, class Clear>
  std::vector<RoadPosition> nearest(LatLon place, Best best, Usable usable, Clear clear) const;

  const RoadGraph& graph;
  SegmentTree roads;
  SegmentTree walls;
};

template <class Usable, class Clear>
std::vector<RoadPosition> RoadIndex::Parts::nearest(LatLon place, Best best, Usable usable,
                                                    Clear clear) const {
  roads.near(
      place, [&best] { return best.bound_m(); },
      [&](const Segment& segment) {
        if (!usable(segment.edge)) {
          return;
        }
        const RoadPosition position = snap(place, segment);
        if (position.distance_m <= best.bound_m() && clear(position)) {
          best.offer(position, segment);
        }
      });
  std::vector<RoadPosition> result;
  for (const auto& [position, segment] : best.found()) {
    result.push_back(position);
    result.back().fraction = edge_fraction(graph, segment, position.fraction);
  }
  return result;
}

RoadIndex::RoadIndex(const RoadGraph& graph) : parts_(std::make_unique<Parts>(graph)) {}
RoadIndex::RoadIndex(RoadIndex&&) noexcept = default;
RoadIndex& RoadIndex::operator=(RoadIndex&&) noexcept = default;
RoadIndex::~RoadIndex() = default;

std::vector<RoadPosition> RoadIndex::nearest(LatLon place, const EdgeFilter& usable, double limit_m,
                                             std::size_t count) const {
  if (count == 0) {
    return {};
  }
  return parts_->nearest(
      place, Best(limit_m, count), [&](EdgeId edge) { return !usable || usable(edge); },
      [](const RoadPosition&) { return true; });
}

std::vector<SnapCandidate> RoadIndex::snap_candidates(LatLon place, const SnapMask& mask,
                                                      double limit_m, std::size_t count) const {
  TOMONI_EXPECT(mask.size() == parts_->graph.edge_count());
  if (count == 0) {
    return {};
  }
  const auto usable = [&mask](EdgeId edge) { return mask[edge] != 0; };
  const auto clear = [&](const RoadPosition& position) {
    // Stops short of the road, so that a place rounded to beyond it does not seem to cross it.
    constexpr double kShortOfRoadM = 0.05;
    return position.distance_m <= kShortOfRoadM ||
           !crosses_wall(place,
                         interpolate(position.point, place, kShortOfRoadM / position.distance_m));
  };
  const auto marked = [](std::span<const RoadPosition> positions, bool crosses) {
    std::vector<SnapCandidate> candidates;
    for (const RoadPosition& position : positions) {
      candidates.push_back({position, crosses});
    }
    return candidates;
  };
  const auto nearest = parts_->nearest(place, Best(limit_m, count), usable,
                                       [](const RoadPosition&) { return true; });
  if (std::ranges::all_of(nearest, clear)) {
    return marked(nearest, false);  // as a rule; others cannot be nearer
  }
  const auto free = parts_->nearest(place, Best(limit_m, count), usable, clear);
  return free.empty() ? marked(nearest, true) : marked(free, false);
}

bool RoadIndex::crosses_wall(LatLon from, LatLon to) const {
  return parts_->walls.crossed_by(from, to);
}

}  // namespace route
