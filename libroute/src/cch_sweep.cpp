// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "route/distance_table.hpp"
#include "route/error.hpp"
#include "route/path.hpp"
#include "simd_targets.hpp"

namespace route {
namespace {

constexpr std::size_t kLanes = 64;  // targets of one sweep

/// Durations from one node to all targets of a sweep.
struct alignas(64) Row {
  std::array<Weight, kLanes> weight;
};

/// What the kernel touches.
struct SweepWork {
  const CchTopology& topology;
  const Weight* up;
  const std::uint32_t* own_row;  // by rank: place in `rows` of what the targets know, or kNone
  const Row* rows;
  Row* stack;  // by level: the rows of the ancestors of the node at hand
};

/// The row of a node whose ancestors lie on the stack: from itself, or up to an ancestor and on.
template <int kWide>  // weights in a vector of the machine
TOMONI_KERNEL void sweep_node(const SweepWork& work, Rank node) {
  using Vector = Lanes<kWide>;
  constexpr std::size_t kVectors = kLanes / kWide;
  const CchTopology& topology = work.topology;
  std::array<Vector, kVectors> best{};
  const std::uint32_t own = work.own_row[node];
  for (std::size_t v = 0; v < kVectors; ++v) {
    best[v] = own == CchTopology::kNone
                  ? Vector{} + kInfinity
                  : reinterpret_cast<const Vector*>(work.rows[own].weight.data())[v];
  }
  const Level* const level = topology.head_levels().data();
  const std::uint32_t end = topology.slots_end(node);
  for (std::uint32_t slot = topology.slots_begin(node); slot < end; ++slot) {
    const Weight weight = work.up[slot];
    const auto* const from = reinterpret_cast<const Vector*>(work.stack[level[slot]].weight.data());
    for (std::size_t v = 0; v < kVectors; ++v) {
      const Vector way = from[v] + weight;
      best[v] = way < best[v] ? way : best[v];
    }
  }
  auto* const to = reinterpret_cast<Vector*>(work.stack[topology.level(node)].weight.data());
  for (std::size_t v = 0; v < kVectors; ++v) {
    to[v] = best[v];
  }
}

void sweep_plain(const SweepWork& work, Rank node) {
  sweep_node<4>(work, node);
}
#if TOMONI_HAS_WIDE_SIMD
TOMONI_AVX2 void sweep_avx2(const SweepWork& work, Rank node) {
  sweep_node<8>(work, node);
}
TOMONI_AVX512 void sweep_avx512(const SweepWork& work, Rank node) {
  sweep_node<16>(work, node);
}
#endif

auto sweep_for(Simd simd) {
#if TOMONI_HAS_WIDE_SIMD
  if (simd == Simd::Avx512) {
    return sweep_avx512;
  }
  if (simd == Simd::Avx2) {
    return sweep_avx2;
  }
#endif
  static_cast<void>(simd);
  return sweep_plain;
}

/// Every ancestor of a target with its distance to it: `found(rank, weight)`.
class ClimbFrom {
 public:
  ClimbFrom(const CchMetric& metric, std::size_t profile)
      : topology_(metric.topology()), down_(metric.down(profile)), distance_(topology_.levels()) {}

  template <class Found>
  void operator()(const Seed& seed, const Found& found) {
    const Rank lowest = topology_.rank(seed.node);
    std::fill(distance_.begin() + topology_.level(lowest), distance_.end(), kInfinity);
    distance_[topology_.level(lowest)] = seed.weight;
    for (Rank node = lowest; node != CchTopology::kNone; node = topology_.parent(node)) {
      const Weight so_far = distance_[topology_.level(node)];
      if (so_far >= kInfinity) {
        continue;
      }
      found(node, so_far);
      const auto levels = topology_.head_levels();
      for (std::uint32_t slot = topology_.slots_begin(node); slot < topology_.slots_end(node);
           ++slot) {
        Weight& at = distance_[levels[slot]];
        at = std::min(at, so_far + down_[slot]);
      }
    }
  }

 private:
  const CchTopology& topology_;
  std::span<const Weight> down_;
  std::vector<Weight> distance_;
};

/// Where the sources lie in the hierarchy, and which nodes are on the way to them.
class SourceMarks {
 public:
  SourceMarks(const CchTopology& topology, const SeedLists& sources)
      : first_(topology.node_count(), kFar), next_(sources.seeds.size()) {
    for (std::uint32_t i = 0; i < sources.seeds.size(); ++i) {
      Rank node = topology.rank(sources.seeds[i].node);
      next_[i] = first_[node] == kFar ? kNobody : first_[node];
      const bool is_new = first_[node] == kFar;
      first_[node] = i;
      node = is_new ? topology.parent(node) : CchTopology::kNone;
      for (; node != CchTopology::kNone && first_[node] == kFar; node = topology.parent(node)) {
        first_[node] = kNobody;
      }
    }
  }

  [[nodiscard]] bool is_needed(Rank node) const { return first_[node] != kFar; }
  /// Calls `use(seed)` with the number of every source's seed at a node.
  template <class Use>
  void at(Rank node, const Use& use) const {
    for (std::uint32_t i = first_[node]; i != kNobody; i = next_[i]) {
      use(i);
    }
  }

 private:
  static constexpr std::uint32_t kFar = CchTopology::kNone;
  static constexpr std::uint32_t kNobody = kFar - 1;

  std::vector<std::uint32_t> first_;  // by rank
  std::vector<std::uint32_t> next_;   // by seed
};

/// What the targets of a block know about their ancestors, a row for each.
struct TargetRows {
  std::vector<std::uint32_t> own_row;
  std::vector<Row> rows;
  std::vector<Rank> used;

  void forget() {
    for (const Rank node : used) {
      own_row[node] = CchTopology::kNone;
    }
    used.clear();
    rows.clear();
  }
  Weight& at(Rank node, std::size_t lane) {
    if (own_row[node] == CchTopology::kNone) {
      own_row[node] = static_cast<std::uint32_t>(rows.size());
      rows.emplace_back().weight.fill(kInfinity);
      used.push_back(node);
    }
    return rows[own_row[node]].weight[lane];
  }
};

std::vector<std::uint32_t> place_of_seed(const SeedLists& lists) {
  std::vector<std::uint32_t> place(lists.seeds.size());
  for (std::uint32_t i = 0; i < lists.size(); ++i) {
    std::fill(place.begin() + lists.first[i], place.begin() + lists.first[i + 1], i);
  }
  return place;
}

}  // namespace

void SeedLists::add(std::span<const Seed> of_place) {
  seeds.insert(seeds.end(), of_place.begin(), of_place.end());
  first.push_back(static_cast<std::uint32_t>(seeds.size()));
}

DistanceTable distance_table(const CchMetric& metric, std::size_t profile, const SeedLists& sources,
                             const SeedLists& targets) {
  TOMONI_EXPECT(profile < metric.profile_count());
  const CchTopology& topology = metric.topology();
  DistanceTable table(sources.size(), targets.size());
  const SourceMarks marks(topology, sources);
  const auto source_of = place_of_seed(sources);
  const auto sweep = sweep_for(metric.simd());
  ClimbFrom climb(metric, profile);
  TargetRows known{.own_row = std::vector<std::uint32_t>(topology.node_count(), CchTopology::kNone),
                   .rows = {},
                   .used = {}};
  std::vector<Row> stack(topology.levels());
  for (std::size_t begin = 0; begin < targets.size(); begin += kLanes) {
    const std::size_t lanes = std::min<std::size_t>(kLanes, targets.size() - begin);
    known.forget();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (const Seed& seed : targets[begin + lane]) {
        climb(seed, [&](Rank node, Weight weight) {
          Weight& at = known.at(node, lane);
          at = std::min(at, weight);
        });
      }
    }
    const SweepWork work{topology, metric.up(profile).data(), known.own_row.data(),
                         known.rows.data(), stack.data()};
    for (auto node = static_cast<Rank>(topology.node_count()); node-- > 0;) {
      if (!marks.is_needed(node)) {
        continue;
      }
      sweep(work, node);
      const Row& row = stack[topology.level(node)];
      marks.at(node, [&](std::uint32_t seed) {
        const auto to = table.row(source_of[seed]).subspan(begin, lanes);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          to[lane] = std::min(to[lane], sources.seeds[seed].weight + row.weight[lane]);
        }
      });
    }
  }
  return table;
}

DistanceTable distance_table(const CustomizedRoads& roads, std::span<const RoadPosition> sources,
                             std::span<const RoadPosition> targets) {
  SeedLists starts;
  SeedLists goals;
  for (const RoadPosition& source : sources) {
    starts.add(seeds_at(roads.graph, roads.metric, source, Direction::Forward));
  }
  for (const RoadPosition& target : targets) {
    goals.add(seeds_at(roads.graph, roads.metric, target, Direction::Backward));
  }
  DistanceTable table = distance_table(roads.customized, roads.profile, starts, goals);
  for (std::size_t target = 0; target < targets.size(); ++target) {
    for (std::size_t source = 0; source < sources.size(); ++source) {
      if (sources[source].edge == targets[target].edge) {
        Weight& at = table.at(source, target);
        at = std::min(at,
                      along_one_edge(roads.graph, roads.metric, sources[source], targets[target]));
      }
    }
  }
  return table;
}

IdVector<NodeId, Nearest> nearest_targets(const CchMetric& metric, std::size_t profile,
                                          const SeedLists& targets) {
  TOMONI_EXPECT(profile < metric.profile_count());
  const CchTopology& topology = metric.topology();
  // Weight and target in one number: the smaller weight wins, then the lower target.
  constexpr int kTargetBits = 32;
  constexpr std::uint64_t kUnreached = std::uint64_t{kInfinity} << kTargetBits;
  std::vector<std::uint64_t> own(topology.node_count(), kUnreached);
  ClimbFrom climb(metric, profile);
  for (std::uint32_t target = 0; target < targets.size(); ++target) {
    for (const Seed& seed : targets[target]) {
      climb(seed, [&](Rank node, Weight weight) {
        own[node] = std::min(own[node], std::uint64_t{weight} << kTargetBits | target);
      });
    }
  }
  const auto levels = topology.head_levels();
  const auto up = metric.up(profile);
  std::vector<std::uint64_t> stack(topology.levels());
  IdVector<NodeId, Nearest> nearest(topology.node_count());
  for (auto node = static_cast<Rank>(topology.node_count()); node-- > 0;) {
    std::uint64_t best = own[node];
    for (std::uint32_t slot = topology.slots_begin(node); slot < topology.slots_end(node); ++slot) {
      best = std::min(best, stack[levels[slot]] + (std::uint64_t{up[slot]} << kTargetBits));
    }
    stack[topology.level(node)] = std::min(best, kUnreached);
    if (best < kUnreached) {
      nearest[topology.node(node)] = {static_cast<Weight>(best >> kTargetBits),
                                      static_cast<std::uint32_t>(best)};
    }
  }
  return nearest;
}

}  // namespace route
