// SPDX-License-Identifier: Apache-2.0
#include "planner/section_text.hpp"

#include <cmath>
#include <utility>

namespace planner {

DrillSection section_of(std::string title, std::string note, std::vector<std::string> header) {
  return {.title = std::move(title),
          .note = std::move(note),
          .table = {.header = std::move(header), .rows = {}, .lines = {}, .encoding = {}}};
}

std::string minutes_text(double seconds) {
  return seconds < 0 ? "—" : people_text(seconds / 60);
}

std::string percent_text(double share) {
  return std::to_string(std::lround(share * 100)) + "%";
}

}  // namespace planner
