// SPDX-License-Identifier: Apache-2.0
#include "plain_search.hpp"

#include <algorithm>
#include <functional>

#include "route/error.hpp"

namespace bench {

using route::kInfinity;
using route::NodeId;
using route::Weight;

PlainSearch::PlainSearch(const Net& net, std::span<const Weight> weights)
    : net_(net), weights_(weights), distance_(net.positions.size(), kInfinity) {
  TOMONI_EXPECT(weights.size() == net.heads.size());
}

void PlainSearch::reach(std::uint32_t node, Weight distance) {
  if (distance >= distance_[node]) {
    return;
  }
  if (distance_[node] == kInfinity) {
    touched_.push_back(node);
  }
  distance_[node] = distance;
  heap_.emplace_back(distance, node);
  std::ranges::push_heap(heap_, std::greater<>());
}

void PlainSearch::begin(std::span<const NodeId> seeds) {
  for (const std::uint32_t node : touched_) {
    distance_[node] = kInfinity;
  }
  touched_.clear();
  heap_.clear();
  for (const NodeId seed : seeds) {
    reach(seed.value, 0);
  }
}

void PlainSearch::run(NodeId until) {
  while (!heap_.empty()) {
    std::ranges::pop_heap(heap_, std::greater<>());
    const auto [distance, node] = heap_.back();
    heap_.pop_back();
    if (node == until.value) {
      return;
    }
    if (distance > distance_[node]) {
      continue;  // an older, longer entry of a node settled before
    }
    for (std::uint32_t arc = net_.first_out[node]; arc < net_.first_out[node + 1]; ++arc) {
      reach(net_.heads[arc].value, route::add(distance, weights_[arc]));
    }
  }
}

Weight PlainSearch::distance(NodeId from, NodeId to) {
  begin({&from, 1});
  run(to);
  return distance_[to.value];
}

std::span<const Weight> PlainSearch::tree(std::span<const NodeId> seeds) {
  begin(seeds);
  run(NodeId{});
  return distance_;
}

}  // namespace bench
