// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace route {

/// Minimum-cost flow by successive shortest paths with potentials (Ahuja, Magnanti, Orlin:
/// Network Flows, 1993, §9.7). Costs must not be negative. O(F (n + m) log n) for a flow of F:
/// meant for middle-sized networks and as an oracle; towns use `assign_shelters`.
class MinCostFlow {
 public:
  explicit MinCostFlow(std::size_t nodes);

  /// Returns the arc's index for `flow_on`.
  std::size_t add_arc(std::size_t tail, std::size_t head, std::int64_t capacity,
                      std::int64_t unit_cost);

  struct Result {
    std::int64_t flow = 0;
    std::int64_t cost = 0;
  };
  /// Sends as much as possible, at most `limit`, from source to sink at least cost.
  Result solve(std::size_t source, std::size_t sink, std::int64_t limit);

  [[nodiscard]] std::int64_t flow_on(std::size_t arc) const;

 private:
  struct Arc {
    std::size_t head;
    std::int64_t residual;
    std::int64_t cost;
  };
  [[nodiscard]] std::vector<std::int64_t> reduced_distances(
      std::size_t source, const std::vector<std::int64_t>& potential,
      std::vector<std::size_t>& via) const;

  std::vector<Arc> arcs_;  // arc 2k forward, 2k+1 its reverse
  std::vector<std::vector<std::size_t>> out_;
};

}  // namespace route
