// SPDX-License-Identifier: Apache-2.0
#include "elimination.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

namespace route {
namespace {

using Neighbours = std::vector<std::uint32_t>;  // ascending

/// Makes the neighbours of an eliminated node neighbours of each other.
void join(std::vector<Neighbours>& adjacent, std::uint32_t node, Neighbours& scratch) {
  const Neighbours& clique = adjacent[node];
  for (const std::uint32_t member : clique) {
    scratch.clear();
    std::ranges::set_union(adjacent[member], clique, std::back_inserter(scratch));
    std::erase_if(scratch, [&](std::uint32_t other) { return other == node || other == member; });
    adjacent[member].swap(scratch);
  }
}

UndirectedGraph renumbered(const std::vector<Neighbours>& adjacent,
                           std::vector<std::uint32_t>& number) {
  std::uint32_t count = 0;
  for (std::uint32_t& value : number) {
    if (value != Elimination::kGone) {
      value = count++;
    }
  }
  UndirectedGraph rest;
  for (std::size_t node = 0; node < number.size(); ++node) {
    if (number[node] == Elimination::kGone) {
      continue;
    }
    for (const std::uint32_t other : adjacent[node]) {
      rest.neighbours.push_back(number[other]);
    }
    rest.first.push_back(static_cast<std::uint32_t>(rest.neighbours.size()));
  }
  return rest;
}

}  // namespace

Elimination eliminate_low_degrees(const UndirectedGraph& graph, std::size_t max_degree) {
  using Entry = std::tuple<std::uint32_t, std::size_t, std::uint32_t>;  // round, degree, node
  std::vector<std::uint32_t> round(graph.node_count(), 0);  // one more than of any lost neighbour
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::vector<Neighbours> adjacent(graph.node_count());
  Elimination result;
  result.number_in_rest.assign(graph.node_count(), 0);
  const auto enqueue = [&](std::uint32_t node) {
    if (adjacent[node].size() <= max_degree) {
      queue.emplace(round[node], adjacent[node].size(), node);
    }
  };
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    adjacent[node].assign(graph.at(node).begin(), graph.at(node).end());
    std::ranges::sort(adjacent[node]);
    enqueue(node);
  }
  Neighbours scratch;
  while (!queue.empty()) {
    const auto [entered, degree, node] = queue.top();
    queue.pop();
    if (result.number_in_rest[node] == Elimination::kGone || entered != round[node] ||
        degree != adjacent[node].size()) {
      continue;  // an entry from before a neighbour was lost
    }
    result.number_in_rest[node] = Elimination::kGone;
    result.order.push_back(node);
    join(adjacent, node, scratch);
    for (const std::uint32_t member : adjacent[node]) {
      round[member] = std::max(round[member], round[node] + 1);
      enqueue(member);
    }
    adjacent[node] = {};
  }
  result.rest = renumbered(adjacent, result.number_in_rest);
  return result;
}

}  // namespace route
