// SPDX-License-Identifier: Apache-2.0
#include "cch_kernels.hpp"

#include <algorithm>

#include "simd_targets.hpp"

namespace route {
namespace {

/// Computes all slots of one node from the arcs of the graph and the triangles below. The slots
/// live in `row` by the level of their heads meanwhile, so that a triangle is a load, an addition
/// and a minimum in the first-level cache.
template <int M>
TOMONI_KERNEL void customize_node(const CustomizeWork& work, Rank node) {
  using Both = Lanes<2 * M>;
  const CchTopology& topology = work.topology;
  const Level* const level = topology.head_levels().data();
  auto* const row = reinterpret_cast<Both*>(work.row);
  auto* const packed = reinterpret_cast<Both*>(work.packed);
  const std::uint32_t begin = topology.slots_begin(node);
  const std::uint32_t end = topology.slots_end(node);
  const Both infinity = Both{} + kInfinity;
  for (std::uint32_t slot = begin; slot < end; ++slot) {
    row[level[slot]] = infinity;
  }
  for (const CchTopology::Input& input : topology.inputs(node)) {
    Weight* const to = work.row + (std::size_t{level[input.slot]} * 2 + input.down) * M;
    for (std::size_t p = 0; p < work.weights.size(); ++p) {
      to[p] = std::min(to[p], work.weights[p][input.arc.value]);
    }
  }
  for (const CchTopology::SlotBelow below : topology.slots_below(node)) {
    // From this node down to the lower one, then up from there; and the other way round.
    const Weight* const there = work.packed + std::size_t{below.slot} * 2 * M;
    Both down_up{};
    for (int i = 0; i < M; ++i) {
      down_up[i] = there[M + i];
      down_up[M + i] = there[i];
    }
    for (std::uint32_t slot = below.slot + 1; slot < below.end; ++slot) {
      const Both way = down_up + packed[slot];
      const Both best = row[level[slot]];
      row[level[slot]] = way < best ? way : best;
    }
  }
  for (std::uint32_t slot = begin; slot < end; ++slot) {
    packed[slot] = row[level[slot]];
  }
}

template <int M>
TOMONI_KERNEL void spread_node(const CustomizeWork& work, Rank node) {
  const std::uint32_t begin = work.topology.slots_begin(node);
  const std::uint32_t end = work.topology.slots_end(node);
  for (std::size_t lane = 0; lane < std::size_t{2} * M; ++lane) {
    Weight* const stream = work.streams + lane * work.stride;
    for (std::uint32_t slot = begin; slot < end; ++slot) {
      stream[slot] = work.packed[std::size_t{slot} * 2 * M + lane];
    }
  }
}

template <int M>
TOMONI_KERNEL void customize_nodes(const CustomizeWork& work) {
  const auto count = static_cast<Rank>(work.topology.node_count());
  for (Rank node = 0; node < count; ++node) {
    customize_node<M>(work, node);
    spread_node<M>(work, node);
  }
}

template <int M>
void all_plain(const CustomizeWork& work) {
  customize_nodes<M>(work);
}
template <int M>
void one_plain(const CustomizeWork& work, Rank node) {
  customize_node<M>(work, node);
  spread_node<M>(work, node);
}

#if TOMONI_HAS_WIDE_SIMD
template <int M>
TOMONI_AVX2 void all_avx2(const CustomizeWork& work) {
  customize_nodes<M>(work);
}
template <int M>
TOMONI_AVX2 void one_avx2(const CustomizeWork& work, Rank node) {
  customize_node<M>(work, node);
  spread_node<M>(work, node);
}
template <int M>
TOMONI_AVX512 void all_avx512(const CustomizeWork& work) {
  customize_nodes<M>(work);
}
template <int M>
TOMONI_AVX512 void one_avx512(const CustomizeWork& work, Rank node) {
  customize_node<M>(work, node);
  spread_node<M>(work, node);
}
#endif

template <int M>
CustomizeKernels kernels_of(Simd simd) {
#if TOMONI_HAS_WIDE_SIMD
  if (simd == Simd::Avx512) {
    return {all_avx512<M>, one_avx512<M>};
  }
  if (simd == Simd::Avx2) {
    return {all_avx2<M>, one_avx2<M>};
  }
#endif
  static_cast<void>(simd);
  return {all_plain<M>, one_plain<M>};
}

}  // namespace

CustomizeKernels customize_kernels(std::size_t lanes, Simd simd) {
  switch (lanes) {
    case 1:
      return kernels_of<1>(simd);
    case 2:
      return kernels_of<2>(simd);
    case 4:
      return kernels_of<4>(simd);
    default:
      return kernels_of<8>(simd);
  }
}

}  // namespace route
