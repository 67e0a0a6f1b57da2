// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace planner {

/// A duration in whole minutes, rounded up: nobody is told less than it takes.
[[nodiscard]] std::string minutes_words(std::int64_t seconds);

}  // namespace planner
