// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "route/road_graph.hpp"

namespace route {

/// Finds the edges whose boxes meet a box. Built once per graph; does not keep it.
class EdgeIndex {
 public:
  explicit EdgeIndex(const RoadGraph& graph);
  EdgeIndex(const EdgeIndex&) = delete;
  EdgeIndex& operator=(const EdgeIndex&) = delete;
  EdgeIndex(EdgeIndex&&) = delete;
  EdgeIndex& operator=(EdgeIndex&&) = delete;
  ~EdgeIndex();

  /// In rising order.
  [[nodiscard]] std::vector<EdgeId> near(const Box& box) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace route
