// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

// C++17 like its source file.

namespace bench {

struct FlowArc {
  std::uint32_t person;
  std::uint32_t shelter;
  std::int64_t cost;
};

struct FlowAnswer {
  std::uint64_t unassigned = 0;
  std::int64_t cost = 0;  ///< of those assigned
};

/// The unit assignment by LEMON's NetworkSimplex: nobody's seat is worth less than any detour.
FlowAnswer solve_with_lemon(std::uint32_t people, const std::vector<std::uint32_t>& capacity,
                            const std::vector<FlowArc>& arcs);

}  // namespace bench
