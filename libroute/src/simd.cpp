// SPDX-License-Identifier: Apache-2.0
#include "route/simd.hpp"

#include "simd_targets.hpp"

namespace route {

Simd best_simd() {
#if TOMONI_HAS_WIDE_SIMD
  if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0) {
    return Simd::Avx512;
  }
  if (__builtin_cpu_supports("avx2") != 0) {
    return Simd::Avx2;
  }
#endif
  return Simd::Plain;
}

}  // namespace route
