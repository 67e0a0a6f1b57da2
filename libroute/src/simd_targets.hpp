// SPDX-License-Identifier: Apache-2.0
#pragma once

// One source, compiled for several instruction sets: the body of a kernel is an always-inline
// template on `Lanes<N>`, and a thin function per set of instructions takes it in.

#include "route/units.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define TOMONI_HAS_WIDE_SIMD 1
#define TOMONI_AVX2 [[gnu::target("avx2")]]
#define TOMONI_AVX512 [[gnu::target("avx512f,avx512vl,prefer-vector-width=512")]]
#else
#define TOMONI_HAS_WIDE_SIMD 0
#endif
#define TOMONI_KERNEL [[gnu::always_inline]] inline

namespace route {

/// N weights that are added and compared at once; in memory at a multiple of their size.
template <int N>
struct LanesOf {
  using Type [[gnu::vector_size(N * sizeof(Weight)), gnu::may_alias]] = Weight;
};
template <int N>
using Lanes = typename LanesOf<N>::Type;

}  // namespace route
