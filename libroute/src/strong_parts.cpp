// SPDX-License-Identifier: Apache-2.0
#include "strong_parts.hpp"

#include <algorithm>
#include <vector>

// Tarjan: Depth-first search and linear graph algorithms (1972), with a stack of its own: the call
// stack must not depend on how long the roads of a town are. O(n + m).
//
// `order` is the time of discovery; `low` the earliest node on the stack that can be reached. A
// node with low == order is the root of a part, which then lies on top of the stack.

namespace route {
namespace {

constexpr std::uint32_t kUnseen = 0xFFFFFFFF;

class PartFinder {
 public:
  PartFinder(const RoadGraph& graph, const IdVector<ArcId, Weight>& weights)
      : graph_(graph),
        weights_(weights),
        order_(graph.node_count(), kUnseen),
        low_(graph.node_count(), kUnseen),
        part_(graph.node_count(), kUnseen) {}

  /// Part of each node; the parts are numbered as they are completed.
  const IdVector<NodeId, std::uint32_t>& find() {
    for (const NodeId root : graph_.nodes()) {
      if (order_[root] != kUnseen) {
        continue;
      }
      enter(root);
      while (!way_.empty()) {
        step();
      }
    }
    return part_;
  }

  [[nodiscard]] std::uint32_t parts() const { return parts_; }

 private:
  struct Visit {
    NodeId node;
    ArcId next;  // first arc out that has not been looked at
    ArcId end;
  };

  void enter(NodeId node) {
    order_[node] = low_[node] = seen_++;
    stack_.push_back(node);
    const auto arcs = graph_.arcs_out(node);
    way_.push_back({node, *arcs.begin(), *arcs.end()});
  }

  void step() {
    Visit& visit = way_.back();
    if (visit.next == visit.end) {
      leave();
      return;
    }
    const ArcId arc = visit.next;
    ++visit.next;
    const NodeId head = graph_.head(arc);
    if (weights_[arc] >= kInfinity) {
      return;
    }
    if (order_[head] == kUnseen) {
      enter(head);  // `visit` is not valid from here on
    } else if (part_[head] == kUnseen) {
      low_[visit.node] = std::min(low_[visit.node], order_[head]);
    }
  }

  void leave() {
    const NodeId node = way_.back().node;
    way_.pop_back();
    if (!way_.empty()) {
      const NodeId before = way_.back().node;
      low_[before] = std::min(low_[before], low_[node]);
    }
    if (low_[node] != order_[node]) {
      return;
    }
    NodeId member;
    do {
      member = stack_.back();
      stack_.pop_back();
      part_[member] = parts_;
    } while (member != node);
    ++parts_;
  }

  const RoadGraph& graph_;
  const IdVector<ArcId, Weight>& weights_;
  IdVector<NodeId, std::uint32_t> order_;
  IdVector<NodeId, std::uint32_t> low_;
  IdVector<NodeId, std::uint32_t> part_;
  std::vector<NodeId> stack_;
  std::vector<Visit> way_;
  std::uint32_t seen_ = 0;
  std::uint32_t parts_ = 0;
};

}  // namespace

IdVector<NodeId, std::uint8_t> largest_strong_part(const RoadGraph& graph,
                                                   const IdVector<ArcId, Weight>& weights) {
  PartFinder finder(graph, weights);
  const IdVector<NodeId, std::uint32_t>& part = finder.find();
  std::vector<std::size_t> size(finder.parts(), 0);
  for (const NodeId node : graph.nodes()) {
    ++size[part[node]];
  }
  const std::size_t largest = size.empty() ? 0 : *std::max_element(size.begin(), size.end());
  std::uint32_t chosen = kUnseen;
  IdVector<NodeId, std::uint8_t> marks(graph.node_count());
  for (const NodeId node : graph.nodes()) {
    if (chosen == kUnseen && size[part[node]] == largest) {
      chosen = part[node];
    }
    marks[node] = part[node] == chosen ? 1 : 0;
  }
  return marks;
}

}  // namespace route
