// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "route/contraction_hierarchy.hpp"
#include "route/error.hpp"
#include "simd_targets.hpp"

namespace route {
namespace {

TOMONI_KERNEL void add_min(Weight* __restrict to, Weight add, const Weight* __restrict weights,
                           std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    to[i] = std::min(to[i], add + weights[i]);
  }
}

void add_min_plain(Weight* to, Weight add, const Weight* weights, std::uint32_t count) {
  add_min(to, add, weights, count);
}
#if TOMONI_HAS_WIDE_SIMD
TOMONI_AVX2 void add_min_avx2(Weight* to, Weight add, const Weight* weights, std::uint32_t count) {
  add_min(to, add, weights, count);
}
#endif

auto add_min_for(Simd simd) {
#if TOMONI_HAS_WIDE_SIMD
  if (simd != Simd::Plain) {
    return add_min_avx2;  // the runs are too short for wider vectors
  }
#endif
  static_cast<void>(simd);
  return add_min_plain;
}

}  // namespace

CchQuery::CchQuery(const CchMetric& metric, std::size_t profile)
    : topology_(metric.topology()), add_min_(add_min_for(metric.simd())) {
  TOMONI_EXPECT(profile < metric.profile_count());
  forward_.stream = metric.up(profile);
  backward_.stream = metric.down(profile);
  for (Side* side : {&forward_, &backward_}) {
    side->distance.resize(topology_.levels());
    side->slot.resize(topology_.levels());
    side->tail.resize(topology_.levels());
  }
}

/// Puts the seeds on the way from the lowest of them to the root; returns the lowest.
Rank CchQuery::begin(Side& side, std::span<const Seed> seeds) {
  Rank lowest = CchTopology::kNone;
  for (const Seed& seed : seeds) {
    lowest = std::min(lowest, topology_.rank(seed.node));
  }
  if (lowest == CchTopology::kNone) {
    return lowest;
  }
  const std::ptrdiff_t level = topology_.level(lowest);
  std::fill(side.distance.begin() + level, side.distance.end(), kInfinity);
  std::fill(side.slot.begin() + level, side.slot.end(), CchTopology::kNone);
  for (const Seed& seed : seeds) {
    Weight& distance = side.distance[topology_.level(topology_.rank(seed.node))];
    distance = std::min(distance, seed.weight);
  }
  return lowest;
}

template <bool kWithWay>
void CchQuery::relax(Side& side, Rank node) const {
  const Weight so_far = side.distance[topology_.level(node)];
  const std::uint32_t end = topology_.slots_end(node);
  const Level* const level = topology_.head_levels().data();
  const Weight* const stream = side.stream.data();
  Weight* const distance = side.distance.data();
  for (std::uint32_t slot = topology_.slots_begin(node); slot < end; ++slot) {
    const Weight sum = so_far + stream[slot];
    const Level at = level[slot];
    if constexpr (kWithWay) {
      if (sum < distance[at]) {
        distance[at] = sum;
        side.slot[at] = slot;
        side.tail[at] = node;
      }
    } else {
      distance[at] = std::min(distance[at], sum);
    }
  }
}

/// Both directions in one walk over the slots, without remembering the way. Where the heads are
/// consecutive ancestors, as in separators, whole vectors are taken at once.
void CchQuery::relax_both(Rank node) {
  const Weight up_so_far = forward_.distance[topology_.level(node)];
  const Weight down_so_far = backward_.distance[topology_.level(node)];
  const std::uint32_t begin = topology_.slots_begin(node);
  const std::uint32_t count = topology_.slots_end(node) - begin;
  const Level* const level = topology_.head_levels().data() + begin;
  const Weight* const up = forward_.stream.data() + begin;
  const Weight* const down = backward_.stream.data() + begin;
  Weight* const up_distance = forward_.distance.data();
  Weight* const down_distance = backward_.distance.data();
  if (count > 0 && std::uint32_t{level[count - 1]} - level[0] == count - 1) {
    add_min_(up_distance + level[0], up_so_far, up, count);
    add_min_(down_distance + level[0], down_so_far, down, count);
    return;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const Level at = level[i];
    up_distance[at] = std::min(up_distance[at], up_so_far + up[i]);
    down_distance[at] = std::min(down_distance[at], down_so_far + down[i]);
  }
}

/// Searches upwards from both sides; returns where the best ways meet, or `kNone`.
template <bool kWithWay>
Rank CchQuery::meet(std::span<const Seed> from, std::span<const Seed> to) {
  best_ = kInfinity;
  Rank up = begin(forward_, from);
  Rank down = begin(backward_, to);
  if (up == CchTopology::kNone || down == CchTopology::kNone) {
    return CchTopology::kNone;
  }
  while (up != down) {
    Rank& lower = up < down ? up : down;
    Side& side = up < down ? forward_ : backward_;
    if (side.distance[topology_.level(lower)] < kInfinity) {
      relax<kWithWay>(side, lower);
    }
    lower = topology_.parent(lower);
  }
  Rank meeting = CchTopology::kNone;
  for (Rank node = up; node != CchTopology::kNone; node = topology_.parent(node)) {
    const Level level = topology_.level(node);
    const Weight sum = forward_.distance[level] + backward_.distance[level];
    if (sum < best_) {
      best_ = sum;
      meeting = node;
    }
    const bool forward = forward_.distance[level] < best_;
    const bool backward = backward_.distance[level] < best_;
    if (!kWithWay && forward && backward) {
      relax_both(node);
      continue;
    }
    if (forward) {
      relax<kWithWay>(forward_, node);
    }
    if (backward) {
      relax<kWithWay>(backward_, node);
    }
  }
  return meeting;
}

Weight CchQuery::distance(NodeId from, NodeId to) {
  const Seed start{from, 0};
  const Seed goal{to, 0};
  return distance({&start, 1}, {&goal, 1});
}

Weight CchQuery::distance(std::span<const Seed> from, std::span<const Seed> to) {
  meet<false>(from, to);
  return best_;
}

std::optional<CchQuery::Way> CchQuery::way(std::span<const Seed> from, std::span<const Seed> to,
                                           const CchWays& ways) {
  const Rank meeting = meet<true>(from, to);
  if (meeting == CchTopology::kNone) {
    return std::nullopt;
  }
  Way way;
  way.weight = best_;
  std::vector<std::uint32_t> upward;
  Rank node = meeting;
  for (auto level = topology_.level(node); forward_.slot[level] != CchTopology::kNone;
       level = topology_.level(node)) {
    upward.push_back(forward_.slot[level]);
    node = forward_.tail[level];
  }
  way.from = topology_.node(node);
  std::ranges::reverse(upward);
  for (const std::uint32_t slot : upward) {
    ways.append_arcs(slot, false, way.arcs);
  }
  node = meeting;
  for (auto level = topology_.level(node); backward_.slot[level] != CchTopology::kNone;
       level = topology_.level(node)) {
    ways.append_arcs(backward_.slot[level], true, way.arcs);
    node = backward_.tail[level];
  }
  way.to = topology_.node(node);
  return way;
}

}  // namespace route
