// SPDX-License-Identifier: Apache-2.0
#include "route/min_cost_flow.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "route/error.hpp"

// Successive shortest paths. Invariant: with r(a) = cost(a) + potential(tail) - potential(head),
// every arc with residual capacity has r(a) >= 0, so Dijkstra applies although reverse arcs have
// negative costs. Nodes that cannot be reached now never can be later, because new residual arcs
// only join reached nodes; their potentials may stay behind.

namespace route {
namespace {

constexpr std::int64_t kUnreached = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kNoArc = std::numeric_limits<std::size_t>::max();

}  // namespace

MinCostFlow::MinCostFlow(std::size_t nodes) : out_(nodes) {}

std::size_t MinCostFlow::add_arc(std::size_t tail, std::size_t head, std::int64_t capacity,
                                 std::int64_t unit_cost) {
  TOMONI_EXPECT(tail < out_.size() && head < out_.size());
  TOMONI_EXPECT(capacity >= 0 && unit_cost >= 0);
  const std::size_t index = arcs_.size() / 2;
  out_[tail].push_back(arcs_.size());
  arcs_.push_back({head, capacity, unit_cost});
  out_[head].push_back(arcs_.size());
  arcs_.push_back({tail, 0, -unit_cost});
  return index;
}

MinCostFlow::Result MinCostFlow::solve(std::size_t source, std::size_t sink, std::int64_t limit) {
  TOMONI_EXPECT(source < out_.size() && sink < out_.size() && source != sink);
  Result result;
  std::vector<std::int64_t> potential(out_.size(), 0);
  while (result.flow < limit) {
    std::vector<std::size_t> via;
    const std::vector<std::int64_t> distance = reduced_distances(source, potential, via);
    if (distance[sink] == kUnreached) {
      break;
    }
    for (std::size_t node = 0; node < out_.size(); ++node) {
      if (distance[node] != kUnreached) {
        potential[node] += distance[node];
      }
    }
    std::int64_t amount = limit - result.flow;
    for (std::size_t node = sink; node != source; node = arcs_[via[node] ^ 1].head) {
      amount = std::min(amount, arcs_[via[node]].residual);
    }
    for (std::size_t node = sink; node != source; node = arcs_[via[node] ^ 1].head) {
      arcs_[via[node]].residual -= amount;
      arcs_[via[node] ^ 1].residual += amount;
      result.cost += amount * arcs_[via[node]].cost;
    }
    result.flow += amount;
  }
  return result;
}

std::int64_t MinCostFlow::flow_on(std::size_t arc) const {
  TOMONI_EXPECT(2 * arc + 1 < arcs_.size());
  return arcs_[2 * arc + 1].residual;
}

std::vector<std::int64_t> MinCostFlow::reduced_distances(std::size_t source,
                                                         const std::vector<std::int64_t>& potential,
                                                         std::vector<std::size_t>& via) const {
  using Entry = std::pair<std::int64_t, std::size_t>;
  std::vector<std::int64_t> distance(out_.size(), kUnreached);
  via.assign(out_.size(), kNoArc);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  distance[source] = 0;
  queue.emplace(0, source);
  while (!queue.empty()) {
    const auto [reached_at, node] = queue.top();
    queue.pop();
    if (reached_at > distance[node]) {
      continue;
    }
    for (const std::size_t index : out_[node]) {
      const Arc& arc = arcs_[index];
      if (arc.residual == 0) {
        continue;
      }
      const std::int64_t next = reached_at + arc.cost + potential[node] - potential[arc.head];
      if (next < distance[arc.head]) {
        distance[arc.head] = next;
        via[arc.head] = index;
        queue.emplace(next, arc.head);
      }
    }
  }
  return distance;
}

}  // namespace route
