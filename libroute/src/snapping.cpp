// SPDX-License-Identifier: Apache-2.0

// Problem: the edges nearest to a place, exactly. Structure: the segments of all shapes in the
// order of a Hilbert curve, sixteen to a leaf, sixteen nodes to a parent (Kamel and Faloutsos, "On
// packing R-trees", 1993). Search: best first by a lower bound of the distance; it ends when the
// bound of everything left exceeds the worst position kept (Hjaltason and Samet, 1999). Trap:
// `distance_m` measures at the middle latitude of its two places, so a bound taken at one latitude
// would not be one; the bound below takes the smallest scale either could have.

#include "route/snapping.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <queue>
#include <tuple>

#include "ellipsoid.hpp"

namespace route {
namespace {

constexpr std::size_t kFanout = 16;

struct Segment {
  EdgeId edge;
  std::uint32_t first_point = 0;  // within the shape of the edge
};

struct TreeNode {
  Box box;
  double east_m_per_e7 = 0;  // smallest in the box
};

double east_scale(const Box& box) {
  const double lat = std::max(std::abs(static_cast<double>(box.low.lat_e7)),
                              std::abs(static_cast<double>(box.high.lat_e7)));
  return scale_at(lat).east_m_per_e7;
}

// How far `value` lies outside [low, high].
double gap(double value, double low, double high) {
  return std::max({0.0, low - value, value - high});
}

double lower_bound_m(LatLon place, const Box& box, double east_m_per_e7) {
  constexpr double kFullTurnE7 = 3'600'000'000;
  constexpr double kSmallestNorthMPerE7 = 0.011057427;  // at the equator, rounded down
  const double north = gap(place.lat_e7, box.low.lat_e7, box.high.lat_e7);
  const double lon = place.lon_e7;
  const double east = std::min({gap(lon, box.low.lon_e7, box.high.lon_e7),
                                gap(lon - kFullTurnE7, box.low.lon_e7, box.high.lon_e7),
                                gap(lon + kFullTurnE7, box.low.lon_e7, box.high.lon_e7)});
  constexpr double kRoundingSlack = 1 - 1e-12;
  const double north_m = north * kSmallestNorthMPerE7;
  const double east_m = east * east_m_per_e7;
  return std::sqrt(north_m * north_m + east_m * east_m) * kRoundingSlack;
}

// Distance along the Hilbert curve through a square of 2^16 cells a side.
std::uint32_t hilbert(std::uint32_t x, std::uint32_t y) {
  constexpr std::uint32_t kSide = 1U << 16;
  std::uint32_t distance = 0;
  for (std::uint32_t s = kSide / 2; s > 0; s /= 2) {
    const bool right = (x & s) != 0;
    const bool upper = (y & s) != 0;
    distance += s * s * ((right ? 3U : 0U) ^ (upper ? 1U : 0U));
    if (!upper) {
      if (right) {
        x = kSide - 1 - x;
        y = kSide - 1 - y;
      }
      std::swap(x, y);
    }
  }
  return distance;
}

std::uint32_t cell_of(double value, double low, double high) {
  constexpr double kLastCell = 65'535;
  return high > low ? static_cast<std::uint32_t>((value - low) / (high - low) * kLastCell) : 0;
}

bool nearer(const RoadPosition& a, const RoadPosition& b) {
  return std::tie(a.distance_m, a.edge) < std::tie(b.distance_m, b.edge);
}

}  // namespace

struct RoadIndex::Tree {
  explicit Tree(const RoadGraph& of) : graph(of) {
    sort_segments();
    build_levels();
  }

  void sort_segments();
  void build_levels();
  [[nodiscard]] Box box_of(const Segment& segment) const;
  /// With the share of the segment, not yet of the edge, as fraction.
  [[nodiscard]] RoadPosition snap(LatLon place, const Segment& segment) const;
  [[nodiscard]] double edge_fraction(const Segment& segment, double share) const;

  const RoadGraph& graph;
  std::vector<Segment> segments;
  /// Level 0 has a node per sixteen segments, each further level one per sixteen nodes below.
  std::vector<std::vector<TreeNode>> levels;
};

Box RoadIndex::Tree::box_of(const Segment& segment) const {
  const auto shape = graph.shape(segment.edge);
  Box box;
  box.add(shape[segment.first_point]);
  box.add(shape[segment.first_point + 1]);
  return box;
}

void RoadIndex::Tree::sort_segments() {
  struct Keyed {
    std::uint32_t key;
    Segment segment;
  };
  const Box& all = graph.bounds();
  std::vector<Keyed> keyed;
  for (const EdgeId edge : graph.edges()) {
    const auto points = static_cast<std::uint32_t>(graph.shape(edge).size());
    for (std::uint32_t point = 0; point + 1 < points; ++point) {
      const Segment segment{edge, point};
      const Box box = box_of(segment);
      const double lat = (static_cast<double>(box.low.lat_e7) + box.high.lat_e7) / 2;
      const double lon = (static_cast<double>(box.low.lon_e7) + box.high.lon_e7) / 2;
      keyed.push_back({hilbert(cell_of(lon, all.low.lon_e7, all.high.lon_e7),
                               cell_of(lat, all.low.lat_e7, all.high.lat_e7)),
                       segment});
    }
  }
  std::ranges::stable_sort(keyed, {}, &Keyed::key);
  segments.reserve(keyed.size());
  for (const Keyed& entry : keyed) {
    segments.push_back(entry.segment);
  }
}

void RoadIndex::Tree::build_levels() {
  const auto merge = [](Box& box, const Box& other) {
    box.add(other.low);
    box.add(other.high);
  };
  std::vector<TreeNode> leaves((segments.size() + kFanout - 1) / kFanout);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    merge(leaves[i / kFanout].box, box_of(segments[i]));
  }
  levels.push_back(std::move(leaves));
  while (levels.back().size() > 1) {
    const std::vector<TreeNode>& below = levels.back();
    std::vector<TreeNode> level((below.size() + kFanout - 1) / kFanout);
    for (std::size_t i = 0; i < below.size(); ++i) {
      merge(level[i / kFanout].box, below[i].box);
    }
    levels.push_back(std::move(level));
  }
  for (std::vector<TreeNode>& level : levels) {
    for (TreeNode& node : level) {
      node.east_m_per_e7 = east_scale(node.box);
    }
  }
}

RoadPosition RoadIndex::Tree::snap(LatLon place, const Segment& segment) const {
  const auto shape = graph.shape(segment.edge);
  const LatLon a = shape[segment.first_point];
  const LatLon b = shape[segment.first_point + 1];
  const double share = nearest_fraction(place, a, b);
  const LatLon point = interpolate(a, b, share);
  return {segment.edge, share, point, distance_m(place, point)};
}

double RoadIndex::Tree::edge_fraction(const Segment& segment, double share) const {
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

namespace {

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

struct Candidate {
  double bound_m = 0;
  std::uint32_t level = 0;
  std::uint32_t node = 0;

  friend bool operator>(const Candidate& a, const Candidate& b) { return a.bound_m > b.bound_m; }
};

}  // namespace

RoadIndex::RoadIndex(const RoadGraph& graph) : tree_(std::make_unique<Tree>(graph)) {}
RoadIndex::RoadIndex(RoadIndex&&) noexcept = default;
RoadIndex& RoadIndex::operator=(RoadIndex&&) noexcept = default;
RoadIndex::~RoadIndex() = default;

std::vector<RoadPosition> RoadIndex::nearest(LatLon place, const EdgeFilter& usable, double limit_m,
                                             std::size_t count) const {
  const Tree& tree = *tree_;
  if (tree.segments.empty() || count == 0) {
    return {};
  }
  const double east_here = scale_at(place.lat_e7).east_m_per_e7;
  const auto bound = [&](const Box& box, double east_m_per_e7) {
    return lower_bound_m(place, box, std::min(east_here, east_m_per_e7));
  };
  Best best(limit_m, count);
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
  const auto visit_leaf = [&](const Candidate& leaf) {
    const double east = tree.levels[0][leaf.node].east_m_per_e7;
    const std::size_t first = leaf.node * kFanout;
    const std::size_t last = std::min(first + kFanout, tree.segments.size());
    for (std::size_t i = first; i < last; ++i) {
      const Segment& segment = tree.segments[i];
      if (bound(tree.box_of(segment), east) <= best.bound_m() &&
          (!usable || usable(segment.edge))) {
        best.offer(tree.snap(place, segment), segment);
      }
    }
  };
  queue.push({0, static_cast<std::uint32_t>(tree.levels.size() - 1), 0});
  while (!queue.empty() && queue.top().bound_m <= best.bound_m()) {
    const Candidate next = queue.top();
    queue.pop();
    if (next.level == 0) {
      visit_leaf(next);
      continue;
    }
    const std::vector<TreeNode>& below = tree.levels[next.level - 1];
    const std::size_t first = next.node * kFanout;
    const std::size_t last = std::min(first + kFanout, below.size());
    for (std::size_t i = first; i < last; ++i) {
      queue.push({bound(below[i].box, below[i].east_m_per_e7), next.level - 1,
                  static_cast<std::uint32_t>(i)});
    }
  }
  std::vector<RoadPosition> result;
  for (const auto& [position, segment] : best.found()) {
    result.push_back(position);
    result.back().fraction = tree.edge_fraction(segment, position.fraction);
  }
  return result;
}

}  // namespace route
