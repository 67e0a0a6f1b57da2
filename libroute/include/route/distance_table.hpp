// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "route/metric.hpp"
#include "route/snapping.hpp"

namespace route {

/// Durations from every source to every target.
class DistanceTable {
 public:
  DistanceTable(std::size_t sources, std::size_t targets)
      : sources_(sources), targets_(targets), weights_(sources * targets, kInfinity) {}

  [[nodiscard]] Weight& at(std::size_t source, std::size_t target) {
    return weights_[source * targets_ + target];
  }
  [[nodiscard]] Weight at(std::size_t source, std::size_t target) const {
    return weights_[source * targets_ + target];
  }
  [[nodiscard]] std::size_t sources() const { return sources_; }
  [[nodiscard]] std::size_t targets() const { return targets_; }

 private:
  std::size_t sources_;
  std::size_t targets_;
  std::vector<Weight> weights_;
};

/// Fills the table with one backward search per target. Every entry equals the duration that
/// `find_path` gives for the same pair; `kInfinity` where there is no way.
[[nodiscard]] DistanceTable distance_table(const RoadGraph& graph, const Metric& metric,
                                           std::span<const RoadPosition> sources,
                                           std::span<const RoadPosition> targets);

}  // namespace route
