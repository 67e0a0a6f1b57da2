// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "route/supporter_chain.hpp"

namespace bench {

struct ChainTown {
  std::size_t people = 300;
  std::size_t supporters = 120;
  std::size_t shelters = 6;
  route::ChainSeconds deadline = 14'400;
  std::uint32_t seed = 1;
};

/// People, supporters and shelters evenly over 4 x 4 km; ways of 1.3 times the straight line.
/// People walk at 0.5-1.0 m/s to the nearest shelter (one in ten to any: not all are permitted),
/// supporters at 1.0-1.3 m/s; 5-15 minutes to prepare, 5-25 minutes until a supporter can leave.
[[nodiscard]] route::ChainProblem draw_chain_town(const ChainTown& town);

/// `c300`, `c1000`, and `c300tight`, where not everybody can be served.
[[nodiscard]] std::optional<ChainTown> built_in_chain_town(std::string_view name);

}  // namespace bench
