// SPDX-License-Identifier: Apache-2.0
#include "track_ways.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <unordered_map>
#include <utility>

namespace route {

double length_of(const RoadGraph& graph, const Piece& piece) {
  return metres(graph.road(graph.edge(piece.arc)).length_mm) * std::abs(piece.end - piece.begin);
}

namespace {

struct Reached {
  double length_m = 0;
  Piece last;
  NodeId before;  ///< invalid where the way began
  bool settled = false;
};

/// The nodes within the bound of a position.
class Surroundings {
 public:
  Surroundings(const TrackRoadsRequest& request, const RoadPosition& from, double bound_m)
      : graph_(request.graph), open_(request.open), bound_m_(bound_m) {
    const ArcId ahead = graph_.forward_arc(from.edge);
    const ArcId back = graph_.backward_arc(from.edge);
    offer(graph_.head(ahead), 0, {ahead, from.fraction, 1}, NodeId{});
    offer(graph_.head(back), 0, {back, from.fraction, 0}, NodeId{});
    grow();
  }

  [[nodiscard]] const Reached* at(NodeId node) const {
    const auto found = reached_.find(node.value);
    return found == reached_.end() ? nullptr : &found->second;
  }

 private:
  void offer(NodeId node, double before_m, const Piece& piece, NodeId before) {
    if (open_[piece.arc] == 0) {
      return;
    }
    const double length_m = before_m + length_of(graph_, piece);
    if (length_m > bound_m_) {
      return;
    }
    const auto [place, is_new] = reached_.try_emplace(node.value);
    if (is_new || length_m < place->second.length_m) {
      place->second = {.length_m = length_m, .last = piece, .before = before};
      queue_.emplace(length_m, node.value);
    }
  }

  void grow() {
    while (!queue_.empty()) {
      const auto [length_m, value] = queue_.top();
      queue_.pop();
      Reached& here = reached_.at(value);
      if (here.settled || length_m > here.length_m) {
        continue;
      }
      here.settled = true;
      const NodeId node{value};
      for (const ArcId arc : graph_.arcs_out(node)) {
        offer(graph_.head(arc), length_m, whole(graph_, arc), node);
      }
    }
  }

  using Entry = std::pair<double, std::uint32_t>;

  const RoadGraph& graph_;
  const OpenArcs& open_;
  double bound_m_;
  std::unordered_map<std::uint32_t, Reached> reached_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

/// The way to a node, then the piece from it to the target.
ShortWay way_over(const Surroundings& around, NodeId node, const Piece& last, double length_m) {
  ShortWay way{.length_m = length_m, .pieces = {last}};
  for (const Reached* step = around.at(node); step != nullptr;
       step = step->before.valid() ? around.at(step->before) : nullptr) {
    way.pieces.push_back(step->last);
  }
  std::ranges::reverse(way.pieces);
  std::erase_if(way.pieces, [](const Piece& piece) { return piece.begin == piece.end; });
  return way;
}

/// Staying on the edge that both lie on, in the direction of the arc.
std::optional<ShortWay> direct(const RoadGraph& graph, const RoadPosition& from,
                               const RoadPosition& to, ArcId arc) {
  const bool ahead =
      graph.is_forward(arc) ? from.fraction <= to.fraction : from.fraction >= to.fraction;
  if (from.edge != to.edge || !ahead) {
    return std::nullopt;
  }
  const Piece piece{arc, from.fraction, to.fraction};
  return ShortWay{.length_m = length_of(graph, piece), .pieces = {piece}};
}

/// Over the node at which the arc begins.
std::optional<ShortWay> round(const RoadGraph& graph, const Surroundings& around,
                              const RoadPosition& to, ArcId arc) {
  const NodeId tail = graph.tail(arc);
  const Reached* there = around.at(tail);
  if (there == nullptr) {
    return std::nullopt;
  }
  const Piece last{arc, graph.is_forward(arc) ? 0.0 : 1.0, to.fraction};
  return way_over(around, tail, last, there->length_m + length_of(graph, last));
}

}  // namespace

std::vector<std::optional<ShortWay>> short_ways(const TrackRoadsRequest& request,
                                                const RoadPosition& from,
                                                std::span<const RoadPosition> targets,
                                                double bound_m) {
  const RoadGraph& graph = request.graph;
  const Surroundings around(request, from, bound_m);
  std::vector<std::optional<ShortWay>> ways(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto offer = [&](std::optional<ShortWay> way) {
      if (way && way->length_m <= bound_m && (!ways[i] || way->length_m < ways[i]->length_m)) {
        ways[i] = std::move(way);
      }
    };
    const EdgeId edge = targets[i].edge;
    for (const ArcId arc : {graph.forward_arc(edge), graph.backward_arc(edge)}) {
      if (request.open[arc] != 0) {
        offer(direct(graph, from, targets[i], arc));
        offer(round(graph, around, targets[i], arc));
      }
    }
  }
  return ways;
}

}  // namespace route
