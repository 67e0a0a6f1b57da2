// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "route/contraction_hierarchy.hpp"
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
  /// The durations from one source, by target.
  [[nodiscard]] std::span<Weight> row(std::size_t source) {
    return std::span(weights_).subspan(source * targets_, targets_);
  }
  [[nodiscard]] std::size_t sources() const { return sources_; }
  [[nodiscard]] std::size_t targets() const { return targets_; }
  friend bool operator==(const DistanceTable&, const DistanceTable&) = default;

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

/// Some places by the nodes they are entered or left at: the seeds of place i are
/// `seeds[first[i]]` to `seeds[first[i + 1]]`.
struct SeedLists {
  std::vector<std::uint32_t> first{0};
  std::vector<Seed> seeds;

  [[nodiscard]] std::size_t size() const { return first.size() - 1; }
  [[nodiscard]] std::span<const Seed> operator[](std::size_t place) const {
    return std::span(seeds).subspan(first[place], first[place + 1] - first[place]);
  }
  void add(std::span<const Seed> of_place);
};

/// The same table on a hierarchy, between nodes: one sweep over the ancestors of all sources for up
/// to 64 targets at once (after Delling, Goldberg and Werneck, Faster Batched Shortest Paths in
/// Road Networks, 2011).
[[nodiscard]] DistanceTable distance_table(const CchMetric& metric, std::size_t profile,
                                           const SeedLists& sources, const SeedLists& targets);

/// A metric together with its customization.
struct CustomizedRoads {
  const RoadGraph& graph;
  const Metric& metric;
  const CchMetric& customized;
  std::size_t profile = 0;  ///< the metric's place in `customized`
};

/// The same between road positions; equals the plain table entry by entry.
[[nodiscard]] DistanceTable distance_table(const CustomizedRoads& roads,
                                           std::span<const RoadPosition> sources,
                                           std::span<const RoadPosition> targets);

/// The nearest of some targets, by node.
struct Nearest {
  Weight weight = kInfinity;
  std::uint32_t target = 0;  ///< the lowest among equals; meaningless without a way
};

/// For every node the target it reaches soonest: one sweep over the whole hierarchy.
[[nodiscard]] IdVector<NodeId, Nearest> nearest_targets(const CchMetric& metric,
                                                        std::size_t profile,
                                                        const SeedLists& targets);

}  // namespace route
