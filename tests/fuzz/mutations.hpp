// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "fuzz_target.hpp"

namespace fuzz {

/// The input with this number: a seed after one to eight blind changes (bits, numbers, words,
/// blocks deleted, doubled, moved or taken from another seed, the end cut off). The same on every
/// machine.
[[nodiscard]] std::string make_input(const Material& material, std::uint32_t seed,
                                     std::uint64_t number);

}  // namespace fuzz
