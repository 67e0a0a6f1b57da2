// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace route {

/// An undirected simple graph on the nodes 0 ... n-1.
struct UndirectedGraph {
  std::vector<std::uint32_t> first{0};  ///< by node, and the end
  std::vector<std::uint32_t> neighbours;

  [[nodiscard]] std::size_t node_count() const { return first.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> at(std::uint32_t node) const {
    return std::span(neighbours).subspan(first[node], first[node + 1] - first[node]);
  }
};

/// Nodes in the order in which they were eliminated.
struct Elimination {
  std::vector<std::uint32_t> order;
  /// What is left: by node of the given graph its number in `rest`, or `kGone`.
  std::vector<std::uint32_t> number_in_rest;
  UndirectedGraph rest;

  static constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();
};

/// Eliminates nodes of at most `max_degree` again and again; the neighbours of an eliminated node
/// become a clique. First come nodes that have lost no neighbour yet, so that chains fold up
/// evenly instead of from their ends; then those of least degree, then of lowest number.
[[nodiscard]] Elimination eliminate_low_degrees(const UndirectedGraph& graph,
                                                std::size_t max_degree);

}  // namespace route
