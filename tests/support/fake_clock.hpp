// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "registry/calendar.hpp"
#include "registry/ids.hpp"

namespace support {

/// A clock that begins at 2026-05-01T00:00:00Z and moves 1 ms with every look at it.
inline registry::Clock ticking_clock() {
  const auto now = std::make_shared<std::int64_t>(1'777'593'600'000);
  return [now] { return registry::Instant{(*now)++}; };
}

/// "Random" blocks that count up from `first`: every id differs, and every run is the same.
inline registry::RandomSource counting_random(std::uint64_t first = 0) {
  const auto next = std::make_shared<std::uint64_t>(first);
  return [next](std::array<std::uint8_t, 10>& block) {
    block.fill(0);
    std::uint64_t rest = (*next)++;
    for (std::size_t i = block.size(); i > 2; --i) {
      block.at(i - 1) = static_cast<std::uint8_t>(rest & 0xFFU);
      rest >>= 8U;
    }
  };
}

}  // namespace support
