// SPDX-License-Identifier: Apache-2.0
#include "segment_tree.hpp"

namespace route {
namespace {

double east_scale(const Box& box) {
  const double lat = std::max(std::abs(static_cast<double>(box.low.lat_e7)),
                              std::abs(static_cast<double>(box.high.lat_e7)));
  return scale_at(lat).east_m_per_e7;
}

// Distance along the Hilbert curve through a square of 2^16 cells a side_of.
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

/// Positive where c lies left of a-b, negative right of it; exact within 9 degrees.
double side_of(LatLon a, LatLon b, LatLon c) {
  return (static_cast<double>(b.lon_e7) - a.lon_e7) * (static_cast<double>(c.lat_e7) - a.lat_e7) -
         (static_cast<double>(b.lat_e7) - a.lat_e7) * (static_cast<double>(c.lon_e7) - a.lon_e7);
}

/// Half-open in the ends of the segment, so that a line through a corner of a shape crosses once.
bool crosses(LatLon from, LatLon to, const Segment& segment) {
  return side_of(segment.a, segment.b, from) * side_of(segment.a, segment.b, to) < 0 &&
         (side_of(from, to, segment.a) > 0) != (side_of(from, to, segment.b) > 0);
}

Box box_of(LatLon a, LatLon b) {
  Box box;
  box.add(a);
  box.add(b);
  return box;
}

bool apart(const Box& a, const Box& b) {
  return a.low.lat_e7 > b.high.lat_e7 || b.low.lat_e7 > a.high.lat_e7 ||
         a.low.lon_e7 > b.high.lon_e7 || b.low.lon_e7 > a.high.lon_e7;
}

}  // namespace

SegmentTree::SegmentTree(const RoadGraph& graph, const std::function<bool(EdgeId)>& keep) {
  struct Keyed {
    std::uint32_t key;
    Segment segment;
  };
  const Box& all = graph.bounds();
  std::vector<Keyed> keyed;
  for (const EdgeId edge : graph.edges()) {
    if (!keep(edge)) {
      continue;
    }
    const auto shape = graph.shape(edge);
    for (std::uint32_t point = 0; point + 1 < shape.size(); ++point) {
      const Segment segment{shape[point], shape[point + 1], edge, point};
      const double lat = (static_cast<double>(segment.a.lat_e7) + segment.b.lat_e7) / 2;
      const double lon = (static_cast<double>(segment.a.lon_e7) + segment.b.lon_e7) / 2;
      keyed.push_back({hilbert(cell_of(lon, all.low.lon_e7, all.high.lon_e7),
                               cell_of(lat, all.low.lat_e7, all.high.lat_e7)),
                       segment});
    }
  }
  std::ranges::stable_sort(keyed, {}, &Keyed::key);
  segments_.reserve(keyed.size());
  for (const Keyed& entry : keyed) {
    segments_.push_back(entry.segment);
  }
  build_levels();
}

void SegmentTree::build_levels() {
  const auto merge = [](Box& box, const Box& other) {
    box.add(other.low);
    box.add(other.high);
  };
  std::vector<Node> leaves((segments_.size() + kFanout - 1) / kFanout);
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    merge(leaves[i / kFanout].box, box_of(segments_[i].a, segments_[i].b));
  }
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<Node>& below = levels_.back();
    std::vector<Node> level((below.size() + kFanout - 1) / kFanout);
    for (std::size_t i = 0; i < below.size(); ++i) {
      merge(level[i / kFanout].box, below[i].box);
    }
    levels_.push_back(std::move(level));
  }
  for (std::vector<Node>& level : levels_) {
    for (Node& node : level) {
      node.east_m_per_e7 = east_scale(node.box);
    }
  }
}

SegmentTree::Probe SegmentTree::probe(LatLon place) const {
  const Box& all = levels_.back().front().box;
  const double lon = place.lon_e7;
  return {place, scale_at(place.lat_e7).east_m_per_e7,
          lon - all.low.lon_e7 > kHalfTurnE7 || all.high.lon_e7 - lon > kHalfTurnE7};
}

bool SegmentTree::crossed_by(LatLon from, LatLon to) const {
  const Box line = box_of(from, to);
  const double east = static_cast<double>(line.high.lon_e7) - line.low.lon_e7;
  return !segments_.empty() && east <= kHalfTurnE7 &&
         crossed_below({from, to, line}, {levels_.size() - 1, 0});
}

bool SegmentTree::crossed_below(const Line& line, std::pair<std::size_t, std::size_t> at) const {
  const auto [level, index] = at;
  if (apart(line.box, levels_[level][index].box)) {
    return false;
  }
  const std::size_t first = index * kFanout;
  const std::size_t size = level == 0 ? segments_.size() : levels_[level - 1].size();
  for (std::size_t i = first; i < std::min(first + kFanout, size); ++i) {
    if (level == 0 ? crosses(line.from, line.to, segments_[i])
                   : crossed_below(line, {level - 1, i})) {
      return true;
    }
  }
  return false;
}

}  // namespace route
