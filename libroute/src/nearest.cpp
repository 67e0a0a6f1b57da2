// SPDX-License-Identifier: Apache-2.0
#include "route/nearest.hpp"

#include <algorithm>

#include "path_pieces.hpp"
#include "route/error.hpp"
#include "search.hpp"

namespace route {
namespace {

/// A target waits at a node for the search to come by.
struct Waiting {
  NodeId node;
  std::size_t target = 0;
  Weight weight = 0;  // from the node to the target
};

bool sooner(const NearTarget& a, const NearTarget& b) {
  return a.duration != b.duration ? a.duration < b.duration : a.target < b.target;
}

/// The first targets so far, soonest first, each once.
class First {
 public:
  First(std::size_t targets, std::size_t count) : best_(targets, kInfinity), count_(count) {}

  void offer(std::size_t target, Weight duration) {
    if (duration >= best_[target]) {
      return;
    }
    best_[target] = duration;
    std::erase_if(found_, [target](const NearTarget& near) { return near.target == target; });
    const NearTarget near{target, duration};
    found_.insert(std::upper_bound(found_.begin(), found_.end(), near, sooner), near);
    if (found_.size() > count_) {
      found_.pop_back();
    }
  }

  /// Whether a target after this duration could still come in.
  [[nodiscard]] bool open_at(Weight duration) const {
    return found_.size() < count_ || duration <= found_.back().duration;
  }
  [[nodiscard]] const std::vector<NearTarget>& found() const { return found_; }

 private:
  std::vector<Weight> best_;
  std::size_t count_;
  std::vector<NearTarget> found_;
};

}  // namespace

std::vector<NearTarget> nearest_targets(const NearestRequest& request,
                                        std::span<const RoadPosition> targets, std::size_t count) {
  const auto& [graph, metric, from] = request;
  TOMONI_EXPECT(metric.weights.size() == graph.arc_count());
  if (count == 0) {
    return {};
  }
  First first(targets.size(), count);
  std::vector<Waiting> waiting;
  for (std::size_t target = 0; target < targets.size(); ++target) {
    first.offer(target, along_one_edge(graph, metric, from, targets[target]));
    for (const EndPiece& end : end_pieces(graph, metric, targets[target], Direction::Backward)) {
      waiting.push_back({end.node, target, end.weight});
    }
  }
  std::ranges::sort(waiting, {}, &Waiting::node);
  const auto on_settled = [&](NodeId node, Weight distance) {
    auto at = std::ranges::lower_bound(waiting, node, {}, &Waiting::node);
    for (; at != waiting.end() && at->node == node; ++at) {
      first.offer(at->target, add(distance, at->weight));
    }
    return first.open_at(distance);
  };
  search(graph, metric, seeds_at(graph, metric, from, Direction::Forward), Direction::Forward,
         on_settled);
  return first.found();
}

}  // namespace route
