// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "route/contraction_hierarchy.hpp"

namespace route {

/// Everything a customization touches.
struct CustomizeWork {
  const CchTopology& topology;
  std::span<const std::span<const Weight>> weights;  // by profile, by arc of the graph
  Weight* packed;   // by slot: the ways up of all lanes, then the ways down
  Weight* row;      // scratch of the same shape by level
  Weight* streams;  // the same by lane, `stride` apart
  std::size_t stride;
};

/// The customization for a number of lanes and a set of instructions.
struct CustomizeKernels {
  void (*all)(const CustomizeWork&);        ///< every node
  void (*one)(const CustomizeWork&, Rank);  ///< one node, those below being done
};

/// `lanes` is 1, 2, 4 or 8.
[[nodiscard]] CustomizeKernels customize_kernels(std::size_t lanes, Simd simd);

}  // namespace route
