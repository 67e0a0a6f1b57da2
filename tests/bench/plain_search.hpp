// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "net.hpp"

namespace bench {

/// Dijkstra's algorithm (1959) with a binary heap on bare arrays: the judge of every answer and the
/// honest bar. Forgets only what it touched, so that near journeys are cheap.
class PlainSearch {
 public:
  /// Net and weights must outlive the search.
  explicit PlainSearch(const Net& net) : PlainSearch(net, net.weights) {}
  PlainSearch(const Net& net, std::span<const route::Weight> weights);

  /// Stops as soon as `to` is settled; `kInfinity` where there is no way.
  [[nodiscard]] route::Weight distance(route::NodeId from, route::NodeId to);
  /// Distances from the nearest of the seeds to every node, valid until the next search.
  [[nodiscard]] std::span<const route::Weight> tree(std::span<const route::NodeId> seeds);

 private:
  using Entry = std::pair<route::Weight, std::uint32_t>;
  void begin(std::span<const route::NodeId> seeds);
  void reach(std::uint32_t node, route::Weight distance);
  void run(route::NodeId until);

  const Net& net_;
  std::span<const route::Weight> weights_;
  std::vector<route::Weight> distance_;
  std::vector<std::uint32_t> touched_;
  std::vector<Entry> heap_;
};

}  // namespace bench
