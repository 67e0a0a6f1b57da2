// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "net.hpp"

namespace bench {

/// `boost::dijkstra_shortest_paths` on Boost's own compressed graph, used the way its
/// documentation shows: the bar everybody can check.
class BoostSearch {
 public:
  explicit BoostSearch(const Net& net);
  BoostSearch(const BoostSearch&) = delete;
  BoostSearch& operator=(const BoostSearch&) = delete;
  BoostSearch(BoostSearch&&) = delete;
  BoostSearch& operator=(BoostSearch&&) = delete;
  ~BoostSearch();

  /// Leaves the search by an exception when `to` is settled.
  [[nodiscard]] route::Weight distance(route::NodeId from, route::NodeId to);
  /// Distances from the nearest of the seeds to every node, valid until the next search.
  [[nodiscard]] std::span<const route::Weight> tree(std::span<const route::NodeId> seeds);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace bench
