// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "route/metric.hpp"
#include "route/planned_way.hpp"

namespace route {

/// How likely each road is blocked, in 2^-32ths; `kCertain` = always.
using BlockageChances = IdVector<EdgeId, std::uint64_t>;
inline constexpr std::uint64_t kCertain = std::uint64_t{1} << 32;

/// From percent, to the nearest 2^-32th.
[[nodiscard]] std::uint64_t chance_of(double percent);

/// People who see the roads alike, with their ways.
struct ExposedUsers {
  const Metric& metric;
  const BlockageChances& chances;
  std::span<const PlannedWay> ways;
};

struct BlockageRequest {
  const RoadGraph& graph;
  std::span<const ExposedUsers> groups;
  std::uint64_t seed = 0;
  std::uint32_t scenarios = 0;
  unsigned threads = 1;  ///< at least 1; has no bearing on the result
};

/// In how many scenarios something befell one person.
struct ScenarioCounts {
  std::uint32_t cut = 0;     ///< the planned way was blocked
  std::uint32_t no_way = 0;  ///< no way at all to the target was open
  friend bool operator==(const ScenarioCounts&, const ScenarioCounts&) = default;
};

struct BlockageStudy {
  std::vector<std::uint32_t> cut;                   ///< people, by scenario
  std::vector<std::uint32_t> no_way;                ///< people, by scenario
  std::vector<std::vector<ScenarioCounts>> people;  ///< by group, by way
  friend bool operator==(const BlockageStudy&, const BlockageStudy&) = default;
};

/// Blocks roads at random, scenario by scenario (Monte Carlo). Roads are blocked independently of
/// each other; the rubble of a blocked road lies at one place, drawn evenly along it, so that who
/// lives on the road gets out at one of its ends but nobody gets through. One number per road and
/// scenario decides for all groups: a road that is blocked for those with the smaller chance is
/// blocked for the others too. Numbers are counted, not streamed (`counted_random.hpp`): the same
/// seed gives the same study on any number of threads, and the first scenarios of a longer study
/// are those of a shorter one. Banned turns and durations are not looked at.
[[nodiscard]] BlockageStudy study_blockages(const BlockageRequest& request);

/// Mean and percentiles (nearest rank) of counts by scenario.
struct CountSpread {
  double mean = 0;
  std::uint32_t p10 = 0;
  std::uint32_t p50 = 0;
  std::uint32_t p90 = 0;
};
[[nodiscard]] CountSpread spread_of(std::span<const std::uint32_t> counts);

}  // namespace route
