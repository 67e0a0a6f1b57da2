// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>

namespace support {

/// Draws whole numbers that are the same on every machine (the standard's distributions are not).
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : engine_(seed) {}

  /// A number from 0 to `bound` - 1.
  std::uint32_t operator()(std::uint32_t bound) {
    return static_cast<std::uint32_t>(engine_() % bound);
  }

 private:
  std::mt19937 engine_;
};

}  // namespace support
