// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "route/shelter_assignment.hpp"

namespace bench {

/// An assignment problem as it is measured.
struct AssignmentInstance {
  route::DistanceTable costs{0, 0};  ///< in 1 / `per_second` seconds
  std::vector<std::uint32_t> seats;
  std::vector<std::uint32_t> capacity;
  std::uint32_t per_second = 1;

  [[nodiscard]] route::AssignmentProblem problem() const {
    return {.costs = costs, .capacity = capacity, .seats = seats};
  }
  [[nodiscard]] std::size_t arcs() const;
};

/// The plain format: `people shelters`; seats needed per person; seats per shelter; then a line per
/// person `k shelter seconds shelter seconds ...`, shelters from 0. Whole seconds are kept as they
/// are, fractions to the millisecond. Throws `route::InputError` naming the line.
[[nodiscard]] AssignmentInstance read_assignment(std::istream& in, const std::string& name);
[[nodiscard]] AssignmentInstance read_assignment(const std::filesystem::path& file);

/// One line per person: the shelter or -1.
void write_solution(const std::filesystem::path& file, const route::Assignment& assignment);

}  // namespace bench
