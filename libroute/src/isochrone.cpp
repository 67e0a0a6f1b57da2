// SPDX-License-Identifier: Apache-2.0
#include "route/isochrone.hpp"

#include <algorithm>
#include <numeric>

#include "area_grid.hpp"
#include "path_pieces.hpp"
#include "route/error.hpp"
#include "search.hpp"

namespace route {
namespace {

SearchTree reach(const ReachRequest& request, Weight bound) {
  const auto& graph = request.graph;
  TOMONI_EXPECT(request.metric.weights.size() == graph.arc_count());
  const auto seeds = seeds_at(graph, request.metric, request.place, request.direction);
  return search(graph, request.metric, seeds, request.direction,
                [bound](NodeId, Weight distance) { return distance <= bound; });
}

/// How far along an arc of this weight one gets in the time left.
double share_in(Weight left, Weight weight) {
  return left >= weight ? 1.0 : static_cast<double>(left) / weight;
}

/// Collects parts of one edge and joins those that meet.
class Parts {
 public:
  explicit Parts(EdgeId edge) : edge_(edge) {}

  void add(double begin, double end) { parts_.push_back({edge_, begin, end}); }

  void join_into(std::vector<ReachedPart>& all) {
    std::ranges::sort(parts_, {}, &ReachedPart::begin);
    const auto first = all.size();
    for (const ReachedPart& part : parts_) {
      if (all.size() > first && part.begin <= all.back().end) {
        all.back().end = std::max(all.back().end, part.end);
      } else {
        all.push_back(part);
      }
    }
  }

 private:
  EdgeId edge_;
  std::vector<ReachedPart> parts_;
};

/// The parts of the place's own edge that need no node.
void add_own_edge(const ReachRequest& request, Weight bound, Parts& parts) {
  const double at = request.place.fraction;
  const auto& weights = request.metric.weights;
  for (const bool forward : {true, false}) {
    const EdgeId edge = request.place.edge;
    const Weight weight =
        weights[forward ? request.graph.forward_arc(edge) : request.graph.backward_arc(edge)];
    if (weight >= kInfinity) {
      continue;
    }
    if (forward == (request.direction == Direction::Forward)) {
      parts.add(at, std::min(at + share_in(bound, weight), 1.0));
    } else {
      parts.add(std::max(at - share_in(bound, weight), 0.0), at);
    }
  }
}

/// The parts reached from (towards: that reach) the ends of an edge.
void add_from_ends(const ReachRequest& request, const SearchTree& tree, Weight bound, EdgeId edge,
                   Parts& parts) {
  const RoadGraph& graph = request.graph;
  const auto offer = [&](ArcId arc, NodeId node, bool at_tail_of_edge) {
    const Weight weight = request.metric.weights[arc];
    const Weight distance = tree.distance[node];
    if (weight >= kInfinity || distance > bound || (distance == bound && weight > 0)) {
      return;
    }
    const double share = share_in(bound - distance, weight);
    parts.add(at_tail_of_edge ? 0 : 1 - share, at_tail_of_edge ? share : 1);
  };
  const ArcId ahead = graph.forward_arc(edge);
  const ArcId back = graph.backward_arc(edge);
  const bool from = request.direction == Direction::Forward;
  offer(from ? ahead : back, graph.tail(ahead), true);
  offer(from ? back : ahead, graph.head(ahead), false);
}

std::vector<ReachedPart> parts_within(const ReachRequest& request, const SearchTree& tree,
                                      Weight bound) {
  std::vector<ReachedPart> all;
  for (const EdgeId edge : request.graph.edges()) {
    Parts parts(edge);
    if (edge == request.place.edge) {
      add_own_edge(request, bound, parts);
    }
    add_from_ends(request, tree, bound, edge, parts);
    parts.join_into(all);
  }
  return all;
}

Polyline shape_of(const RoadGraph& graph, const ReachedPart& part) {
  return shape_between(graph, part.edge, part.begin, part.end);
}

}  // namespace

std::vector<ReachedPart> reached_parts(const ReachRequest& request, Weight bound) {
  TOMONI_EXPECT(bound < kInfinity);
  return parts_within(request, reach(request, bound), bound);
}

Isochrones isochrones(const ReachRequest& request, const std::vector<Weight>& bounds,
                      const AreaStyle& style) {
  Isochrones result;
  if (bounds.empty()) {
    return result;
  }
  std::vector<std::size_t> rising(bounds.size());
  std::iota(rising.begin(), rising.end(), std::size_t{0});
  std::ranges::stable_sort(rising, {}, [&bounds](std::size_t i) { return bounds[i]; });
  const Weight largest = bounds[rising.back()];
  TOMONI_EXPECT(largest < kInfinity);
  const SearchTree tree = reach(request, largest);
  result.areas.resize(bounds.size());
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    result.areas[i].bound = bounds[i];
  }
  const auto all = parts_within(request, tree, largest);
  if (all.empty()) {
    return result;  // every direction is banned at the place
  }
  Box box;
  for (const ReachedPart& part : all) {
    for (const LatLon point : request.graph.shape(part.edge)) {
      box.add(point);
    }
  }
  AreaGrid grid(box, style);
  result.accuracy_m = grid.accuracy_m();
  for (const std::size_t i : rising) {
    Isochrone& area = result.areas[i];
    for (const ReachedPart& part : parts_within(request, tree, bounds[i])) {
      grid.add(shape_of(request.graph, part));
      area.length_m += (part.end - part.begin) * metres(request.graph.road(part.edge).length_mm);
    }
    area.polygons = grid.outline();
  }
  return result;
}

}  // namespace route
