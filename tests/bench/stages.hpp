// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <vector>

#include "net.hpp"
#include "report.hpp"
#include "route/contraction_hierarchy.hpp"

namespace bench {

/// How much is measured.
struct Options {
  Rounds rounds{9, 10};
  Rounds slow_rounds{3, 5};          ///< for orders and the searches we compare with
  std::size_t pairs = 10'000;        ///< journeys drawn, random and near
  std::size_t compared_pairs = 200;  ///< of them, also by the other searches
  std::array<std::size_t, 2> table_sources{1'000, 10'000};
  std::size_t table_targets = 50;
  std::uint32_t seed = 7;
  std::filesystem::path write_order;  ///< where to put the order; empty for nowhere

  /// Little of everything: shows that it runs, not how fast.
  [[nodiscard]] static Options quick();
  /// Fewer journeys where each takes the judge long.
  void fit_to(std::size_t nodes);
};

/// What a stage works on, and where it reports.
struct Bench {
  const Task& task;
  const Options& options;
  Report& report;
};

/// Weights by profile. The first are those of the net; the others are slower here and there, and
/// bar some arcs, as profiles of slower people do.
using ProfileWeights = std::vector<std::vector<route::Weight>>;
[[nodiscard]] ProfileWeights profile_weights(const Net& net, std::size_t profiles,
                                             std::uint32_t seed);
/// The first `profiles` of them, as a metric wants them.
[[nodiscard]] std::vector<std::span<const route::Weight>> spans_of(const ProfileWeights& weights,
                                                                   std::size_t profiles);
[[nodiscard]] bool same_metric(const route::CchMetric& a, const route::CchMetric& b);

/// Order, topology, and what they and the metrics take of memory.
[[nodiscard]] route::CchTopology measure_hierarchy(const Bench& bench);
/// 1, 4 and 8 profiles with every set of instructions; every lane against plain searches.
void measure_customization(const Bench& bench, const route::CchTopology& topology);
/// Closing and opening 1, 10 and 1,000 arcs; the result against a full customization.
void measure_updates(const Bench& bench, const route::CchTopology& topology);
/// Random and near pairs: distances, ways arc by arc, and the same by plain search and Boost.
void measure_journeys(const Bench& bench, const route::CchTopology& topology);
/// Tables with every set of instructions, and the nearest target of every node.
void measure_tables(const Bench& bench, const route::CchTopology& topology);

/// Everything. The document is complete afterwards.
void run_all(const Bench& bench);

}  // namespace bench
