// SPDX-License-Identifier: Apache-2.0
// Joins drawn strokes: (1) every segment collects the shares at which another stroke of its layer
// crosses or ends on it, (2) ends and crossings less than half a metre apart become one node,
// (3) nodes along a segment are strung in order of their shares. Candidates come from a grid of
// 100 m cells, so the work grows with the number of segments, not with its square.
#include "datagen/street_net.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace datagen {
namespace {

constexpr double kTouch = 0.5;       // metres: nearer means the same place
constexpr double kCell = 100;        // metres
constexpr double kStringStep = 30;   // metres between nodes of a bent street
constexpr double kGridMargin = 300;  // room around the town in the grid
constexpr std::size_t kGridWidth = 48;
constexpr std::size_t kGridHeight = 38;

std::size_t grid_axis(double metres, std::size_t cells) {
  const double place = std::floor((metres + kGridMargin) / kCell);
  return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(cells - 1)));
}

/// Calls `visit(cell)` for all cells of the box around a segment.
template <class Visit>
void for_cells(Point a, Point b, const Visit& visit) {
  const std::size_t x1 = grid_axis(std::max(a.x, b.x) + kTouch, kGridWidth);
  const std::size_t y1 = grid_axis(std::max(a.y, b.y) + kTouch, kGridHeight);
  for (std::size_t x = grid_axis(std::min(a.x, b.x) - kTouch, kGridWidth); x <= x1; ++x) {
    for (std::size_t y = grid_axis(std::min(a.y, b.y) - kTouch, kGridHeight); y <= y1; ++y) {
      visit(y * kGridWidth + x);
    }
  }
}

struct Segment {
  Point a, b;
  std::size_t stroke = 0;
  std::vector<std::pair<double, Point>> cuts;  // share, place
};

std::optional<Point> crossing(const Segment& s, const Segment& t) {
  const double sx = s.b.x - s.a.x;
  const double sy = s.b.y - s.a.y;
  const double tx = t.b.x - t.a.x;
  const double ty = t.b.y - t.a.y;
  const double det = sx * ty - sy * tx;
  if (std::abs(det) < 1e-9) {
    return std::nullopt;
  }
  const double along_s = ((t.a.x - s.a.x) * ty - (t.a.y - s.a.y) * tx) / det;
  const double along_t = ((t.a.x - s.a.x) * sy - (t.a.y - s.a.y) * sx) / det;
  if (along_s < 0 || along_s > 1 || along_t < 0 || along_t > 1) {
    return std::nullopt;
  }
  return between(s.a, s.b, along_s);
}

/// If `place` lies on the segment, cuts it there.
bool cut_at(Segment& segment, Point place) {
  const double share = nearest_share(place, segment.a, segment.b);
  if (distance(place, between(segment.a, segment.b, share)) > kTouch) {
    return false;
  }
  segment.cuts.emplace_back(share, place);
  return true;
}

void meet(Segment& s, Segment& t) {
  const bool ends_touch = static_cast<int>(cut_at(s, t.a)) + static_cast<int>(cut_at(s, t.b)) +
                              static_cast<int>(cut_at(t, s.a)) + static_cast<int>(cut_at(t, s.b)) >
                          0;
  if (ends_touch) {
    return;
  }
  if (const std::optional<Point> place = crossing(s, t)) {
    cut_at(s, *place);
    cut_at(t, *place);
  }
}

std::vector<Segment> cut_segments(const std::vector<Stroke>& strokes) {
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    for (std::size_t k = 1; k < strokes[i].line.size(); ++k) {
      const Point a = strokes[i].line[k - 1];
      const Point b = strokes[i].line[k];
      segments.push_back({a, b, i, {{0.0, a}, {1.0, b}}});
    }
  }
  std::vector<std::vector<std::size_t>> cells(kGridWidth * kGridHeight);
  std::vector<std::size_t> met(segments.size(), segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    for_cells(segments[i].a, segments[i].b, [&](std::size_t cell) {
      for (const std::size_t other : cells[cell]) {
        const std::size_t stroke = segments[other].stroke;
        const bool together = strokes[stroke].layer == strokes[segments[i].stroke].layer;
        if (together && stroke != segments[i].stroke && met[other] != i) {
          met[other] = i;
          meet(segments[i], segments[other]);
        }
      }
      cells[cell].push_back(i);
    });
  }
  return segments;
}

/// Gives places less than `kTouch` apart the same node.
class NodeFinder {
 public:
  explicit NodeFinder(StreetNet& net) : net_(net) {}

  std::size_t at(Point place) {
    const auto cx = static_cast<long>(std::floor(place.x));
    const auto cy = static_cast<long>(std::floor(place.y));
    for (long x = cx - 1; x <= cx + 1; ++x) {
      for (long y = cy - 1; y <= cy + 1; ++y) {
        const auto found = nodes_.find({x, y});
        if (found == nodes_.end()) {
          continue;
        }
        for (const std::size_t node : found->second) {
          if (distance(net_.nodes[node].plan, place) <= kTouch) {
            return node;
          }
        }
      }
    }
    net_.nodes.push_back({place, {}});
    nodes_[{cx, cy}].push_back(net_.nodes.size() - 1);
    return net_.nodes.size() - 1;
  }

 private:
  StreetNet& net_;
  std::map<std::pair<long, long>, std::vector<std::size_t>> nodes_;
};

std::size_t add_node(StreetNet& net, Point place, Tags tags = {}) {
  net.nodes.push_back({place, std::move(tags)});
  return net.nodes.size() - 1;
}

/// Appends the nodes from the last one to `next`, with some between so that the way can bend.
void string_to(StreetNet& net, std::vector<std::size_t>& nodes, std::size_t next) {
  if (!nodes.empty()) {
    const Point from = net.nodes[nodes.back()].plan;
    const Point to = net.nodes[next].plan;
    const int pieces = static_cast<int>(std::ceil(distance(from, to) / kStringStep));
    for (int i = 1; i < pieces; ++i) {
      nodes.push_back(add_node(net, between(from, to, static_cast<double>(i) / pieces)));
    }
  }
  nodes.push_back(next);
}

/// Puts an obstacle on a node of its own, so that it blocks this way only.
void put_barrier(StreetNet& net, std::vector<std::size_t>& nodes, const std::string& barrier) {
  const Point from = net.nodes[nodes[0]].plan;
  const Point to = net.nodes[nodes[1]].plan;
  const double share = std::min(0.5, 6 / std::max(1.0, distance(from, to)));
  nodes.insert(nodes.begin() + 1, add_node(net, between(from, to, share), {{"barrier", barrier}}));
}

std::vector<StreetWay> string_ways(StreetNet& net, const std::vector<Stroke>& strokes,
                                   std::vector<Segment>& segments) {
  NodeFinder finder(net);
  std::vector<std::vector<std::size_t>> along(strokes.size());
  for (Segment& segment : segments) {
    std::stable_sort(segment.cuts.begin(), segment.cuts.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [share, place] : segment.cuts) {
      const std::size_t node = finder.at(place);
      std::vector<std::size_t>& nodes = along[segment.stroke];
      if (nodes.empty() || nodes.back() != node) {
        nodes.push_back(node);
      }
    }
  }
  std::vector<StreetWay> ways;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    StreetWay way{{}, strokes[i].tags};
    for (const std::size_t node : along[i]) {
      string_to(net, way.nodes, node);
    }
    if (!strokes[i].barrier.empty() && way.nodes.size() > 1) {
      put_barrier(net, way.nodes, strokes[i].barrier);
    }
    ways.push_back(std::move(way));
  }
  return ways;
}

class Components {
 public:
  explicit Components(std::size_t count) : parent_(count) {
    for (std::size_t i = 0; i < count; ++i) {
      parent_[i] = i;
    }
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) {
      parent_[i] = parent_[parent_[i]];
      i = parent_[i];
    }
    return i;
  }
  void unite(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parent_;
};

/// The root of the component most road nodes belong to.
std::size_t main_component(Components& pieces, const std::vector<StreetWay>& ways) {
  std::map<std::size_t, std::size_t> sizes;
  for (const StreetWay& way : ways) {
    if (way.tag("highway") != nullptr && !way.nodes.empty()) {
      sizes[pieces.root(way.nodes[0])] += way.nodes.size();
    }
  }
  const auto largest = std::max_element(
      sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return largest->first;
}

void tag_level_crossings(StreetNet& net) {
  std::vector<int> kinds(net.nodes.size(), 0);  // bit 0: railway, bit 1: road
  for (const StreetWay& way : net.ways) {
    const int kind = way.tag("railway") != nullptr ? 1 : (way.tag("highway") != nullptr ? 2 : 0);
    for (const std::size_t node : way.nodes) {
      kinds[node] |= kind;
    }
  }
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] == 3) {
      net.nodes[i].tags.emplace_back("railway", "level_crossing");
    }
  }
}

}  // namespace

const std::string* StreetWay::tag(const std::string& key) const {
  for (const auto& [name, value] : tags) {
    if (name == key) {
      return &value;
    }
  }
  return nullptr;
}

StreetNet join_strokes(const std::vector<Stroke>& strokes) {
  StreetNet net;
  std::vector<Segment> segments = cut_segments(strokes);
  std::vector<StreetWay> ways = string_ways(net, strokes, segments);
  Components pieces(net.nodes.size());
  for (const StreetWay& way : ways) {
    if (way.tag("highway") != nullptr) {
      for (std::size_t k = 1; k < way.nodes.size(); ++k) {
        pieces.unite(way.nodes[k - 1], way.nodes[k]);
      }
    }
  }
  const std::size_t town = main_component(pieces, ways);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const bool road = ways[i].tag("highway") != nullptr;
    if (ways[i].nodes.size() > 1 &&
        (!road || strokes[i].apart || pieces.root(ways[i].nodes[0]) == town)) {
      net.ways.push_back(std::move(ways[i]));
    }
  }
  tag_level_crossings(net);
  return net;
}

StretchIndex::StretchIndex(const StreetNet& net) : cells_(kGridWidth * kGridHeight) {
  for (std::size_t i = 0; i < net.ways.size(); ++i) {
    const StreetWay& way = net.ways[i];
    if (way.tag("highway") == nullptr) {
      continue;
    }
    for (std::size_t k = 1; k < way.nodes.size(); ++k) {
      const Point a = net.nodes[way.nodes[k - 1]].plan;
      const Point b = net.nodes[way.nodes[k]].plan;
      for_cells(a, b, [&](std::size_t cell) { cells_[cell].push_back(stretches_.size()); });
      stretches_.push_back({a, b, i});
    }
  }
}

double StretchIndex::nearest(Point plan) const {
  constexpr double kCap = 60;
  double best = kCap;
  for_cells({plan.x - kCap, plan.y - kCap}, {plan.x + kCap, plan.y + kCap}, [&](std::size_t cell) {
    for (const std::size_t i : cells_[cell]) {
      const Stretch& stretch = stretches_[i];
      const double share = nearest_share(plan, stretch.from, stretch.to);
      best = std::min(best, distance(plan, between(stretch.from, stretch.to, share)));
    }
  });
  return best;
}

}  // namespace datagen
