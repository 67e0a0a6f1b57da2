// SPDX-License-Identifier: Apache-2.0
#include "planner/time_words.hpp"

namespace planner {

std::string minutes_words(std::int64_t seconds) {
  return std::to_string((seconds + 59) / 60) + "分";
}

}  // namespace planner
