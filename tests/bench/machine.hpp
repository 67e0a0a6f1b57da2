// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "route/simd.hpp"

namespace bench {

/// Plain up to the widest this machine has.
[[nodiscard]] std::vector<route::Simd> simd_of_machine();
[[nodiscard]] std::string_view name_of(route::Simd simd);

/// The processor, how many of its cores this process may use, what it computes with and how fast
/// memory is copied.
[[nodiscard]] nlohmann::ordered_json describe_machine();

/// Today in ISO 8601, UTC.
[[nodiscard]] std::string now_utc();

/// Resident memory now, and the most since the last `forget_peak_memory`, in MiB.
struct Memory {
  double now_mib = 0;
  double peak_mib = 0;
};
[[nodiscard]] Memory memory();
/// Also gives freed memory back to the system, so that stages do not hide behind each other.
void forget_peak_memory();

}  // namespace bench
