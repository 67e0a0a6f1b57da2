// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace route {

/// How wide the machine computes. Results never depend on it.
enum class Simd : std::uint8_t { Plain, Avx2, Avx512 };

/// The widest this machine has.
[[nodiscard]] Simd best_simd();

}  // namespace route
