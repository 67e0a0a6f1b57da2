// SPDX-License-Identifier: Apache-2.0
#include "way_cutter.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "route/graph_builder.hpp"

namespace route {
namespace {

using NodeIndex = std::uint32_t;  // into SourceMap::nodes

// A stretch of a way without gaps: members [first, last) of `Cutter::members_`.
struct Stretch {
  std::size_t way = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

class Cutter {
 public:
  explicit Cutter(const SourceMap& map) : map_(map), is_cut_(map.nodes.size()) {}

  void find_stretches(BuildReport& report);
  void mark_cuts();
  void turn_rings();
  void move_obstacles_to_segments();
  [[nodiscard]] RoadGraph build() const;

 private:
  [[nodiscard]] NodeIndex index_of(std::int64_t id) const {
    const auto found = std::ranges::lower_bound(map_.node_ids, id);
    return static_cast<NodeIndex>(found - map_.node_ids.begin());
  }
  [[nodiscard]] LatLon position(std::size_t member) const {
    return map_.nodes[members_[member]].position;
  }
  void add_edges(const Stretch& stretch, const std::vector<NodeId>& ids,
                 GraphBuilder& builder) const;

  const SourceMap& map_;
  std::vector<NodeIndex> members_;
  std::vector<Stretch> stretches_;
  std::vector<bool> is_cut_;
  std::map<std::size_t, Obstacle> obstacles_;  // by the member a segment starts at
};

void Cutter::find_stretches(BuildReport& report) {
  for (std::size_t way = 0; way < map_.ways.size(); ++way) {
    const std::size_t stretches_before = stretches_.size();
    std::size_t first = members_.size();
    const auto close = [&] {
      if (members_.size() - first >= 2) {
        stretches_.push_back({way, first, members_.size()});
      } else {
        members_.resize(first);
      }
      first = members_.size();
    };
    for (std::size_t ref = map_.ways[way].first_ref; ref < map_.ways[way].last_ref; ++ref) {
      const NodeIndex node = index_of(map_.refs[ref]);
      if (!map_.nodes[node].placed) {
        ++report.missing_nodes;
        close();
      } else if (members_.size() == first || members_.back() != node) {
        members_.push_back(node);
      }
    }
    close();
    if (stretches_.size() == stretches_before) {
      ++report.ways_dropped["位置の分かる節点が2つない"];
    } else {
      ++report.ways_used;
    }
  }
}

void Cutter::mark_cuts() {
  std::vector<bool> seen(map_.nodes.size());
  for (const NodeIndex node : members_) {
    if (seen[node] || map_.nodes[node].obstacle.any()) {
      is_cut_[node] = true;
    }
    seen[node] = true;
  }
  for (const Stretch& stretch : stretches_) {
    is_cut_[members_[stretch.first]] = true;
    is_cut_[members_[stretch.last - 1]] = true;
  }
}

void Cutter::turn_rings() {
  std::vector<std::uint8_t> visits(map_.nodes.size());
  for (const NodeIndex node : members_) {
    visits[node] = static_cast<std::uint8_t>(std::min(visits[node] + 1, 3));
  }
  for (const Stretch& stretch : stretches_) {
    const auto first = members_.begin() + static_cast<std::ptrdiff_t>(stretch.first);
    const auto end = members_.begin() + static_cast<std::ptrdiff_t>(stretch.last) - 1;
    const NodeIndex start = *first;
    if (start != *end || visits[start] != 2 || map_.nodes[start].obstacle.any()) {
      continue;
    }
    const auto crossing =
        std::find_if(first + 1, end, [this](NodeIndex node) { return is_cut_[node]; });
    const bool another = std::any_of(crossing, end, [this, crossing](NodeIndex node) {
      return is_cut_[node] && node != *crossing;
    });
    if (another) {  // else the ring would become an edge from a node to itself
      std::rotate(first, crossing, end);
      *end = *first;
      is_cut_[start] = false;
    }
  }
}

void Cutter::move_obstacles_to_segments() {
  std::map<NodeIndex, std::vector<std::size_t>> segments_beside;
  for (const Stretch& stretch : stretches_) {
    for (std::size_t member = stretch.first; member + 1 < stretch.last; ++member) {
      for (const NodeIndex node : {members_[member], members_[member + 1]}) {
        if (map_.nodes[node].obstacle.any()) {
          segments_beside[node].push_back(member);
        }
      }
    }
  }
  const auto length = [this](std::size_t member) {
    return distance_m(position(member), position(member + 1));
  };
  for (const auto& [node, segments] : segments_beside) {
    const auto free = std::ranges::max_element(segments, {}, length);
    for (auto segment = segments.begin(); segment != segments.end(); ++segment) {
      if (segment == free) {
        continue;
      }
      const Obstacle& here = map_.nodes[node].obstacle;
      Obstacle& marked = obstacles_[*segment];
      marked.barrier = both(marked.barrier, here.barrier);
      marked.ford = marked.ford || here.ford;
      is_cut_[members_[*segment]] = true;
      is_cut_[members_[*segment + 1]] = true;
    }
  }
}

void Cutter::add_edges(const Stretch& stretch, const std::vector<NodeId>& ids,
                       GraphBuilder& builder) const {
  const SourceWay& way = map_.ways[stretch.way];
  std::size_t start = stretch.first;
  for (std::size_t member = stretch.first + 1; member < stretch.last; ++member) {
    if (!is_cut_[members_[member]]) {
      continue;
    }
    Road road = way.road;
    if (const auto obstacle = obstacles_.find(start); obstacle != obstacles_.end()) {
      road.barrier = both(road.barrier, obstacle->second.barrier);
      road.ford = obstacle->second.ford ? 1 : road.ford;
    }
    Polyline shape;
    for (std::size_t point = start; point <= member; ++point) {
      shape.push_back(position(point));
    }
    builder.add_edge(ids[members_[start]], ids[members_[member]], road, shape, way.name);
    start = member;
  }
}

RoadGraph Cutter::build() const {
  GraphBuilder builder;
  std::vector<NodeId> ids(map_.nodes.size());
  for (std::size_t node = 0; node < map_.nodes.size(); ++node) {
    if (is_cut_[node]) {
      ids[node] = builder.add_node(map_.nodes[node].position,
                                   map_.has_source_ids ? map_.node_ids[node] : 0);
    }
  }
  for (const Stretch& stretch : stretches_) {
    add_edges(stretch, ids, builder);
  }
  return builder.build();
}

// Union-find with path halving; the smaller index becomes the root.
class Components {
 public:
  explicit Components(std::size_t nodes) : parent_(nodes) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::uint32_t root(std::uint32_t node) {
    while (parent_[node] != node) {
      parent_[node] = parent_[parent_[node]];
      node = parent_[node];
    }
    return node;
  }

  void join(NodeId a, NodeId b) {
    const auto [low, high] = std::minmax({root(a.value), root(b.value)});
    parent_[high] = low;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

void describe(const RoadGraph& graph, BuildReport& report) {
  report.nodes = graph.node_count();
  report.edges = graph.edge_count();
  Components components(graph.node_count());
  std::uint64_t length_mm = 0;
  for (const EdgeId edge : graph.edges()) {
    const ArcId arc = graph.forward_arc(edge);
    components.join(graph.tail(arc), graph.head(arc));
    length_mm += graph.road(edge).length_mm;
  }
  report.length_km = static_cast<double>(length_mm) / 1e6;
  std::vector<std::size_t> sizes(graph.node_count());
  for (const NodeId node : graph.nodes()) {
    ++sizes[components.root(node.value)];
  }
  report.components = graph.node_count() - static_cast<std::size_t>(std::ranges::count(sizes, 0U));
  report.nodes_in_largest = sizes.empty() ? 0 : std::ranges::max(sizes);
}

}  // namespace

RoadGraph cut_ways(const SourceMap& map, BuildReport& report) {
  Cutter cutter(map);
  cutter.find_stretches(report);
  cutter.mark_cuts();
  cutter.turn_rings();
  cutter.move_obstacles_to_segments();
  RoadGraph graph = cutter.build();
  describe(graph, report);
  return graph;
}

}  // namespace route
